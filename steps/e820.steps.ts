import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { E820_TYPE, showE820 } from '../src/codec/acpi/e820';
import { overlap, type Range } from '../src/codec/range';
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
  expect(shared.map(showE820)).toEqual([]);
});

async function expectRam(world: CxlWorld, size: bigint) {
  const map = await (await world.host()).memoryMap();
  const ram = map.filter(({ type }) => type === E820_TYPE.RAM).reduce((total, entry) => total + entry.size, 0n);
  expect({ RAM: ram, missing: size - ram < 0n || size - ram > FIRMWARE_KEEPS }).toEqual({ RAM: ram, missing: false });
}

Then('no E820 entry overlaps the {int} fixed memory window(s)', async function (this: CxlWorld, count: number) {
  const windows = (await this.fixedWindows()).map(({ window }) => window);
  expect(windows).toHaveLength(count);
  expect(await entriesOver(this, windows)).toEqual([]);
});

Then('no E820 entry overlaps the component registers of {ids}', async function (this: CxlWorld, ids: string[]) {
  const bridges = (await this.chbs()).map(({ registers }) => registers);
  expect(bridges).toHaveLength(ids.length);
  expect(await entriesOver(this, bridges)).toEqual([]);
});

/** The E820 entries that overlap one of `ranges`, as text so that a failure is legible. */
async function entriesOver(world: CxlWorld, ranges: readonly Range[]): Promise<string[]> {
  const map = await (await world.host()).memoryMap();
  return map.filter((entry) => ranges.some((range) => overlap(entry, range))).map(showE820);
}
