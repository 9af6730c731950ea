import { test } from 'node:test';
import { expect } from 'expect';
import type { Finding, Judgement } from '../ledger/judgement';
import { changeOf, type Judged, kindOfChange, type Shown } from './changes';

const failed = (step: number, words = 'no'): Finding => ({ step, kind: 'failed', words });
const lacking = (words: string): Finding => ({ step: 0, kind: 'not-applicable', words });

const passes: Shown = { findings: [] };
const fails: Shown = { findings: [failed(2)] };
const lacks: Shown = { findings: [lacking('dev has no command')] };
const broken: Shown = { findings: [], broken: 'it hung' };

const kinds: [string, Shown, Shown, ReturnType<typeof kindOfChange>][] = [
  ['passes on both', passes, passes, undefined],
  ['fails alike on both', fails, { findings: [failed(2)] }, undefined],
  ['fails on the patched QEMU alone', passes, fails, 'newly-failing'],
  ['applies now, and fails', lacks, fails, 'newly-failing'],
  ['fails at another step', fails, { findings: [failed(3)] }, 'other-words'],
  ['fails in other words', fails, { findings: [failed(2, 'never')] }, 'other-words'],
  ['fails on the base alone', fails, passes, 'newly-conforming'],
  ['applies now, and passes', lacks, passes, 'became-applicable'],
  ['does not apply any more', passes, lacks, 'no-longer-applicable'],
  ['does not apply on either, for other reasons', lacks, { findings: [lacking('no device')] }, undefined],
  ['cannot be run on the patched QEMU', passes, broken, 'newly-broken'],
  ['could not be run on the base, and fails', broken, fails, undefined],
];

for (const [what, before, after, kind] of kinds) {
  test(`a scenario that ${what} is ${kind ?? 'no change'}`, () => {
    expect(kindOfChange(before, after)).toBe(kind);
  });
}

const scenario = {
  pickle: '1',
  id: 'X-1.1',
  rule: 'r',
  name: 'n',
  feature: 'f',
  about: '',
  uri: 'x.feature',
  line: 3,
  requirements: [],
  sources: [],
  quirks: [],
};
const judged = (shown: Shown, verdict: Judgement['verdict'], quirk?: string): Judged => ({
  ...shown,
  judgement: { verdict, reason: '', ...(quirk && { quirk }) } as Judgement,
});
const steps = ['zero', 'one', 'two', 'three'];

test('what a known quirk made fail on the base is mended by its name', () => {
  const change = changeOf(scenario, steps, judged(fails, 'known', 'chbs-short'), judged(passes, 'conforms'));
  expect(change).toMatchObject({ kind: 'mended', quirk: 'chbs-short', worse: false });
  expect(change?.before).toEqual({ verdict: 'known', step: 'two', words: 'no' });
});

const worse: [string, Judged, Judged, boolean][] = [
  ['newly failing', judged(passes, 'conforms'), judged(fails, 'known', 'chbs-short'), true],
  ['lacking what its release has', judged(passes, 'conforms'), judged(lacks, 'fails'), true],
  ['lacking what its release never had', judged(passes, 'conforms'), judged(lacks, 'not-applicable'), false],
  ['failing in unknown words', judged(fails, 'known'), judged({ findings: [failed(2, 'x')] }, 'fails'), true],
  ['failing earlier', judged(fails, 'fails'), judged({ findings: [failed(1)] }, 'fails'), false],
  ['failing at one more step', judged(fails, 'fails'), judged({ findings: [failed(2), failed(3)] }, 'fails'), true],
  [
    'crashing where it failed',
    judged(fails, 'fails'),
    judged({ findings: [failed(1, 'the machine was ended by SIGSEGV')] }, 'fails'),
    true,
  ],
];

for (const [what, before, after, is] of worse) {
  test(`${what} is ${is ? '' : 'not '}worse`, () => {
    expect(changeOf(scenario, steps, before, after)?.worse).toBe(is);
  });
}

test('a crash by a quirk whose end is chance is no change where the base has the quirk too', () => {
  const crashed: Shown = { findings: [failed(2, 'the machine was ended by SIGSEGV')] };
  const change = (quirk: string) =>
    changeOf(scenario, steps, judged(fails, 'known', quirk), judged(crashed, 'known', quirk));
  expect(change('cdat-entry-unchecked')).toBeUndefined();
  expect(change('chbs-short')).toMatchObject({ kind: 'other-words', worse: true });
});
