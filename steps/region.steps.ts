/** Regions: created, destroyed, and what the operating system says of them. */
import { Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { type Range, showRange } from '../src/codec/range';
import type { Region, RegionType } from '../src/machine/host';
import { expectCount } from './support/assertions';
import { type Creation, createRegion, expectCreation } from './support/create-region';
import { type OwnersOf, ownersIn } from './support/decoders';
import { expectOnline, type Online } from './support/online';
import { expectInside, theRegion } from './support/the-region';
import type { CxlWorld } from './support/world';

/** As by `cxl create-region`; devices in interleave order. `is created`: whether it worked, a Then asks. `was created`: and is enabled. */
When(
  'a(n) {type} region of {bytes} {creation} in window {int} on {ids}',
  async function (this: CxlWorld, type: RegionType, size: bigint, how: Creation, window: number, ids: string[]) {
    await createRegion(this, { type, size, window, ids });
    await expectCreation(this, how, size);
  },
);

/** As by `cxl destroy-region`, after its memory was taken offline. `was destroyed`: and is no longer listed. */
When('{region} {isOrWas} destroyed', async function (this: CxlWorld, which: number, claimed: boolean) {
  const host = await this.host();
  const { name, base } = await theRegion(this, which);
  this.destroyedAt = base;
  await host.destroyRegion(name);
  const listed = claimed && (await host.regions()).some((region) => region.name === name);
  expect({ 'the destroyed region': listed ? 'listed' : 'gone' }).toEqual({ 'the destroyed region': 'gone' });
});

/** `ndctl create-namespace -m devdax`, `daxctl reconfigure-device -m system-ram`. */
When('the region is used as system RAM', async function (this: CxlWorld) {
  await (await this.host()).useAsSystemRam((await theRegion(this)).name);
});

/** `enabled`: its decoders are committed, and a driver is bound; `persistent` or `volatile`: the capacity that it maps. */
Then('{region} is {regionState}', async function (this: CxlWorld, which: number, state: Partial<Region>) {
  expect({ region: await theRegion(this, which) }).toMatchObject({ region: state });
});

/** Its size, its devices in interleave order, and that it begins in the window. */
Then(
  '{region} maps {bytes} of window {int} to {ids}',
  async function (this: CxlWorld, which: number, size: bigint, window: number, ids: string[]) {
    const region = await theRegion(this, which);
    const devices = ids.map((id) => this.serialOf(id));
    expect({ region }).toMatchObject({ region: { size, ways: ids.length, devices } });
    expectInside(region, await this.rootDecoder(window));
  },
);

/** Counted from the window's base. */
Then(
  '{region} occupies {range} of window {int}',
  async function (this: CxlWorld, which: number, part: Range, window: number) {
    const { base } = await this.rootDecoder(window);
    const range = showRange({ base: base + part.base, size: part.size });
    expect({ region: showRange(await theRegion(this, which)) }).toEqual({ region: range });
  },
);

/** With the region's range; no other decoder is committed. */
Then('{region} is decoded by {decoders} alone', async function (this: CxlWorld, which: number, ownersOf: OwnersOf) {
  const range = showRange(await theRegion(this, which));
  const decoders = await (await this.host()).decoders();
  const owners = await ownersOf(this);
  expect({ 'decoders of': ownersIn(decoders) }).toEqual({ 'decoders of': owners });
  expect({ 'decoders over': decoders.map(showRange) }).toEqual({ 'decoders over': owners.map(() => range) });
});

/** By the code of the error, and words of what `cxl create-region` prints. */
Then('region creation fails with {word}: {}', async function (this: CxlWorld, code: string, message: string) {
  const refusal = { code, message: expect.stringContaining(message) };
  const said = this.refusal && { code: this.refusal.code, message: this.refusal.message };
  expect({ refusal: said }).toEqual({ refusal });
});

/** That the operating system lists: created, or assembled from decoders that firmware has committed; `the region` is the last of them. */
Then('there is/are {howMany} region(s)', async function (this: CxlWorld, count: number) {
  expectCount('regions', (await (await this.host()).regions()).map(showRange), count);
});

/** All memory that the node has online; the region's by its dax device, in mode system-ram. */
Then('{memory} is online on node {int}', async function (this: CxlWorld, memory: Online, node: number) {
  await expectOnline(this, memory, node);
});
