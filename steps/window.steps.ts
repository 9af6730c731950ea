import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { E820_TYPE } from '../src/codec/acpi/e820';
import { hotPluggable } from '../src/codec/acpi/srat';
import { DecodeError } from '../src/codec/decode-error';
import { end, hex, overlap, showRange } from '../src/codec/range';
import { needPart } from './support/any-machine';
import { expectCount, expectNone, expectSome } from './support/assertions';
import { type NamedRange, namedBridges, namedWindows, showNamed } from './support/named-ranges';
import { showResource } from './support/resources';
import type { CxlWorld } from './support/world';

Then('the {int} fixed memory window(s) overlap(s) no other window', async function (this: CxlWorld, count: number) {
  const windows = await namedWindows(this);
  expectCount('fixed memory windows', windows.map(showRange), count);
  const others = windows.filter((window) => windows.some((other) => other !== window && overlap(other, window)));
  expectNone('windows that overlap others', others.map(showNamed));
});

Then('no fixed memory window overlaps RAM', async function (this: CxlWorld) {
  const map = await (await this.host()).memoryMap();
  const ram = map.filter(({ type }) => type === E820_TYPE.RAM);
  expectSome('RAM in E820', ram);
  await expectNoWindowOver(
    this,
    ram.map((entry) => ({ ...entry, name: 'RAM' })),
  );
});

Then('no fixed memory window overlaps the hot-pluggable memory', async function (this: CxlWorld) {
  const ranges = hotPluggable(await (await this.host()).acpiTable('SRAT'));
  expectSome('hot-pluggable memory in the SRAT', ranges);
  await expectNoWindowOver(
    this,
    ranges.map((each) => ({ ...each, name: 'hot-pluggable memory' })),
  );
});

Then(
  'no fixed memory window overlaps the component registers of {ids}',
  async function (this: CxlWorld, ids: string[]) {
    const bridges = await namedBridges(this);
    expectCount('CHBS', bridges.map(showRange), ids.length);
    await expectNoWindowOver(this, bridges);
  },
);

Then('the component registers of {ids} follow RAM', async function (this: CxlWorld, ids: string[]) {
  const bridges = await namedBridges(this);
  expectCount('CHBS', bridges.map(showRange), ids.length);
  const map = await (await this.host()).memoryMap();
  const [first = 0n] = ascending(bridges.map(({ base }) => base));
  const ends = ascending(map.filter(({ type }) => type === E820_TYPE.RAM).map(end));
  const what = 'the first component registers begin at';
  expect({ [what]: hex(first) }).toEqual({ [what]: hex(ends.at(-1) ?? 0n) });
});

const ascending = (addresses: readonly bigint[]): bigint[] => [...addresses].sort((a, b) => (a < b ? -1 : 1));

Then('window {int} is a free resource of {bytes}', async function (this: CxlWorld, n: number, size: bigint) {
  const { base } = await this.rootDecoder(n);
  const found = showResource(await this.windowResource(n));
  expect({ resources: found }).toEqual({ resources: [`CXL Window ${n} ${showRange({ base, size })}`] });
});

Then('window {int} has an extent of {bytes} left', async function (this: CxlWorld, n: number, size: bigint) {
  expect({ [`window ${n}`]: await this.rootDecoder(n) }).toMatchObject({
    [`window ${n}`]: { maxAvailableExtent: size },
  });
});

Then(
  'window {int} holds nothing but a reserved resource of {bytes}',
  async function (this: CxlWorld, n: number, size: bigint) {
    const { base } = await this.rootDecoder(n);
    const range = showRange({ base, size });
    const found = showResource(await this.windowResource(n));
    expect({ resources: found }).toEqual({ resources: [`CXL Window ${n} ${range}`, `  Reserved ${range}`] });
  },
);

Then(
  'window {int} holds a region, a dax device and {bytes} of System RAM \\(kmem)',
  async function (this: CxlWorld, n: number, size: bigint) {
    expectNested(n, await nest(this, n, size), ['region', 'dax', 'System RAM (kmem)']);
  },
);

Then(
  'window {int} holds a region of soft reserved memory with {bytes} of System RAM \\(kmem)',
  async function (this: CxlWorld, n: number, size: bigint) {
    const { base } = await this.rootDecoder(n);
    const map = await (await this.host()).memoryMap();
    const reserved = map.filter((entry) => entry.type === E820_TYPE.SOFT_RESERVED && overlap(entry, { base, size }));
    expect({ 'SOFT_RESERVED in E820': reserved.map(showRange) }).toEqual({
      'SOFT_RESERVED in E820': [showRange({ base, size })],
    });
    const inside = (await nest(this, n, size)).filter((name) => name !== 'Soft Reserved');
    expectNested(n, inside, ['region', 'dax', 'System RAM (kmem)']);
  },
);

Then(
  'window {int} holds a region of {bytes} with nothing in it',
  async function (this: CxlWorld, n: number, size: bigint) {
    expectNested(n, await nest(this, n, size), ['region']);
  },
);

Then('window {int} holds a region and {bytes} of System RAM', async function (this: CxlWorld, n: number, size: bigint) {
  expectNested(n, await nest(this, n, size), ['region', 'System RAM']);
});

function expectNested(n: number, found: readonly string[], expected: readonly string[]): void {
  const what = `window ${n} holds`;
  expect({ [what]: found }).toEqual({ [what]: expected });
}

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
  expectSome('fixed memory windows', windows);
  const shared = windows.filter((window, n) => windows.some((other, m) => m !== n && overlap(other, window)));
  expectNone('fixed memory windows that overlap', shared.map(showRange));
});

Then('no fixed memory window overlaps the hot-pluggable memory, if there is any', async function (this: CxlWorld) {
  const srat = await (await this.host()).acpiTable('SRAT').catch((error: Error) => {
    if (error instanceof DecodeError) return undefined;
    throw error;
  });
  const memory = srat ? hotPluggable(srat) : [];
  await expectNoWindowOver(
    this,
    memory.map((range) => ({ ...range, name: 'hot-pluggable memory' })),
  );
});

Then('no component registers overlap a fixed memory window', async function (this: CxlWorld) {
  const bridges = await namedBridges(this);
  expectSome('CHBS', bridges);
  await expectNoWindowOver(this, bridges);
});

async function expectNoWindowOver(world: CxlWorld, ranges: readonly NamedRange[]): Promise<void> {
  const over = (await namedWindows(world)).flatMap((window) =>
    ranges.filter((range) => overlap(window, range)).map((range) => `${showNamed(window)} over ${showNamed(range)}`),
  );
  expectNone('windows that overlap', over);
}
