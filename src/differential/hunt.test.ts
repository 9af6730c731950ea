import { test } from 'node:test';
import { expect } from 'expect';
import type fc from 'fast-check';
import { factsOf } from '../ledger/facts';
import { namesOf } from '../ledger/offer-names';
import type { QuirkName } from '../ledger/quirks';
import { simulator } from '../target/real-and-modelled';
import { simulatedOffer } from '../target/simulated';
import type { Comparator } from './comparator';
import { comparators } from './comparators';
import { compare, type Pair } from './compare';
import type { Draw } from './draw';
import { hunt } from './hunt';
import { anyDraw } from './machines';

const ALL = new Set(namesOf(simulatedOffer(factsOf(), '99')));

interface Machines {
  readonly count: number;
  /** Of the machine that is there, and of the one that is simulated. */
  readonly really?: QuirkName[];
  readonly quirks?: QuirkName[];
  readonly draws?: fc.Arbitrary<Draw>;
  readonly by?: readonly Comparator[];
}

const pairOf = (really: readonly QuirkName[], quirks: readonly QuirkName[]): Pair => ({
  real: simulator(new Set(really)),
  simulated: simulator(new Set(quirks)),
  without: (quirk) => simulator(new Set(quirks.filter((each) => each !== quirk))),
});

const simulators = ({ count, really = [], quirks = [], draws = anyDraw(ALL), by = comparators }: Machines) =>
  hunt({
    compare: (draw) => compare(pairOf(really, quirks), draw, by),
    draws,
    count,
    seed: 8,
    shrinkFor: Number.POSITIVE_INFINITY,
    onProgress: () => {},
  });

test('a machine does not differ from itself', async () => {
  const result = await simulators({ count: 20 });
  expect(result).toEqual({ compared: 20, leftOut: new Map(), explained: new Map(), findings: [] });
});

test('the same seed draws the same machines, and others do not', async () => {
  const [a, b] = await Promise.all([1, 2].map(() => simulators({ count: 5, quirks: ['chbs-short'] })));
  expect(a).toEqual(b);
});

const OVERRUN: QuirkName = 'window-targets-overrun';
const WIDE = {
  count: 20,
  draws: anyDraw(ALL).filter(({ topology }) => topology.windows.some(({ targets }) => targets.length > 8)),
};

test('a machine of which it is chance what becomes is explained by the quirk', async () => {
  const { findings, explained } = await simulators({ ...WIDE, really: [OVERRUN], quirks: [OVERRUN] });
  expect({ findings, quirks: [...explained.keys()] }).toEqual({ findings: [], quirks: [OVERRUN] });
});

test('but not where it is as it would be without the quirk', async () => {
  const { findings, explained } = await simulators({ ...WIDE, quirks: [OVERRUN] });
  expect(explained.size).toBe(0);
  expect(findings).toMatchObject([{ departure: { real: 'without a fault', simulated: OVERRUN } }]);
});

const planted: { quirk: QuirkName; within: string; field: RegExp; count?: number }[] = [
  { quirk: 'cfmws-granularity-lost', within: 'CEDT', field: /^fields > \d+ > granularity$/ },
  { quirk: 'generic-port-disabled', within: 'SRAT', field: /^fields > \d+ > enabled$/ },
  { quirk: 'generic-affinity-unchecked', within: 'refusal', field: /^$/, count: 60 },
  {
    quirk: 'device-ways-ignored',
    within: 'decode',
    count: 200,
    field: /^touched > write to 0x[\da-f]+ > landed > 0$/,
  },
];

for (const { quirk, within, field, count = 30 } of planted) {
  test(`the quirk ${quirk} of one side is named by the field in which it shows`, async () => {
    const by = comparators.filter(({ name }) => name === within);
    const { findings } = await simulators({ count, quirks: [quirk], by });
    const found = findings.find(
      ({ departure: { comparator, path } }) => comparator === within && field.test(path.join(' > ')),
    );
    expect(found).toMatchObject({ draw: { topology: { testDevices: [] } } });
  });
}
