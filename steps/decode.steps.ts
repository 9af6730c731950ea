import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
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
  await this.interleavedData.store(await this.bench());
});

Then('these addresses yield the data', async function (this: CxlWorld) {
  expect(await this.interleavedData.missing(await this.bench())).toEqual([]);
});

Then('each device has on its media the data of its turns', async function (this: CxlWorld) {
  expect(await this.interleavedData.misplaced(await this.operator())).toEqual([]);
});
