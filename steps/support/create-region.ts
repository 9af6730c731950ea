/** Regions that a scenario creates, or tries to. */
import { expect } from 'expect';
import { Errno } from '../../src/machine/errno';
import type { RegionType } from '../../src/machine/host';
import { theRegion } from './the-region';
import type { CxlWorld } from './world';

export type Creation = 'is created' | 'was created' | 'was refused';

interface Wanted {
  readonly type: RegionType;
  readonly size: bigint;
  readonly window: number;
  readonly ids: readonly string[];
}

/** Keeps what the operating system says if it refuses. */
export async function createRegion(world: CxlWorld, { type, size, window, ids }: Wanted): Promise<void> {
  const request = { type, decoder: `decoder0.${window}`, size, devices: ids.map(world.serialOf) };
  try {
    world.regionNames.push((await (await world.host()).createRegion(request)).name);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    world.refusal = error;
  }
}

/** What a Given claims of the last attempt; a When claims nothing. */
export async function expectCreation(world: CxlWorld, how: Creation, size: bigint): Promise<void> {
  if (how === 'was created')
    expect({ region: await theRegion(world) }).toMatchObject({ region: { state: 'enabled', size } });
  if (how !== 'was refused') return;
  const what = 'creating the region';
  expect({ [what]: world.refusal ? 'failure' : 'success' }).toEqual({ [what]: 'failure' });
  world.refusal = undefined;
}
