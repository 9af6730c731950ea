/** Data that a scenario stores, and where they can be found then. */
import { Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { expectData, expectNone, expectSome } from './support/assertions';
import { chunksOf, pagesOf, type StoredData } from './support/data';
import { expectOnMedia, pagesHeld } from './support/media';
import type { PlaceOf } from './support/places';
import type { CxlWorld } from './support/world';

/** In a raw namespace of a persistent region; in memory of a volatile region's node; at an address counted from a window's base. */
When(
  '{bytes} of data {isOrWas} stored in/on/at {place}',
  async function (this: CxlWorld, size: bigint, _: boolean, place: PlaceOf) {
    const { region, store } = await place(this);
    const data = this.newData(Number(size));
    this.stored.push({ region, data });
    await store(data);
  },
);

/** Those that were stored last, past any cache; addresses of a region are read from outside the machine. */
Then('{place} {yields} the data', async function (this: CxlWorld, place: PlaceOf, yields: boolean) {
  const { name, load } = await place(this);
  const [data, expected] = [await load(this.dataOf().length), this.dataOf()];
  if (yields) return expectData(`data of ${name}`, data, expected);
  const what = Buffer.compare(data, expected) === 0 ? 'the data' : 'other data';
  expect({ [`yielded by ${name}`]: what }).toEqual({ [`yielded by ${name}`]: 'other data' });
});

/** What was stored in it. */
Then('each region yields its data', async function (this: CxlWorld) {
  const host = await this.host();
  for (const name of this.regionNames) {
    const expected = this.dataOf(name);
    expectData('data of the region', await host.loadFromRegion(name, expected.length), expected);
  }
});

/** Seen from outside the machine; interleaved: the first chunk on the first device, the next on the second, each device's chunks in a row. */
Then(
  'the media of {ids} hold {data} from DPA {bytes}',
  async function (this: CxlWorld, ids: string[], { region, granularity, fill }: StoredData, dpa: bigint) {
    const data = fill ?? this.dataOf(region === undefined ? undefined : this.regionNames.at(region));
    await expectOnMedia(this, ids, dpa, granularity ? chunksOf(data, ids.length, granularity) : [data]);
  },
);

/** Wherever: the operating system chooses the pages. `every`: each device holds some, and all of them together all. */
Then('the media of {ids} hold {every} page of the data', async function (this: CxlWorld, ids: string[], every: string) {
  const pages = pagesOf(this.dataOf());
  expectSome('pages of data', pages);
  const held = await Promise.all(ids.map((id) => pagesHeld(this, id, pages)));
  const what = 'pages of the data on the media';
  const wanted = every === 'every' ? pages.length : 0;
  expect({ [what]: held.reduce((a, b) => a + b, 0) }).toEqual({ [what]: wanted });
  const without = ids.filter((_, i) => held[i] === 0);
  if (every === 'every') expectNone('media without a page of the data', without);
});
