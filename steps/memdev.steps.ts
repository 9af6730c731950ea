import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { difference } from './support/data';
import type { CxlWorld } from './support/world';

Then(
  '{id} is a memdev with {bytes} of volatile and {bytes} of persistent capacity',
  async function (this: CxlWorld, id: string, volatile: bigint, persistent: bigint) {
    const memdevs = await (await this.host()).memdevs();
    expect(memdevs.filter(({ serial }) => serial === this.serialOf(id))).toMatchObject([{ volatile, persistent }]);
  },
);

Then('the media of {id} hold the data from DPA {bytes}', async function (this: CxlWorld, id: string, dpa: bigint) {
  const media = await (await this.operator()).readMedia(id, dpa, this.data.length);
  expect({ media: difference(media, this.data) }).toEqual({ media: undefined });
});
