/** BARs of PCI functions. */
import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { CLASS } from '../src/codec/pci/configuration';
import type { CxlWorld } from './support/world';

/** Component registers, device registers and the MSI-X table each have one. */
const TYPE3_BARS = 3;

/** There are exactly so many devices, and each has its 3 BARs. */
Then('the BARs of {int} CXL memory device(s) have been placed', async function (this: CxlWorld, count: number) {
  const functions = await (await this.host()).pciFunctions();
  const devices = functions.filter(({ classCode }) => classCode === CLASS.cxlMemory);
  const found = devices.map(({ bars }) => bars.length);
  expect({ 'BARs of each device': found }).toEqual({ 'BARs of each device': Array(count).fill(TYPE3_BARS) });
});

/** Some function has one of that size. */
Then('a PCI BAR of {bytes} has been placed', async function (this: CxlWorld, size: bigint) {
  const functions = await (await this.host()).pciFunctions();
  const sizes = functions.flatMap(({ bars }) => bars.map((bar) => bar.size));
  expect({ 'sizes of BARs': sizes }).toEqual({ 'sizes of BARs': expect.arrayContaining([size]) });
});
