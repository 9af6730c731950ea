import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { overlap, showRange } from '../src/codec/range';
import { needPart } from './support/any-machine';
import { expectCount, expectNone, expectSome } from './support/assertions';
import type { CxlWorld } from './support/world';

/** PCI Code and ID Assignment: memory controller, CXL, CXL memory device. */
const CXL_MEMORY_DEVICE = 0x050210;

/** Component registers, device registers and the MSI-X table each have one. */
const TYPE3_BARS = 3;

Then('the BARs of {int} CXL memory device(s) have been placed', async function (this: CxlWorld, count: number) {
  const functions = await (await this.host()).pciFunctions();
  const devices = functions.filter(({ classCode }) => classCode === CXL_MEMORY_DEVICE);
  const found = devices.map(({ bars }) => bars.length);
  expect({ 'BARs of each device': found }).toEqual({ 'BARs of each device': Array(count).fill(TYPE3_BARS) });
});

Then('a PCI BAR of {bytes} has been placed', async function (this: CxlWorld, size: bigint) {
  const functions = await (await this.host()).pciFunctions();
  const sizes = functions.flatMap(({ bars }) => bars.map((bar) => bar.size));
  expect({ 'sizes of BARs': sizes }).toEqual({ 'sizes of BARs': expect.arrayContaining([size]) });
});

Then('no PCI BAR overlaps the {int} fixed memory window(s)', async function (this: CxlWorld, count: number) {
  const windows = (await this.fixedWindows()).map(({ window }) => showRange(window));
  expectCount('fixed memory windows', windows, count);
  expectNone('BARs in the windows', await barsInWindows(this));
});

Then('no PCI BAR overlaps a fixed memory window', async function (this: CxlWorld) {
  needPart(this, 'windows');
  expectSome('fixed memory windows', await this.fixedWindows());
  expectNone('BARs in the windows', await barsInWindows(this));
});

/** As text. */
async function barsInWindows(world: CxlWorld): Promise<string[]> {
  const windows = (await world.fixedWindows()).map(({ window }) => window);
  const bars = (await (await world.host()).pciFunctions()).flatMap(({ address, bars }) =>
    bars.map((bar) => ({ address, bar })),
  );
  const inside = bars.filter(({ bar }) => windows.some((window) => overlap(window, bar)));
  return inside.map(({ address, bar }) => `${address} BAR ${showRange(bar)}`);
}
