import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';

import { E820_TYPE, showE820 } from '../src/codec/acpi/e820';
import { overlap, showRange } from '../src/codec/range';
import { expectCount, expectNone } from './support/assertions';
import { type NamedRange, namedBridges, namedWindows, showNamed } from './support/named-ranges';
import type { CxlWorld } from './support/world';

/** What firmware may keep of RAM for itself: SeaBIOS less than 1M, OVMF several. */
const FIRMWARE_KEEPS = 16n << 20n;

Then('the E820 map describes {bytes} of RAM', async function (this: CxlWorld, size: bigint) {
  await expectRam(this, size);
});

Then('the E820 map describes all RAM of the machine', async function (this: CxlWorld) {
  await expectRam(this, this.ram);
});

Then('no two E820 entries overlap', async function (this: CxlWorld) {
  const map = await (await this.host()).memoryMap();
  const shared = map.filter((entry, n) => map.some((other, m) => m !== n && overlap(other, entry)));
  expectNone('E820 entries that overlap', shared.map(showE820));
});

async function expectRam(world: CxlWorld, size: bigint) {
  const map = await (await world.host()).memoryMap();
  const ram = map.filter(({ type }) => type === E820_TYPE.RAM).reduce((total, entry) => total + entry.size, 0n);
  const enough = ram <= size && size - ram <= FIRMWARE_KEEPS;
  expect({ 'RAM in E820': enough ? size : ram }).toEqual({ 'RAM in E820': size });
}

Then('no E820 entry overlaps the {int} fixed memory window(s)', async function (this: CxlWorld, count: number) {
  const windows = await namedWindows(this);
  expectCount('fixed memory windows', windows.map(showRange), count);
  expectNone('E820 entries over fixed memory windows', await entriesOver(this, windows));
});

Then('no E820 entry overlaps the component registers of {ids}', async function (this: CxlWorld, ids: string[]) {
  const bridges = await namedBridges(this);
  expectCount('CHBS', bridges.map(showRange), ids.length);
  expectNone('E820 entries over component registers', await entriesOver(this, bridges));
});

/** The E820 entries that overlap one of `ranges`, as text so that a failure is legible. */
async function entriesOver(world: CxlWorld, ranges: readonly NamedRange[]): Promise<string[]> {
  const map = await (await world.host()).memoryMap();
  return map.flatMap((entry) =>
    ranges.filter((range) => overlap(entry, range)).map((range) => `${showE820(entry)} over ${showNamed(range)}`),
  );
}
