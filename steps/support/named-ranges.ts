/** Ranges that the CEDT describes, by the names that a scenario has for them. */
import { type Range, showRange } from '../../src/codec/range';
import type { CxlWorld } from './world';

export interface NamedRange extends Range {
  readonly name: string;
}

/** `window 0`. */
export const namedWindows = async (world: CxlWorld): Promise<NamedRange[]> =>
  (await world.fixedWindows()).map(({ window }, n) => ({ ...window, name: `window ${n}` }));

/** The component registers of host bridges, by CHBS: `the registers of cxl.1`. */
export const namedBridges = async (world: CxlWorld): Promise<NamedRange[]> =>
  (await world.chbs()).map(({ uid, registers }) => ({
    ...registers,
    name: `the registers of ${world.bridgeName(uid)}`,
  }));

export const showNamed = (range: NamedRange): string => `${range.name} (${showRange(range)})`;
