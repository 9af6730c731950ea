import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { overlap, showRange } from '../src/codec/range';
import { needPart } from './support/any-machine';
import type { CxlWorld } from './support/world';

/** PCI Code and ID Assignment: memory controller, CXL, CXL memory device. */
const CXL_MEMORY_DEVICE = 0x050210;

/** Component registers, device registers and the MSI-X table each have one. */
const TYPE3_BARS = 3;

Then('the BARs of {int} CXL memory device(s) have been placed', async function (this: CxlWorld, count: number) {
  const functions = await (await this.host()).pciFunctions();
  const devices = functions.filter(({ classCode }) => classCode === CXL_MEMORY_DEVICE);
  expect(devices.map(({ bars }) => bars.length)).toEqual(Array(count).fill(TYPE3_BARS));
});

Then('a PCI BAR of {bytes} has been placed', async function (this: CxlWorld, size: bigint) {
  const functions = await (await this.host()).pciFunctions();
  expect(functions.flatMap(({ bars }) => bars.map((bar) => bar.size))).toContain(size);
});

Then('no PCI BAR overlaps the {int} fixed memory window(s)', async function (this: CxlWorld, count: number) {
  expect(await this.fixedWindows()).toHaveLength(count);
  expect(await barsInWindows(this)).toEqual([]);
});

Then('no PCI BAR overlaps a fixed memory window', async function (this: CxlWorld) {
  needPart(this, 'windows');
  expect(await this.fixedWindows()).not.toEqual([]);
  expect(await barsInWindows(this)).toEqual([]);
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
