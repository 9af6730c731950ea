import { Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { parse } from '../src/options/parse';
import { words } from '../src/options/words';
import type { CxlWorld } from './support/world';

Given('the QEMU command line:', function (this: CxlWorld, text: string) {
  this.describe(parse(text));
});

Given('the QEMU options:', function (this: CxlWorld, text: string) {
  this.options.push(...words(text));
});

Given('the QEMU options {}', function (this: CxlWorld, text: string) {
  this.options.push(...words(text));
});

Given('{int} targets of a window among the QEMU options', function (this: CxlWorld, count: number) {
  const targets = Array.from({ length: count }, (_, n) => `cxl-fmw.0.targets.${n}=cxl.1`);
  this.options.push('-M', ['q35', 'cxl=on', 'cxl-fmw.0.size=12G', ...targets].join());
});

Given('{int} more host bridges among the QEMU options', function (this: CxlWorld, count: number) {
  for (let n = 0; n < count; n++) this.options.push('-device', `pxb-cxl,id=more${n},bus=pcie.0,bus_nr=${100 + n}`);
});

Given('a file {word} that holds {}', function (this: CxlWorld, name: string, hex: string) {
  this.files.push({ name, bytes: Buffer.from(hex.replaceAll(' ', ''), 'hex') });
});

Then('QEMU starts', async function (this: CxlWorld) {
  expect({ QEMU: (await this.complaint()) ?? 'it starts' }).toEqual({ QEMU: 'it starts' });
});

Then('the machine is refused', async function (this: CxlWorld) {
  const answer = (await this.complaint()) ?? 'it starts';
  expect({ QEMU: /^it (starts|is ended)/.test(answer) ? answer : 'a refusal' }).toEqual({ QEMU: 'a refusal' });
});
