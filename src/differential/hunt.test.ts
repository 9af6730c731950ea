import { test } from 'node:test';
import { expect } from 'expect';
import type fc from 'fast-check';
import type { QuirkName } from '../ledger/quirks';
import { simulator } from '../target/twins';
import { comparators } from './comparators';
import type { Draw } from './draw';
import { hunt } from './hunt';
import { anyDraw } from './machines';

const ALL = {
  volatile: true,
  dynamic: true,
  testDevices: true,
  switchSerials: true,
  switchMailboxes: true,
  genericInitiators: true,
  genericPorts: true,
};

const simulators = (count: number, ...quirks: QuirkName[]) => huntFor(count, [], quirks, anyDraw(ALL));

/** Differences between a machine that really has the quirks of the first list, and one that is simulated with those of the second. */
const huntFor = (count: number, really: QuirkName[], quirks: QuirkName[], draws: fc.Arbitrary<Draw>) =>
  hunt({
    pair: {
      real: simulator(new Set(really)),
      simulated: simulator(new Set(quirks)),
      without: (quirk) => simulator(new Set(quirks.filter((each) => each !== quirk))),
    },
    ...{ draws, comparators, count, seed: 8 },
    ...{ shrinkFor: Number.POSITIVE_INFINITY, onProgress: () => {} },
  });

test('a machine does not differ from itself', async () => {
  expect(await simulators(20)).toEqual({ compared: 20, leftOut: new Map(), explained: new Map(), findings: [] });
});

test('the same seed draws the same machines, and others do not', async () => {
  const [a, b] = await Promise.all([simulators(5, 'chbs-short'), simulators(5, 'chbs-short')]);
  expect(a).toEqual(b);
});

const OVERRUN: QuirkName = 'window-targets-overrun';
const WIDE = anyDraw(ALL).filter(({ topology }) => topology.windows.some(({ targets }) => targets.length > 8));

test('a machine of which it is chance what becomes is explained by the quirk', async () => {
  const { findings, explained } = await huntFor(3, [OVERRUN], [OVERRUN], WIDE);
  expect({ findings, quirks: [...explained.keys()] }).toEqual({ findings: [], quirks: [OVERRUN] });
});

test('but not where it is as it would be without the quirk', async () => {
  const { findings, explained } = await huntFor(3, [], [OVERRUN], WIDE);
  expect(explained.size).toBe(0);
  expect(findings).toMatchObject([{ departure: { real: 'without a fault', simulated: OVERRUN } }]);
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
