import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { hex } from '../src/codec/range';
import { expectData, expectNone, expectSome } from './support/assertions';
import { inTurns, pagesOf, pagesWithin } from './support/data';
import type { CxlWorld } from './support/world';

/** Bytes of media that are looked through at a time: capacities are multiples of it. */
const STRETCH = 256n << 10n;

Then(
  '{id} is a memdev with {bytes} of volatile and {bytes} of persistent capacity',
  async function (this: CxlWorld, id: string, volatile: bigint, persistent: bigint) {
    expect({ [id]: await this.memdev(id) }).toMatchObject({ [id]: { volatile, persistent } });
  },
);

Then('{id} is no memdev', async function (this: CxlWorld, id: string) {
  const memdevs = (await (await this.host()).memdevs()).filter(({ serial }) => serial === this.serialOf(id));
  expectNone(
    `memdevs that are ${id}`,
    memdevs.map(({ name, ...memdev }) => memdev),
  );
});

Then(
  'the volatile and the persistent capacity of {id} have QoS class {int}',
  async function (this: CxlWorld, id: string, qos: number) {
    const { name } = await this.memdev(id);
    const classes = await (await this.host()).qosClasses(name);
    expect({ 'QoS class': classes }).toEqual({ 'QoS class': { volatile: qos, persistent: qos } });
  },
);

Then('{id} has no QoS class', async function (this: CxlWorld, id: string) {
  const { name } = await this.memdev(id);
  expect({ 'QoS class': await (await this.host()).qosClasses(name) }).toEqual({ 'QoS class': {} });
});

Then('the media of {id} hold the data from DPA {bytes}', async function (this: CxlWorld, id: string, dpa: bigint) {
  await expectOnMedia(this, [id], dpa, [this.dataOf()]);
});

Then(
  'the media of {id} hold the data of {region} from DPA {bytes}',
  async function (this: CxlWorld, id: string, region: number, dpa: bigint) {
    await expectOnMedia(this, [id], dpa, [this.dataOf(this.regionNames.at(region))]);
  },
);

Then(
  'the media of {ids} hold the data in turns of {bytes} from DPA {bytes}',
  async function (this: CxlWorld, ids: string[], turn: bigint, dpa: bigint) {
    await expectOnMedia(this, ids, dpa, inTurns(this.dataOf(), ids.length, Number(turn)));
  },
);

Then('the media of {id} hold the data', async function (this: CxlWorld, id: string) {
  const what = `pages of the data on the media of ${id}`;
  expect({ [what]: await pagesHeld(this, id) }).toEqual({ [what]: pagesOf(this.dataOf()).length });
});

Then('the media of {ids} hold the data, each of them whole pages', async function (this: CxlWorld, ids: string[]) {
  const held = await Promise.all(ids.map((id) => pagesHeld(this, id)));
  const what = 'pages of the data on the media';
  expect({ [what]: held.reduce((a, b) => a + b, 0) }).toEqual({ [what]: pagesOf(this.dataOf()).length });
  expectNone(
    'media without a page of the data',
    ids.filter((_, i) => held[i] === 0),
  );
});

Then('the media of {id} hold none of the data', async function (this: CxlWorld, id: string) {
  expectSome('pages of data', pagesOf(this.dataOf()));
  const what = `pages of the data on the media of ${id}`;
  expect({ [what]: await pagesHeld(this, id) }).toEqual({ [what]: 0 });
});

/** How many pages of the data are somewhere in the media of device `id`: the operating system chooses the pages. */
async function pagesHeld(world: CxlWorld, id: string): Promise<number> {
  const { volatile, persistent } = world.type3(id);
  const [operator, pages] = [await world.operator(), pagesOf(world.dataOf())];
  let held = 0;
  for (let dpa = 0n; dpa < volatile + persistent; dpa += STRETCH)
    held += pagesWithin(await operator.readMedia(id, dpa, Number(STRETCH)), pages);
  return held;
}

/** What the media of each device are to hold, seen from outside the machine. */
async function expectOnMedia(world: CxlWorld, ids: readonly string[], dpa: bigint, expected: readonly Uint8Array[]) {
  const operator = await world.operator();
  for (const [i, data] of expected.entries()) {
    const id = ids[i] ?? '';
    const media = await operator.readMedia(id, dpa, data.length);
    expectData(`media of ${id} at DPA ${hex(dpa)}`, media, data);
  }
}
