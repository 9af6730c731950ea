import { test } from 'node:test';
import { expect } from 'expect';
import type { QuirkName } from '../ledger/quirks';
import { simulator } from '../target/twins';
import { comparators } from './comparators';
import { hunt } from './hunt';
import { anyDraw } from './machines';

const ALL = {
  volatile: true,
  dynamic: true,
  wideWindows: true,
  testDevices: true,
  switchSerials: true,
  genericInitiators: true,
  genericPorts: true,
};

const simulators = (count: number, ...quirks: QuirkName[]) =>
  hunt({
    ...{ pair: { real: simulator(new Set()), simulated: simulator(new Set(quirks)) }, draws: anyDraw(ALL) },
    ...{ comparators, count, seed: 7, shrinkFor: Number.POSITIVE_INFINITY, onProgress: () => {} },
  });

test('a machine does not differ from itself', async () => {
  expect(await simulators(20)).toEqual({ compared: 20, leftOut: new Map(), findings: [] });
});

test('the same seed draws the same machines, and others do not', async () => {
  const [a, b] = await Promise.all([simulators(5, 'chbs-short'), simulators(5, 'chbs-short')]);
  expect(a).toEqual(b);
});

const planted: { quirk: QuirkName; field: RegExp; count?: number }[] = [
  { quirk: 'cfmws-granularity-lost', field: /^CEDT > fields > \d+ > granularity$/ },
  { quirk: 'generic-port-disabled', field: /^SRAT > fields > \d+ > enabled$/ },
  { quirk: 'generic-affinity-unchecked', field: /^refusal$/, count: 60 },
  { quirk: 'device-ways-ignored', field: /^decode > touched > write to 0x[\da-f]+ > landed > 0$/, count: 60 },
];

for (const { quirk, field, count = 30 } of planted) {
  test(`the quirk ${quirk} of one side is named by the field in which it shows`, async () => {
    const { findings } = await simulators(count, quirk);
    const found = findings.find(({ departure: { comparator, path } }) => field.test([comparator, ...path].join(' > ')));
    expect(found).toMatchObject({ draw: { topology: { testDevices: [] } } });
  });
}
