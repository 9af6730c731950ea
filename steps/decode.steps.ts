import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { hex, type Range, showRange } from '../src/codec/range';
import { expectData } from './support/assertions';
import { blockOf, commit, expectCommitted, showAnswer } from './support/decoder-blocks';
import { InterleavedData } from './support/interleaved-data';
import type { CxlWorld } from './support/world';

Given(
  'the devices behind the first {int} root port(s) of {ids} share a window in turns of {bytes}',
  async function (this: CxlWorld, ports: number, bridges: string[], granularity: bigint) {
    const devices = Array.from({ length: ports }, (_, n) => bridges.map((id) => this.type3Behind(id, n))).flat();
    this.interleaved = await InterleavedData.share(this, devices, bridges, granularity);
  },
);

When('data are stored in turns, and across their boundaries', async function (this: CxlWorld) {
  await this.interleavedData.store(await this.bench(), this.newData);
});

Then('these addresses yield the data', async function (this: CxlWorld) {
  await this.interleavedData.expectYielded(await this.bench());
});

Then('each device has on its media the data of its turns', async function (this: CxlWorld) {
  await this.interleavedData.expectOnMedia(await this.operator());
});

Given('window {int} leads to {id}', async function (this: CxlWorld, window: number, id: string) {
  await (await this.bench()).lead(window, this.serialOf(id));
});

Given(
  'decoder {int} of {id} has been committed over {range} of window {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number) {
    expectCommitted(n, id, await commit(this, n, id, { part, window }));
  },
);

Given(
  'decoder {int} of {id} has been committed and locked over {range} of window {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number) {
    expectCommitted(n, id, await commit(this, n, id, { part, window, lockOnCommit: true }));
  },
);

Given(
  'decoder {int} of {id} has been committed over {range} of window {int}, with a DPA skip of {bytes}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number, skip: bigint) {
    expectCommitted(n, id, await commit(this, n, id, { part, window, skip }));
  },
);

Given(
  'decoder {int} of {id} has been committed over {range} of window {int}, with interleave ways {int} and granularity {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number, ways: number, granule: number) {
    const interleave = { interleaveWays: ways, interleaveGranularity: granule };
    expect(await commit(this, n, id, { part, window, ...interleave })).toMatchObject({ committed: true });
  },
);

Given(
  'somebody has tried to commit decoder {int} of {id} over {range} of window {int}, with interleave ways {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number, interleaveWays: number) {
    await commit(this, n, id, { part, window, interleaveWays });
  },
);

When(
  'decoder {int} of {id} is committed over {range} of window {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number) {
    await commit(this, n, id, { part, window });
  },
);

When(
  'decoder {int} of {id} is committed over {range} of window {int}, with a DPA skip of {bytes}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number, skip: bigint) {
    await commit(this, n, id, { part, window, skip });
  },
);

When(
  'decoder {int} of {id} is committed over {range} of window {int}, with interleave ways {int} and granularity {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number, ways: number, granule: number) {
    await commit(this, n, id, { part, window, interleaveWays: ways, interleaveGranularity: granule });
  },
);

When('Commit of decoder {int} of {id} is cleared', async function (this: CxlWorld, n: number, id: string) {
  await (await blockOf(this, id)).uncommit(n);
});

When('the HDM decoders of {id} are disabled', async function (this: CxlWorld, id: string) {
  await (await blockOf(this, id)).enable(false);
});

Given('{bytes} of data have been stored at {bytes} of window {int}', store);

When('{bytes} of data are stored at {bytes} of window {int}', store);

async function store(this: CxlWorld, size: bigint, offset: bigint, window: number) {
  const data = this.newData(Number(size));
  this.stored.push({ region: undefined, data });
  const bench = await this.bench();
  await bench.store((await bench.window(window)).base + offset, data);
}

Then('{bytes} of window {int} yields the data', async function (this: CxlWorld, offset: bigint, window: number) {
  expectData(`${hex(offset)} of window ${window}`, await loaded(this, offset, window), this.dataOf());
});

Then(
  '{bytes} of window {int} does not yield the data',
  async function (this: CxlWorld, offset: bigint, window: number) {
    const same = Buffer.compare(await loaded(this, offset, window), this.dataOf()) === 0;
    const what = `${hex(offset)} of window ${window} yields`;
    expect({ [what]: same ? 'the data' : 'something else' }).toEqual({ [what]: 'something else' });
  },
);

/** As many bytes as were stored last. */
async function loaded(world: CxlWorld, offset: bigint, window: number): Promise<Uint8Array> {
  const bench = await world.bench();
  return bench.load((await bench.window(window)).base + offset, world.dataOf().length);
}

Then('decoder {int} of {id} answers {}', async function (this: CxlWorld, n: number, id: string, answer: string) {
  const what = `decoder ${n} of ${id}`;
  expect({ [what]: showAnswer(await (await blockOf(this, id)).state(n)) }).toEqual({ [what]: answer });
});

Then(
  'decoder {int} of {id} is over {range} of window {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number) {
    const { base } = await (await this.bench()).window(window);
    const { range } = await (await blockOf(this, id)).state(n);
    const what = `decoder ${n} of ${id}`;
    expect({ [what]: showRange(range) }).toEqual({ [what]: showRange({ base: base + part.base, size: part.size }) });
  },
);
