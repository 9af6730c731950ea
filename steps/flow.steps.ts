/** What firmware configures, and what it hands over to the operating system. */
import { Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { handedOver } from '../src/judge/collect';
import { windowsOf } from '../src/judge/handed-over';
import { judge } from '../src/judge/judge';
import { DEFAULT_PLATFORM, PLATFORMS } from '../src/ledger/platforms';
import type { FirmwarePolicy } from '../src/machine/topology';
import { needPart } from './support/any-machine';
import { expectNone } from './support/assertions';
import { type OwnersOf, ownersIn } from './support/decoders';
import { expectWindows } from './support/range-sets';
import { CxlWorld } from './support/world';

/**
 * Before it starts the operating system it commits decoders for these devices alone, and describes their memory: volatile memory
 * as RAM or soft reserved, persistent memory behind it if that is named. `with locked decoders`: they have Lock On Commit.
 */
Given(
  'firmware configures the memory of {ids} as {policy}',
  function (this: CxlWorld, ids: string[], policy: FirmwarePolicy) {
    this.policy = { ...policy, devices: ids.map((id) => this.serialOf(id)) };
  },
);

/** In the place of Linux: it knows memory by E820 and SRAT alone. */
Given('an operating system without CXL support', function (this: CxlWorld) {
  this.os = 'cxl-unaware';
});

/** Those that were committed when the operating system started, and no other. */
Then('firmware has committed {decoders}', async function (this: CxlWorld, ownersOf: OwnersOf) {
  const decoders = await (await this.host()).firmwareDecoders();
  expect({ 'committed decoders of': ownersIn(decoders) }).toEqual({ 'committed decoders of': await ownersOf(this) });
});

/** E820, SRAT, SLIT, HMAT, CEDT and committed decoders, by the rules of `cxl-conformance judge`. */
Then('what firmware has handed over is consistent', async function (this: CxlWorld) {
  needPart(this, 'windows');
  const { platform = DEFAULT_PLATFORM } = CxlWorld.target.subject;
  const state = await handedOver(await this.host(), PLATFORMS[platform].map.name);
  expectWindows(this, windowsOf(state));
  expectNone(
    'inconsistencies',
    judge(state).map(({ kind, message }) => `${kind}: ${message}`),
  );
});

/** As localities, and as targets. */
Then('the SLIT and the HMAT describe domains {numbers} alone', async function (this: CxlWorld, domains: number[]) {
  const { slit = [], hmat = [] } = await handedOver(await this.host());
  const targets = hmat.flatMap((each) => (each.kind === 'locality' ? each.targets : []));
  const found = { slit: [...slit.keys()], hmat: [...new Set(targets)].sort((a, b) => a - b) };
  expect(found).toEqual({ slit: domains, hmat: domains });
});
