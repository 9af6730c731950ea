import { test } from 'node:test';
import { expect } from 'expect';
import { type Expectation, type Finding, isJustAs, judge } from './judgement';
import { personalitiesOf } from './personality';
import type { QuirkName } from './quirks';

const failed = (step: number, words = 'bit 1 is set'): Finding => ({ step, kind: 'failed', words });
const lacking = (step: number, words = 'this QEMU has no device'): Finding => ({ step, kind: 'not-applicable', words });

const QUIRKS: QuirkName[] = ['e820-reserves-cfmws'];
const BY_CHANCE: QuirkName = 'cdat-entry-unchecked';
const [older, newer] = personalitiesOf('10.0.50', '6.12').map(
  (of) =>
    (findings: Finding[], quirks = QUIRKS): Expectation => ({
      of,
      findings,
      quirks: findings.length > 0 ? quirks : [],
    }),
);
if (!older || !newer) throw new Error('10.0.50 lies between two releases');

interface Row {
  readonly title: string;
  readonly found: Finding[];
  readonly expected: Expectation[];
  readonly as: object;
}

const RELEASE: Row[] = [
  { title: 'what passes as expected conforms', found: [], expected: [older([])], as: { verdict: 'conforms' } },
  {
    title: 'the same step in the same words is known, and keeps both',
    found: [failed(3)],
    expected: [older([failed(3)])],
    as: { verdict: 'known', quirk: 'e820-reserves-cfmws', step: 3, expected: 'bit 1 is set' },
  },
  {
    title: 'other words fail, and what was expected is said',
    found: [failed(3, 'bit 2 is set')],
    expected: [older([failed(3)])],
    as: { verdict: 'fails', reason: 'bit 2 is set', expected: 'bit 1 is set' },
  },
  {
    title: 'the same words at another step fail',
    found: [failed(4)],
    expected: [older([failed(3)])],
    as: { verdict: 'fails', step: 4, expected: 'an earlier step fails: bit 1 is set' },
  },
  {
    title: 'what fails where nothing is expected fails',
    found: [failed(3)],
    expected: [older([])],
    as: { verdict: 'fails', expected: 'the step passes' },
  },
  {
    title: 'a failure more than expected fails',
    found: [failed(3), failed(4)],
    expected: [older([failed(3)])],
    as: { verdict: 'fails', step: 4 },
  },
  {
    title: 'a failure less than expected is fixed',
    found: [failed(3)],
    expected: [older([failed(3), failed(4)])],
    as: { verdict: 'fixed', step: 4 },
  },
  { title: 'no failure is fixed', found: [], expected: [older([failed(3)])], as: { verdict: 'fixed' } },
  {
    title: 'a failure that the simulator shows too, and no quirk explains, fails',
    found: [failed(3)],
    expected: [older([failed(3)], [])],
    as: { verdict: 'fails', reason: 'bit 1 is set\nno quirk of the ledger explains it' },
  },
  {
    title: 'what the release lacks is not applicable',
    found: [lacking(1)],
    expected: [older([lacking(1)])],
    as: { verdict: 'not-applicable', reason: 'this QEMU has no device' },
  },
  {
    title: 'what the release has and the target lacks fails',
    found: [lacking(1)],
    expected: [older([])],
    as: { verdict: 'fails', reason: 'this QEMU has no device: QEMU 10.0 has it and this one does not' },
  },
  {
    title: 'what the release lacks and the target has is fixed',
    found: [],
    expected: [older([lacking(1)])],
    as: { verdict: 'fixed', reason: 'QEMU 10.0 is known not to have it: this QEMU has no device' },
  },
  {
    title: 'what is left to chance is known whatever comes',
    found: [failed(5, 'encoding 82 is reserved')],
    expected: [older([failed(3)], ['window-targets-overrun'])],
    as: { verdict: 'known', quirk: 'window-targets-overrun' },
  },
  {
    title: 'what is left to chance is known if it passes, too',
    found: [],
    expected: [older([failed(3)], ['window-targets-overrun'])],
    as: { verdict: 'known', quirk: 'window-targets-overrun' },
  },
  {
    title: 'chance explains no lack',
    found: [lacking(1)],
    expected: [older([failed(3)], ['window-targets-overrun'])],
    as: { verdict: 'fails' },
  },
];

const BETWEEN: Row[] = [
  {
    title: 'what the older release does is as expected, and no change',
    found: [failed(3)],
    expected: [older([failed(3)]), newer([])],
    as: { verdict: 'known', quirk: 'e820-reserves-cfmws' },
  },
  {
    title: 'what the newer one does is told as a change',
    found: [],
    expected: [older([failed(3)]), newer([])],
    as: { verdict: 'conforms', change: 'mended since QEMU 10.0: e820-reserves-cfmws' },
  },
  {
    title: 'a quirk of the newer one is new',
    found: [failed(3)],
    expected: [older([]), newer([failed(3)])],
    as: { verdict: 'known', change: 'new since QEMU 10.0' },
  },
  {
    title: 'what came with the newer one applies',
    found: [],
    expected: [older([lacking(1)]), newer([])],
    as: { verdict: 'conforms', change: 'applies since QEMU 10.0' },
  },
  {
    title: 'what neither does fails',
    found: [failed(4)],
    expected: [older([failed(3)]), newer([])],
    as: { verdict: 'fails' },
  },
  {
    title: 'what both fail by and the target does not is mended, never fixed',
    found: [],
    expected: [older([failed(3)]), newer([failed(3)])],
    as: { verdict: 'conforms', change: 'mended since QEMU 10.0: e820-reserves-cfmws' },
  },
  {
    title: 'what both have and the target lacks fails',
    found: [lacking(1)],
    expected: [older([]), newer([])],
    as: { verdict: 'fails' },
  },
];

for (const { title, found, expected, as } of [...RELEASE, ...BETWEEN]) {
  test(title, () => expect(judge(found, expected)).toMatchObject(as));
}

test('between two releases, what the older one does is no change', () => {
  expect(judge([failed(3)], [older([failed(3)]), newer([])])).not.toHaveProperty('change');
});

test('findings are just as expected if they are all that is, in the same words, and none is by chance', () => {
  const found = [failed(3), failed(5)];
  const rows: [expectation: Expectation, justAs: boolean][] = [
    [older(found), true],
    [older([failed(3)]), false],
    [older([...found, failed(6)]), false],
    [older([failed(3), failed(5, 'bit 2 is set')]), false],
    [older(found, [BY_CHANCE]), false],
  ];
  expect(rows.map(([expectation]) => isJustAs(expectation, found))).toEqual(rows.map(([, justAs]) => justAs));
});
