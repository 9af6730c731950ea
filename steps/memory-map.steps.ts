/** The memory map, and what lies in it. */
import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { E820_TYPE } from '../src/codec/acpi/e820';
import { end, hex } from '../src/codec/range';
import { expectNoOverlap, RANGE_SETS, type RangeSet } from './support/range-sets';
import type { CxlWorld } from './support/world';

/** What firmware may keep of RAM for itself: SeaBIOS less than 1M, OVMF several. */
const FIRMWARE_KEEPS = 16n << 20n;

/** In all its RAM entries together, less at most 16M that firmware keeps; `the memory map`: whichever way it reaches the operating system, as E820, as the device tree, by EFI. */
Then('{memoryMap} describes all RAM of the machine', async function (this: CxlWorld, name: string) {
  const map = await (await this.host()).memoryMap();
  const ram = map.filter(({ type }) => type === E820_TYPE.RAM).reduce((total, entry) => total + entry.size, 0n);
  const enough = ram <= this.ram && this.ram - ram <= FIRMWARE_KEEPS;
  expect({ [`RAM in ${name}`]: enough ? this.ram : ram }).toEqual({ [`RAM in ${name}`]: this.ram });
});

/**
 * Fixed memory windows and component registers by the CEDT, which has exactly those of the machine; RAM by E820, hot-pluggable
 * memory and memory affinities by the SRAT; at least one of each, but for hot-pluggable memory of a machine that has no room for it.
 */
Then('no {ranges} overlaps {ranges}', async function (this: CxlWorld, set: RangeSet, others: RangeSet | undefined) {
  await expectNoOverlap(this, set, others);
});

/** By E820 and the CHBS, without a gap. */
Then('the component registers begin where RAM ends', async function (this: CxlWorld) {
  const bridges = (await RANGE_SETS['component registers']?.(this)) ?? [];
  const map = await (await this.host()).memoryMap();
  const [first = 0n] = ascending(bridges.map(({ base }) => base));
  const ends = ascending(map.filter(({ type }) => type === E820_TYPE.RAM).map(end));
  const what = 'the first component registers begin at';
  expect({ [what]: hex(first) }).toEqual({ [what]: hex(ends.at(-1) ?? 0n) });
});

const ascending = (addresses: readonly bigint[]): bigint[] => [...addresses].sort((a, b) => (a < b ? -1 : 1));
