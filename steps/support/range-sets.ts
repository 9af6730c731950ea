/** Ranges of the machine's address space by their kind, each with a name, to ask whether they overlap. */
import { E820_TYPE, showE820 } from '../../src/codec/acpi/e820';
import { hotPluggable } from '../../src/codec/acpi/srat';
import { DecodeError } from '../../src/codec/decode-error';
import { overlap, type Range, showRange } from '../../src/codec/range';
import { memoryOf } from './affinity';
import { needPart } from './any-machine';
import { expectCount, expectNone, expectSome } from './assertions';
import { type NamedRange, namedBridges, namedWindows, showNamed } from './named-ranges';
import type { CxlWorld } from './world';

/** All of them, after it has been asserted that they are there. */
export type RangeSet = (world: CxlWorld) => Promise<readonly NamedRange[]>;

export const RANGE_SETS: Readonly<Record<string, RangeSet>> = {
  'fixed memory window': async (world) => {
    needPart(world, 'windows');
    const windows = await namedWindows(world);
    expectWindows(world, windows);
    return windows;
  },
  'component registers': async (world) => {
    const bridges = await namedBridges(world);
    if (world.anyMachine) return some('CHBS', bridges);
    expectCount('CHBS', bridges.map(showRange), world.hostBridges.length);
    return bridges;
  },
  'PCI BAR': async (world) => {
    needPart(world, 'hostBridges');
    const functions = await (await world.host()).pciFunctions();
    const bars = functions.flatMap(({ address, bars }) => bars.map((bar) => ({ ...bar, name: `${address} BAR` })));
    return some('PCI BARs', bars);
  },
  'E820 entry': async (world) => {
    const map = await (await world.host()).memoryMap();
    return some(
      'E820 entries',
      map.map((entry) => ({ ...entry, name: showE820(entry).split(' ')[0] ?? '' })),
    );
  },
  'memory map entry': async (world) => {
    const map = await (await world.host()).memoryMap();
    return some(
      'entries of the memory map',
      map.map((entry) => ({ ...entry, name: showE820(entry).split(' ')[0] ?? '' })),
    );
  },
  RAM: async (world) => {
    const map = await (await world.host()).memoryMap();
    const ram = map.filter(({ type }) => type === E820_TYPE.RAM);
    return some(
      'RAM in the memory map',
      ram.map((entry) => ({ ...entry, name: 'RAM' })),
    );
  },
  'memory affinity': async (world) => {
    const memory = (await memoryOf(world)).map((each) => ({ ...each, name: `memory on domain ${each.domain}` }));
    return some('memory in the SRAT', memory);
  },
  'hot-pluggable memory': async (world) => {
    const memory = (await hotPluggableOf(world)).map((each) => ({ ...each, name: 'hot-pluggable memory' }));
    return world.hotplug ? some('hot-pluggable memory in the SRAT', memory) : memory;
  },
};

/** None without an SRAT. */
async function hotPluggableOf(world: CxlWorld) {
  return (await world.host()).acpiTable('SRAT').then(hotPluggable, (error: Error) => {
    if (error instanceof DecodeError) return [];
    throw error;
  });
}

function some(what: string, ranges: readonly NamedRange[]): readonly NamedRange[] {
  expectSome(what, ranges);
  return ranges;
}

/** All of the machine's windows, or at least one of a machine that the scenario has not described. */
export function expectWindows(world: CxlWorld, windows: readonly Range[]): void {
  if (world.anyMachine) expectSome('fixed memory windows', windows);
  else expectCount('fixed memory windows', windows.map(showRange), world.windows.length);
}

/** Of each overlap, both sides. Without `others`: among themselves. */
export async function expectNoOverlap(world: CxlWorld, set: RangeSet, others: RangeSet | undefined): Promise<void> {
  const second = await others?.(world);
  const first = await set(world);
  const shared = first.flatMap((range, n) =>
    (second ?? first.slice(n + 1))
      .filter((other) => overlap(range, other))
      .map((other) => `${showNamed(range)} over ${showNamed(other)}`),
  );
  expectNone('overlaps', shared);
}
