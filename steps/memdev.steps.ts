import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { difference, inTurns } from './support/data';
import type { CxlWorld } from './support/world';

Then(
  '{id} is a memdev with {bytes} of volatile and {bytes} of persistent capacity',
  async function (this: CxlWorld, id: string, volatile: bigint, persistent: bigint) {
    const memdevs = await (await this.host()).memdevs();
    expect(memdevs.filter(({ serial }) => serial === this.serialOf(id))).toMatchObject([{ volatile, persistent }]);
  },
);

Then('{id} is no memdev', async function (this: CxlWorld, id: string) {
  const memdevs = await (await this.host()).memdevs();
  expect(memdevs.filter(({ serial }) => serial === this.serialOf(id))).toEqual([]);
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

/** What the media of each device are to hold, seen from outside the machine. */
async function expectOnMedia(world: CxlWorld, ids: readonly string[], dpa: bigint, expected: readonly Uint8Array[]) {
  const operator = await world.operator();
  for (const [i, data] of expected.entries()) {
    const id = ids[i] ?? '';
    const media = await operator.readMedia(id, dpa, data.length);
    expect({ [`media of ${id}`]: difference(media, data) }).toEqual({ [`media of ${id}`]: undefined });
  }
}
