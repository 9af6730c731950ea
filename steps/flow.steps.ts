import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { showRange } from '../src/codec/range';
import { handedOver } from '../src/judge/collect';
import { windowsOf } from '../src/judge/handed-over';
import { judge } from '../src/judge/judge';
import { needPart } from './support/any-machine';
import { expectCount, expectNone, expectSome } from './support/assertions';
import { ownersIn, ownersOf } from './support/decoders';
import type { CxlWorld } from './support/world';

Then('firmware has committed no decoder', async function (this: CxlWorld) {
  const decoders = await (await this.host()).firmwareDecoders();
  expectNone(
    'committed decoders',
    decoders.map((decoder) => `${decoder.name} over ${showRange(decoder)}`),
  );
});

Then('firmware has committed a decoder of each of {ids}', async function (this: CxlWorld, ids: string[]) {
  const decoders = await (await this.host()).firmwareDecoders();
  expect({ 'committed decoders of': ownersIn(decoders) }).toEqual({
    'committed decoders of': await ownersOf(this, ids),
  });
});

Then('what firmware has handed over is consistent', async function (this: CxlWorld) {
  needPart(this, 'windows');
  const state = await handedOver(await this.host());
  const windows = windowsOf(state).map(showRange);
  if (this.anyMachine) expectSome('fixed memory windows', windows);
  else expectCount('fixed memory windows', windows, this.windows.length);
  expectNone(
    'inconsistencies',
    judge(state).map(({ kind, message }) => `${kind}: ${message}`),
  );
});

Then('the SLIT and the HMAT tell of domains {numbers}', async function (this: CxlWorld, domains: number[]) {
  const { slit = [], hmat = [] } = await handedOver(await this.host());
  const targets = hmat.flatMap((each) => (each.kind === 'locality' ? each.targets : []));
  const found = { slit: [...slit.keys()], hmat: [...new Set(targets)].sort((a, b) => a - b) };
  expect(found).toEqual({ slit: domains, hmat: domains });
});
