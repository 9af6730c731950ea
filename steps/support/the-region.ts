import { expect } from 'expect';
import type { Region } from '../../src/machine/host';
import type { CxlWorld } from './world';

/** A region that the scenario has created, as it is now: the last unless an index is given. */
export async function theRegion(world: CxlWorld, which = -1): Promise<Region> {
  const name = world.regionNames.at(which);
  if (which === -1 || name === undefined) expectCreated(world);
  const regions = await (await world.host()).regions();
  const names = regions.map((region) => region.name);
  const what = 'regions';
  if (name === undefined || !names.includes(name)) expect({ [what]: names }).toEqual({ [what]: [name ?? 'a region'] });
  return regions.find((region) => region.name === name) as Region;
}

function expectCreated({ refusal }: CxlWorld): void {
  const what = 'creating the region';
  expect({ [what]: refusal?.code ?? 'success' }).toEqual({ [what]: 'success' });
}
