import { expect } from 'expect';
import type { CxlWorld } from './world';

/** That `memory` bytes are online on a NUMA node. */
export async function expectOnline(world: CxlWorld, node: number, memory: bigint): Promise<void> {
  const what = `memory online on node ${node}`;
  const found = (await (await world.host()).nodes()).find(({ id }) => id === node);
  expect({ [what]: found ? found.memory : 'no such node' }).toEqual({ [what]: memory });
}
