/** HDM decoders that a scenario programs itself, and interleaved decode. */
import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { type Range, showRange } from '../src/codec/range';
import {
  blockOf,
  type Commit,
  type CommitSettings,
  commit,
  expectCommitted,
  showAnswer,
} from './support/decoder-blocks';
import { InterleavedData } from './support/interleaved-data';
import type { CxlWorld } from './support/world';

/** 256M of each device, around the middle of the window that has these bridges as targets. */
Given(
  'the devices behind the first {int} root port(s) of {ids} interleave a window at {bytes}',
  async function (this: CxlWorld, ports: number, bridges: string[], granularity: bigint) {
    const devices = Array.from({ length: ports }, (_, n) => bridges.map((id) => this.type3Behind(id, n))).flat();
    this.interleaved = await InterleavedData.share(this, devices, bridges, granularity);
  },
);

/** In the first two chunks of each device, in two in the middle of the range, and in the last two. */
When('data are stored in interleaved chunks, and across their boundaries', async function (this: CxlWorld) {
  await this.interleavedData.store(await this.bench(), this.newData);
});

/** All that was stored in interleaved chunks. */
Then('the interleaved addresses yield the data', async function (this: CxlWorld) {
  await this.interleavedData.expectYielded(await this.bench());
});

/** Chunk n is on device n modulo their number, next to the chunk before on that device; seen from outside the machine. */
Then('each device holds its chunks of the data on its media', async function (this: CxlWorld) {
  await this.interleavedData.expectOnMedia(await this.operator());
});

/** Decoder 0 of each host bridge and switch above the device is committed for all of the window. */
Given('window {int} is routed to {id}', async function (this: CxlWorld, window: number, id: string) {
  await (await this.bench()).lead(window, this.serialOf(id));
});

/**
 * HDM decoders are enabled, all registers of this one are written, and Commit last; the range is counted from the window's base.
 * One way, without a DPA skip, unless it says otherwise; ways and granularity are encoded; a host bridge's target is its port 0.
 * `is committed`, `was programmed`: whatever it answers. `was committed`: it answers Committed.
 */
When(
  'decoder {int} of {id} {commit} for {range} of window {int}{commitSettings}',
  async function (
    this: CxlWorld,
    n: number,
    id: string,
    claim: Commit,
    part: Range,
    window: number,
    settings: CommitSettings,
  ) {
    const state = await commit(this, n, id, { part, window, ...settings });
    if (claim === 'was committed') expectCommitted(n, id, state);
  },
);

/** And nothing else of it is changed. */
When('Commit of decoder {int} of {id} is cleared', async function (this: CxlWorld, n: number, id: string) {
  await (await blockOf(this, id)).uncommit(n);
});

/** HDM Decoder Enable is cleared. */
When('the HDM decoders of {id} are disabled', async function (this: CxlWorld, id: string) {
  await (await blockOf(this, id)).enable(false);
});

/** Its bits Committed and Error Not Committed: one of them, both, or `neither`. */
Then('decoder {int} of {id} answers {}', async function (this: CxlWorld, n: number, id: string, answer: string) {
  const what = `decoder ${n} of ${id}`;
  expect({ [what]: showAnswer(await (await blockOf(this, id)).state(n)) }).toEqual({ [what]: answer });
});

/** By its base and size, counted from the window's base. */
Then(
  'decoder {int} of {id} maps {range} of window {int}',
  async function (this: CxlWorld, n: number, id: string, part: Range, window: number) {
    const { base } = await (await this.bench()).window(window);
    const { range } = await (await blockOf(this, id)).state(n);
    const what = `decoder ${n} of ${id}`;
    expect({ [what]: showRange(range) }).toEqual({ [what]: showRange({ base: base + part.base, size: part.size }) });
  },
);
