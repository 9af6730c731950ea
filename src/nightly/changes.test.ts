import { test } from 'node:test';
import { expect } from 'expect';
import type { Verdict } from '../ledger/verdict';
import { acceptedOf, changesOf, isWorse } from './changes';

const result = (id: string, verdict: Verdict, quirk?: string) => ({ id, verdict, ...(quirk && { quirk }) });

const before = [
  result('A-1.1', 'conforms'),
  result('A-1.2', 'known', 'chbs-short'),
  result('A-1.3', 'fails'),
  result('A-1.4', 'not-applicable'),
];
const accepted = acceptedOf(before);

test('what is as it was accepted is no change, be it a failure', () => expect(changesOf(accepted, before)).toEqual([]));

for (const [what, now, change] of [
  ['a failure', result('A-1.1', 'fails'), 'newly fails'],
  ['what breaks', result('A-1.3', 'broken'), 'newly broken'],
  ['a known failure that conforms', result('A-1.2', 'conforms'), 'mended'],
  ['a known failure that is fixed', result('A-1.2', 'fixed', 'chbs-short'), 'mended'],
  ['a failure that conforms', result('A-1.3', 'conforms'), 'mended'],
  ['what applies', result('A-1.4', 'conforms'), 'other'],
  ['what is known by another quirk', result('A-1.2', 'known', 'cedt-unsummed'), 'other'],
  ['a scenario that was not there', result('A-1.5', 'conforms'), 'new'],
] as const) {
  test(`${what} is ${change}`, () => {
    const scenarios = [...before.filter(({ id }) => id !== now.id), now];
    expect(changesOf(accepted, scenarios)).toMatchObject([{ what: change, id: now.id }]);
  });
}

test('a scenario that is gone is a change for the worse', () => {
  const changes = changesOf(accepted, before.slice(1));
  expect(changes).toEqual([{ what: 'gone', id: 'A-1.1', before: 'conforms' }]);
  expect(changes.map(isWorse)).toEqual([true]);
});

test('what is as accepted at a second try is flaky, and no worse', () => {
  const scenarios = [result('A-1.1', 'fails'), ...before.slice(1)];
  const changes = changesOf(accepted, scenarios, [result('A-1.1', 'conforms')]);
  expect(changes).toEqual([{ what: 'flaky', id: 'A-1.1', before: 'conforms', after: 'fails' }]);
  expect(changes.map(isWorse)).toEqual([false]);
  expect(changesOf(accepted, scenarios, [result('A-1.1', 'fails')])).toMatchObject([{ what: 'newly fails' }]);
});

test('before anything is accepted, failures and what is fixed are changes', () => {
  const scenarios = [...before, result('A-1.5', 'fixed', 'chbs-short')];
  expect(changesOf(undefined, scenarios)).toEqual([
    { what: 'newly fails', id: 'A-1.3', after: 'fails' },
    { what: 'new', id: 'A-1.5', after: 'fixed chbs-short' },
  ]);
});
