import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { contains, hex, type Range, showRange } from '../src/codec/range';
import { Errno } from '../src/machine/errno';
import type { RegionType } from '../src/machine/host';
import { expectCount, expectData, expectNone } from './support/assertions';
import { ownersIn, ownersOf } from './support/decoders';
import { expectOnline } from './support/nodes';
import { theRegion } from './support/the-region';
import type { CxlWorld } from './support/world';

Given(
  'a(n) {type} region of {bytes} has been created in window {int} on {ids}',
  async function (this: CxlWorld, type: RegionType, size: bigint, window: number, ids: string[]) {
    await createRegion(this, type, size, window, ids);
    expect({ region: await theRegion(this) }).toMatchObject({ region: { state: 'enabled', size } });
  },
);

Given(
  'creating a {type} region of {bytes} in window {int} on {ids} has failed',
  async function (this: CxlWorld, type: RegionType, size: bigint, window: number, ids: string[]) {
    await createRegion(this, type, size, window, ids);
    const what = 'creating the region';
    expect({ [what]: this.refusal ? 'failure' : 'success' }).toEqual({ [what]: 'failure' });
    this.refusal = undefined;
  },
);

Given('{region} has been destroyed', async function (this: CxlWorld, which: number) {
  const host = await this.host();
  const { name } = await theRegion(this, which);
  await host.destroyRegion(name);
  const listed = (await host.regions()).some((region) => region.name === name);
  expect({ 'the destroyed region': listed ? 'listed' : 'gone' }).toEqual({ 'the destroyed region': 'gone' });
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
  expectCount('assembled regions', regions.map(showRange), count);
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
  expect({ region: await theRegion(this, which) }).toMatchObject({ region: { type } });
});

Then('{region} is enabled', async function (this: CxlWorld, which: number) {
  expect({ region: await theRegion(this, which) }).toMatchObject({ region: { state: 'enabled' } });
});

Then(
  '{region} maps {bytes} of window {int} to {ids}',
  async function (this: CxlWorld, which: number, size: bigint, window: number, ids: string[]) {
    const region = await theRegion(this, which);
    const devices = ids.map((id) => this.serialOf(id));
    expect({ region }).toMatchObject({ region: { size, ways: ids.length, devices } });
    const decoder = await this.rootDecoder(window);
    const base = contains(decoder, region.base) ? showRange(decoder) : hex(region.base);
    expect({ 'the region begins in': base }).toEqual({ 'the region begins in': showRange(decoder) });
  },
);

Then(
  '{region} occupies {range} of window {int}',
  async function (this: CxlWorld, which: number, part: Range, window: number) {
    const { base } = await this.rootDecoder(window);
    const range = showRange({ base: base + part.base, size: part.size });
    expect({ region: showRange(await theRegion(this, which)) }).toEqual({ region: range });
  },
);

Then(
  'the decoders that are committed are over the region, one of each of {ids}',
  async function (this: CxlWorld, ids: string[]) {
    const range = showRange(await theRegion(this));
    const decoders = await (await this.host()).decoders();
    expect({ 'decoders of': ownersIn(decoders) }).toEqual({ 'decoders of': await ownersOf(this, ids) });
    expect({ 'decoders over': decoders.map(showRange) }).toEqual({ 'decoders over': ids.map(() => range) });
  },
);

Then('the region yields the data', async function (this: CxlWorld) {
  await expectYielded(this, (await theRegion(this)).name, this.dataOf());
});

Then('each region yields its data', async function (this: CxlWorld) {
  for (const name of this.regionNames) await expectYielded(this, name, this.dataOf(name));
});

Then('creating it has failed with {word}: {}', async function (this: CxlWorld, code: string, message: string) {
  const refusal = { code, message: expect.stringContaining(message) };
  const said = this.refusal && { code: this.refusal.code, message: this.refusal.message };
  expect({ refusal: said }).toEqual({ refusal });
});

Then('the addresses that the region had no longer yield the data', async function (this: CxlWorld) {
  const data = this.dataOf();
  const yielded = await (await this.operator()).readMemory(this.destroyedAt, data.length);
  const what = 'addresses that the region had';
  const yields = Buffer.compare(yielded, data) === 0 ? 'yield the data' : 'yield something else';
  expect({ [what]: yields }).toEqual({ [what]: 'yield something else' });
});

Then('there is no region', async function (this: CxlWorld) {
  expectNone('regions', await (await this.host()).regions());
});

Then(
  '{bytes} of memory of the region are online on node {int}',
  async function (this: CxlWorld, online: bigint, node: number) {
    const host = await this.host();
    const { name } = await theRegion(this);
    const devices = (await host.daxDevices()).filter(({ region }) => region === name);
    expect({ 'dax devices of the region': devices }).toMatchObject({
      'dax devices of the region': [{ mode: 'system-ram', node, online }],
    });
    await expectOnline(this, node, online);
  },
);

Then('the memory of the region is on node {int}', async function (this: CxlWorld, node: number) {
  const { name } = await theRegion(this);
  const devices = (await (await this.host()).daxDevices()).filter(({ region }) => region === name);
  expect({ 'dax devices of the region': devices }).toMatchObject({
    'dax devices of the region': [{ mode: 'system-ram', node }],
  });
  const online = devices.some((device) => device.online > 0n) ? 'some' : 'none';
  expect({ 'online memory of the region': online }).toEqual({ 'online memory of the region': 'some' });
});

Then('no memory is online on node {int}', async function (this: CxlWorld, node: number) {
  const online = (await (await this.host()).nodes()).find(({ id }) => id === node)?.memory ?? 0n;
  expect({ [`memory online on node ${node}`]: online }).toEqual({ [`memory online on node ${node}`]: 0n });
});

/** Loads what the region holds, past any cache. */
async function expectYielded(world: CxlWorld, region: string, expected: Uint8Array) {
  const data = await (await world.host()).loadFromRegion(region, expected.length);
  expectData('data of the region', data, expected);
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
