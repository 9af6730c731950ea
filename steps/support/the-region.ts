/** The regions that a scenario is about, by the order in which it has created them. */
import { expect } from 'expect';
import { contains, hex, type Range, showRange } from '../../src/codec/range';
import type { Region, RootDecoder } from '../../src/machine/host';
import type { CxlWorld } from './world';

/** One as it is now: the last unless an index is given. Those that the operating system has assembled, if the scenario has created none. */
export async function theRegion(world: CxlWorld, which = -1): Promise<Region> {
  const created = world.regionNames.length > 0;
  if (which === -1 || !created) expectCreated(world);
  const regions = await (await world.host()).regions();
  const names = regions.map((region) => region.name);
  const name = (created ? world.regionNames : names).at(which);
  const what = 'regions';
  if (name === undefined || !names.includes(name)) expect({ [what]: names }).toEqual({ [what]: [name ?? 'a region'] });
  return regions.find((region) => region.name === name) as Region;
}

/** In which of the window's addresses it is. */
export function expectInside(region: Range, window: RootDecoder): void {
  const base = contains(window, region.base) ? showRange(window) : hex(region.base);
  expect({ 'the region begins in': base }).toEqual({ 'the region begins in': showRange(window) });
}

function expectCreated({ refusal }: CxlWorld): void {
  const what = 'creating the region';
  expect({ [what]: refusal?.code ?? 'success' }).toEqual({ [what]: 'success' });
}
