import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { showRange } from '../src/codec/range';
import { handedOver } from '../src/judge/collect';
import { windowsOf } from '../src/judge/handed-over';
import { judge } from '../src/judge/judge';
import { needPart } from './support/any-machine';
import { ownersIn, ownersOf } from './support/decoders';
import type { CxlWorld } from './support/world';

Then('firmware has committed no decoder', async function (this: CxlWorld) {
  const decoders = await (await this.host()).firmwareDecoders();
  expect(decoders.map((decoder) => `${decoder.name} ${showRange(decoder)}`)).toEqual([]);
});

Then('firmware has committed a decoder of each of {ids}', async function (this: CxlWorld, ids: string[]) {
  const decoders = await (await this.host()).firmwareDecoders();
  expect(ownersIn(decoders)).toEqual(await ownersOf(this, ids));
});

Then('what firmware has handed over is consistent', async function (this: CxlWorld) {
  needPart(this, 'windows');
  const state = await handedOver(await this.host());
  if (this.anyMachine) expect(windowsOf(state)).not.toEqual([]);
  else expect(windowsOf(state)).toHaveLength(this.windows.length);
  expect(judge(state).map(({ kind, message }) => `${kind}: ${message}`)).toEqual([]);
});

Then('the SLIT and the HMAT tell of domains {numbers}', async function (this: CxlWorld, domains: number[]) {
  const { slit = [], hmat = [] } = await handedOver(await this.host());
  const targets = hmat.flatMap((each) => (each.kind === 'locality' ? each.targets : []));
  const found = { slit: [...slit.keys()], hmat: [...new Set(targets)].sort((a, b) => a - b) };
  expect(found).toEqual({ slit: domains, hmat: domains });
});
