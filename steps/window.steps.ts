/** Fixed memory windows as resources of the operating system. */
import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { showRange } from '../src/codec/range';
import { expectSoftReserved, type Nested, nestedIn, showResource } from './support/resources';
import type { CxlWorld } from './support/world';

/** `/proc/iomem` has it, at the addresses of its CFMWS, with nothing inside. */
Then('window {int} is a free resource of {bytes}', async function (this: CxlWorld, n: number, size: bigint) {
  const { base } = await this.rootDecoder(n);
  const found = showResource(await this.windowResource(n));
  expect({ resources: found }).toEqual({ resources: [`CXL Window ${n} ${showRange({ base, size })}`] });
});

/** Each inside the one before, all with that size at the window's base. Of soft reserved memory: E820 says so, and a resource of that name may be among them. */
Then(
  'window {int} holds {nested} of {bytes}',
  async function (this: CxlWorld, n: number, { names, softReserved }: Nested, size: bigint) {
    const first = { base: (await this.rootDecoder(n)).base, size };
    if (softReserved) expectSoftReserved(await (await this.host()).memoryMap(), first);
    const found = nestedIn(await this.windowResource(n), first);
    const what = `window ${n} holds`;
    expect({ [what]: softReserved ? found.filter((name) => name !== 'Soft Reserved') : found }).toEqual({
      [what]: names,
    });
  },
);

/** `max_available_extent` of its root decoder. */
Then('the largest free extent of window {int} is {bytes}', async function (this: CxlWorld, n: number, size: bigint) {
  const what = `window ${n}`;
  expect({ [what]: await this.rootDecoder(n) }).toMatchObject({ [what]: { maxAvailableExtent: size } });
});
