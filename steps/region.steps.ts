import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { contains, type Range, showRange } from '../src/codec/range';
import { Errno } from '../src/machine/errno';
import type { Region, RegionType } from '../src/machine/host';
import { difference, sampleData } from './support/data';
import { ownersIn, ownersOf } from './support/decoders';
import type { CxlWorld } from './support/world';

Given(
  'a(n) {type} region of {bytes} has been created in window {int} on {ids}',
  async function (this: CxlWorld, type: RegionType, size: bigint, window: number, ids: string[]) {
    await createRegion(this, type, size, window, ids);
    expect(await theRegion(this)).toMatchObject({ state: 'enabled', size });
  },
);

Given('the region has been destroyed', async function (this: CxlWorld) {
  await (await this.host()).destroyRegion((await theRegion(this)).name);
  expect(await (await this.host()).regions()).toEqual([]);
});

When('a(n) {type} region of {bytes} is created in window {int} on {ids}', createOn);

async function createOn(this: CxlWorld, type: RegionType, size: bigint, window: number, ids: string[]) {
  await createRegion(this, type, size, window, ids);
}

Given('the operating system has assembled a region', async function (this: CxlWorld) {
  const regions = await (await this.host()).regions();
  expect(regions).toHaveLength(1);
  this.regionName = regions[0]?.name;
});

Given('{bytes} of data have been stored in the region', store);

When('{bytes} of data are stored in the region', store);

When('the region is destroyed', async function (this: CxlWorld) {
  await (await this.host()).destroyRegion((await theRegion(this)).name);
});

async function store(this: CxlWorld, size: bigint) {
  this.data = sampleData(Number(size));
  await (await this.host()).storeInRegion((await theRegion(this)).name, this.data);
}

Then('the region is enabled', async function (this: CxlWorld) {
  expect(await theRegion(this)).toMatchObject({ state: 'enabled' });
});

Then(
  'the region maps {bytes} of window {int} to {ids}',
  async function (this: CxlWorld, size: bigint, window: number, ids: string[]) {
    const region = await theRegion(this);
    expect(region).toMatchObject({ size, ways: ids.length, devices: ids.map((id) => this.serialOf(id)) });
    expect(contains(await this.rootDecoder(window), region.base)).toBe(true);
  },
);

Then('the region occupies {range} of window {int}', async function (this: CxlWorld, part: Range, window: number) {
  const { base } = await this.rootDecoder(window);
  expect(showRange(await theRegion(this))).toBe(showRange({ base: base + part.base, size: part.size }));
});

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
  const data = await (await this.host()).loadFromRegion((await theRegion(this)).name, this.data.length);
  expect({ data: difference(data, this.data) }).toEqual({ data: undefined });
});

Then('creating it has failed with {word}: {}', async function (this: CxlWorld, code: string, message: string) {
  expect(this.refusal).toMatchObject({ code, message: expect.stringContaining(message) });
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
  const { name, size } = await theRegion(this);
  const devices = (await (await this.host()).daxDevices()).filter(({ region }) => region === name);
  expect(devices).toMatchObject([{ mode: 'system-ram', node, online: size }]);
});

Then('no memory is online on node {int}', async function (this: CxlWorld, node: number) {
  const nodes = await (await this.host()).nodes();
  expect(nodes.filter(({ id, memory }) => id === node && memory > 0n)).toEqual([]);
});

/** Tries to; keeps what the operating system says if it refuses. */
async function createRegion(world: CxlWorld, type: RegionType, size: bigint, window: number, ids: readonly string[]) {
  const host = await world.host();
  const request = { type, decoder: `decoder0.${window}`, size, devices: ids.map((id) => world.serialOf(id)) };
  try {
    world.regionName = (await host.createRegion(request)).name;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    world.refusal = error;
  }
}

/** The region that the scenario has created, as it is now. */
async function theRegion(world: CxlWorld): Promise<Region> {
  expect(world.refusal?.message).toBeUndefined();
  const regions = await (await world.host()).regions();
  expect(regions.map(({ name }) => name)).toContain(world.regionName);
  return regions.find(({ name }) => name === world.regionName) as Region;
}
