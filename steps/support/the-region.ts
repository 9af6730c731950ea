import { expect } from 'expect';
import type { Region } from '../../src/machine/host';
import type { CxlWorld } from './world';

/** A region that the scenario has created, as it is now: the last unless an index is given. */
export async function theRegion(world: CxlWorld, which = -1): Promise<Region> {
  const name = world.regionNames.at(which);
  if (which === -1 || name === undefined) expect(world.refusal?.code).toBeUndefined();
  const regions = await (await world.host()).regions();
  expect(regions.map((region) => region.name)).toContain(name);
  return regions.find((region) => region.name === name) as Region;
}
