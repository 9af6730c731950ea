import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { contains, type Range, showRange } from '../src/codec/range';
import { Errno } from '../src/machine/errno';
import type { RegionType } from '../src/machine/host';
import { difference } from './support/data';
import { ownersIn, ownersOf } from './support/decoders';
import { theRegion } from './support/the-region';
import type { CxlWorld } from './support/world';

Given(
  'a(n) {type} region of {bytes} has been created in window {int} on {ids}',
  async function (this: CxlWorld, type: RegionType, size: bigint, window: number, ids: string[]) {
    await createRegion(this, type, size, window, ids);
    expect(await theRegion(this)).toMatchObject({ state: 'enabled', size });
  },
);

Given(
  'creating a {type} region of {bytes} in window {int} on {ids} has failed',
  async function (this: CxlWorld, type: RegionType, size: bigint, window: number, ids: string[]) {
    await createRegion(this, type, size, window, ids);
    expect(this.refusal).toBeDefined();
    this.refusal = undefined;
  },
);

Given('{region} has been destroyed', async function (this: CxlWorld, which: number) {
  const host = await this.host();
  const { name } = await theRegion(this, which);
  await host.destroyRegion(name);
  expect((await host.regions()).map((region) => region.name)).not.toContain(name);
});

When('the region is used as system RAM', async function (this: CxlWorld) {
  await (await this.host()).useAsSystemRam((await theRegion(this)).name);
});

When('a(n) {type} region of {bytes} is created in window {int} on {ids}', createOn);

async function createOn(this: CxlWorld, type: RegionType, size: bigint, window: number, ids: string[]) {
  await createRegion(this, type, size, window, ids);
}

Given('the operating system has assembled a region', async function (this: CxlWorld) {
  await takeAssembled(this, 1);
});

Given('the operating system has assembled {int} regions', async function (this: CxlWorld, count: number) {
  await takeAssembled(this, count);
});

async function takeAssembled(world: CxlWorld, count: number) {
  const regions = await (await world.host()).regions();
  expect(regions).toHaveLength(count);
  world.regionNames.push(...regions.map(({ name }) => name));
}

Given('{bytes} of data have been stored in {region}', store);

When('{bytes} of data are stored in {region}', store);

When('{region} is destroyed', async function (this: CxlWorld, which: number) {
  const { name, base } = await theRegion(this, which);
  this.destroyedAt = base;
  await (await this.host()).destroyRegion(name);
});

async function store(this: CxlWorld, size: bigint, which: number) {
  const region = (await theRegion(this, which)).name;
  const data = this.newData(Number(size));
  this.stored.push({ region, data });
  await (await this.host()).storeInRegion(region, data);
}

Then('{region} is {type}', async function (this: CxlWorld, which: number, type: RegionType) {
  expect(await theRegion(this, which)).toMatchObject({ type });
});

Then('{region} is enabled', async function (this: CxlWorld, which: number) {
  expect(await theRegion(this, which)).toMatchObject({ state: 'enabled' });
});

Then(
  '{region} maps {bytes} of window {int} to {ids}',
  async function (this: CxlWorld, which: number, size: bigint, window: number, ids: string[]) {
    const region = await theRegion(this, which);
    expect(region).toMatchObject({ size, ways: ids.length, devices: ids.map((id) => this.serialOf(id)) });
    expect(contains(await this.rootDecoder(window), region.base)).toBe(true);
  },
);

Then(
  '{region} occupies {range} of window {int}',
  async function (this: CxlWorld, which: number, part: Range, window: number) {
    const { base } = await this.rootDecoder(window);
    expect(showRange(await theRegion(this, which))).toBe(showRange({ base: base + part.base, size: part.size }));
  },
);

Then(
  'the decoders that are committed are over the region, one of each of {ids}',
  async function (this: CxlWorld, ids: string[]) {
    const range = showRange(await theRegion(this));
    const decoders = await (await this.host()).decoders();
    expect(ownersIn(decoders)).toEqual(await ownersOf(this, ids));
    expect(decoders.map(showRange)).toEqual(ids.map(() => range));
  },
);

Then('the region yields the data', async function (this: CxlWorld) {
  await expectData(this, (await theRegion(this)).name, this.dataOf());
});

Then('each region yields its data', async function (this: CxlWorld) {
  for (const name of this.regionNames) await expectData(this, name, this.dataOf(name));
});

Then('creating it has failed with {word}: {}', async function (this: CxlWorld, code: string, message: string) {
  const refusal = { code, message: expect.stringContaining(message) };
  const said = this.refusal && { code: this.refusal.code, message: this.refusal.message };
  expect({ refusal: said }).toEqual({ refusal });
});

Then('the addresses that the region had no longer yield the data', async function (this: CxlWorld) {
  const data = this.dataOf();
  const yielded = await (await this.operator()).readMemory(this.destroyedAt, data.length);
  expect(difference(yielded, data) ? 'no longer' : 'still yields the data').toBe('no longer');
});

Then('there is no region', async function (this: CxlWorld) {
  expect(await (await this.host()).regions()).toEqual([]);
});

Then(
  '{bytes} of memory of the region are online on node {int}',
  async function (this: CxlWorld, online: bigint, node: number) {
    const host = await this.host();
    const { name } = await theRegion(this);
    const devices = (await host.daxDevices()).filter(({ region }) => region === name);
    expect(devices).toMatchObject([{ mode: 'system-ram', node, online }]);
    expect(await host.nodes()).toContainEqual(expect.objectContaining({ id: node, memory: online }));
  },
);

Then('the memory of the region is on node {int}', async function (this: CxlWorld, node: number) {
  const { name } = await theRegion(this);
  const devices = (await (await this.host()).daxDevices()).filter(({ region }) => region === name);
  expect(devices).toMatchObject([{ mode: 'system-ram', node }]);
  expect({ online: devices.some(({ online }) => online > 0n) }).toEqual({ online: true });
});

Then('no memory is online on node {int}', async function (this: CxlWorld, node: number) {
  const nodes = await (await this.host()).nodes();
  expect(nodes.filter(({ id, memory }) => id === node && memory > 0n)).toEqual([]);
});

/** Loads what the region holds, past any cache. */
async function expectData(world: CxlWorld, region: string, expected: Uint8Array) {
  const data = await (await world.host()).loadFromRegion(region, expected.length);
  expect({ data: difference(data, expected) }).toEqual({ data: undefined });
}

/** Tries to; keeps what the operating system says if it refuses. */
async function createRegion(world: CxlWorld, type: RegionType, size: bigint, window: number, ids: readonly string[]) {
  const host = await world.host();
  const request = { type, decoder: `decoder0.${window}`, size, devices: ids.map((id) => world.serialOf(id)) };
  try {
    world.regionNames.push((await host.createRegion(request)).name);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    world.refusal = error;
  }
}
