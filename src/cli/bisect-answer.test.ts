import { describe, test } from 'node:test';
import { expect } from 'expect';
import type { Shown } from '../report/changes';
import { ANSWER, answerOf } from './bisect-answer';

const holds: Shown = { findings: [] };
const fails = (words: string): Shown => ({ findings: [{ step: 1, kind: 'failed', words }] });
const inapplicable: Shown = { findings: [{ step: 0, kind: 'not-applicable', words: 'no such device' }] };
const broken: Shown = { findings: [], broken: 'disk full' };

/** What scenarios show, what they showed on the good commit if that is asked, and the answer. */
const cases: [string, Shown[], Shown[] | undefined, keyof typeof ANSWER][] = [
  ['all that hold', [holds, holds], undefined, 'good'],
  ['one that fails', [holds, fails('no')], undefined, 'bad'],
  ['one that fails beside a broken one', [broken, fails('no')], undefined, 'bad'],
  ['one that is broken', [holds, broken], undefined, 'untestable'],
  ['some that do not apply', [holds, inapplicable], undefined, 'good'],
  ['none that applies', [inapplicable], undefined, 'untestable'],
  ['one that fails as before', [fails('no')], [fails('no')], 'good'],
  ['one that fails in other words than before', [fails('no')], [fails('never')], 'bad'],
  ['one that is mended', [holds], [fails('no')], 'bad'],
  ['one that became applicable', [holds], [inapplicable], 'bad'],
  ['one that does not apply, as before', [inapplicable], [inapplicable], 'good'],
  ['one that is broken, and held before', [broken], [holds], 'untestable'],
  ['one that holds, and was broken before', [holds], [broken], 'good'],
];

const showing = (shown: readonly Shown[]) => new Map(shown.map((each, i) => [`A-1.${i}`, each]));

describe('a commit is', () => {
  for (const [title, shown, reference, answer] of cases)
    test(`${answer} by ${title}`, () => {
      expect(answerOf(showing(shown), reference && showing(reference)).answer).toBe(ANSWER[answer]);
    });
});

test('the answer names the scenarios that fail, with the first line of what they say', () => {
  expect(answerOf(showing([holds, fails('\nended by SIGSEGV\nat once')])).reason).toBe('A-1.1: ended by SIGSEGV');
});
