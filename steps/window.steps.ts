import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { E820_TYPE } from '../src/codec/acpi/e820';
import { hotPluggable } from '../src/codec/acpi/srat';
import { DecodeError } from '../src/codec/decode-error';
import { end, hex, overlap, type Range, showRange } from '../src/codec/range';
import { needPart } from './support/any-machine';
import { showResource } from './support/resources';
import type { CxlWorld } from './support/world';

Then('the {int} fixed memory window(s) overlap(s) no other window', async function (this: CxlWorld, count: number) {
  const windows = (await this.fixedWindows()).map(({ window }) => window);
  expect(windows).toHaveLength(count);
  const others = windows.filter((window) => windows.some((other) => other !== window && overlap(other, window)));
  expect(others.map(showRange)).toEqual([]);
});

Then('no fixed memory window overlaps RAM', async function (this: CxlWorld) {
  const map = await (await this.host()).memoryMap();
  const ram = map.filter(({ type }) => type === E820_TYPE.RAM);
  expect(ram).not.toEqual([]);
  expect(await windowsOver(this, ram)).toEqual([]);
});

Then('no fixed memory window overlaps the hot-pluggable memory', async function (this: CxlWorld) {
  const ranges = hotPluggable(await (await this.host()).acpiTable('SRAT'));
  expect(ranges).not.toEqual([]);
  expect(await windowsOver(this, ranges)).toEqual([]);
});

Then(
  'no fixed memory window overlaps the component registers of {ids}',
  async function (this: CxlWorld, ids: string[]) {
    const bridges = (await this.chbs()).map(({ registers }) => registers);
    expect(bridges).toHaveLength(ids.length);
    expect(await windowsOver(this, bridges)).toEqual([]);
  },
);

Then('the component registers of {ids} follow RAM', async function (this: CxlWorld, ids: string[]) {
  const bridges = (await this.chbs()).map(({ registers }) => registers);
  expect(bridges).toHaveLength(ids.length);
  const map = await (await this.host()).memoryMap();
  const [first = 0n] = ascending(bridges.map(({ base }) => base));
  const ends = ascending(map.filter(({ type }) => type === E820_TYPE.RAM).map(end));
  expect(hex(first)).toBe(hex(ends.at(-1) ?? 0n));
});

const ascending = (addresses: readonly bigint[]): bigint[] => [...addresses].sort((a, b) => (a < b ? -1 : 1));

Then('window {int} is a free resource of {bytes}', async function (this: CxlWorld, n: number, size: bigint) {
  const { base } = await this.rootDecoder(n);
  expect(showResource(await this.windowResource(n))).toEqual([`CXL Window ${n} ${showRange({ base, size })}`]);
});

Then('window {int} has an extent of {bytes} left', async function (this: CxlWorld, n: number, size: bigint) {
  expect(await this.rootDecoder(n)).toMatchObject({ maxAvailableExtent: size });
});

Then(
  'window {int} holds nothing but a reserved resource of {bytes}',
  async function (this: CxlWorld, n: number, size: bigint) {
    const { base } = await this.rootDecoder(n);
    const range = showRange({ base, size });
    expect(showResource(await this.windowResource(n))).toEqual([`CXL Window ${n} ${range}`, `  Reserved ${range}`]);
  },
);

Then(
  'window {int} holds a region, a dax device and {bytes} of System RAM \\(kmem)',
  async function (this: CxlWorld, n: number, size: bigint) {
    expect(await nest(this, n, size)).toEqual(['region', 'dax', 'System RAM (kmem)']);
  },
);

Then(
  'window {int} holds a region of soft reserved memory with {bytes} of System RAM \\(kmem)',
  async function (this: CxlWorld, n: number, size: bigint) {
    const { base } = await this.rootDecoder(n);
    const map = await (await this.host()).memoryMap();
    const reserved = map.filter((entry) => entry.type === E820_TYPE.SOFT_RESERVED && overlap(entry, { base, size }));
    expect(reserved.map(showRange)).toEqual([showRange({ base, size })]);
    const inside = await nest(this, n, size);
    expect(inside.filter((name) => name !== 'Soft Reserved')).toEqual(['region', 'dax', 'System RAM (kmem)']);
  },
);

Then(
  'window {int} holds a region of {bytes} with nothing in it',
  async function (this: CxlWorld, n: number, size: bigint) {
    expect(await nest(this, n, size)).toEqual(['region']);
  },
);

Then('window {int} holds a region and {bytes} of System RAM', async function (this: CxlWorld, n: number, size: bigint) {
  expect(await nest(this, n, size)).toEqual(['region', 'System RAM']);
});

/** Names of what is inside a window, each in the one before; with its range where that is not the first `size` bytes. */
async function nest(world: CxlWorld, n: number, size: bigint): Promise<string[]> {
  const first = ` ${showRange({ base: (await world.rootDecoder(n)).base, size })}`;
  const [, ...inside] = showResource(await world.windowResource(n));
  return inside
    .map((line, depth) => line.replace('  '.repeat(depth + 1), '').replace(first, ''))
    .map((name) => name.replace(/^(region|dax)[\d.]+$/, '$1'));
}

Then('no fixed memory window overlaps another', async function (this: CxlWorld) {
  needPart(this, 'windows');
  const windows = (await this.fixedWindows()).map(({ window }) => window);
  expect(windows).not.toEqual([]);
  const shared = windows.filter((window, n) => windows.some((other, m) => m !== n && overlap(other, window)));
  expect(shared.map(showRange)).toEqual([]);
});

Then('no fixed memory window overlaps the hot-pluggable memory, if there is any', async function (this: CxlWorld) {
  const srat = await (await this.host()).acpiTable('SRAT').catch((error: Error) => {
    if (error instanceof DecodeError) return undefined;
    throw error;
  });
  expect(await windowsOver(this, srat ? hotPluggable(srat) : [])).toEqual([]);
});

Then('no component registers overlap a fixed memory window', async function (this: CxlWorld) {
  const bridges = (await this.chbs()).map(({ registers }) => registers);
  expect(bridges).not.toEqual([]);
  expect(await windowsOver(this, bridges)).toEqual([]);
});

/** The fixed memory windows that overlap one of `ranges`, as text. */
async function windowsOver(world: CxlWorld, ranges: readonly Range[]): Promise<string[]> {
  const windows = (await world.fixedWindows()).map(({ window }) => window);
  return windows.filter((window) => ranges.some((range) => overlap(window, range))).map(showRange);
}
