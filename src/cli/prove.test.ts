import { test } from 'node:test';
import { expect } from 'expect';
import type { Change } from '../report/comparison';
import { proofOf } from './prove';
import type { State } from './scenario-changes';

const STATES: Record<string, [State, State]> = {
  'X-1.1': ['fails', 'passes'],
  'X-1.2': ['passes', 'passes'],
  'X-2.1': ['fails', 'passes'],
  'X-2.2': ['fails', 'fails'],
  'X-3.1': ['not-applicable', 'passes'],
  'X-4.1': ['fails', 'passes'],
};
const scenarios = Object.keys(STATES).map((id) => ({ id }));
/** did not show it twice. */
const changes = ['X-1.1', 'X-2.1'].map((id) => ({ id, kind: 'mended' }) as Change);
const proof = (ids?: string[]) =>
  proofOf({ changes, states: (id) => STATES[id] ?? ['missing', 'missing'] }, scenarios, ids);

test('a scenario that fails on the base and holds on the patched QEMU proves it', () => {
  expect(proof(['X-1.1'])).toMatchObject({ proved: true, against: [] });
  expect(proof(['X-1'])).toMatchObject({ proved: true, against: [] });
  expect(proof()).toMatchObject({ proved: true, against: [] });
});

const against: [string, string][] = [
  ['X-1.2', 'X-1.2 holds on both'],
  ['X-2', 'X-2.2 fails on both'],
  ['X-3.1', 'X-3.1 does not apply on the base and holds on the patched QEMU'],
  ['X-4.1', 'X-4.1 did not show the same when it was run again'],
];

for (const [id, sentence] of against) {
  test(`it is not proved where ${sentence}`, () => {
    expect(proof([id])).toMatchObject({ proved: false, against: [sentence] });
  });
}

test('where nothing was mended, nothing is proved', () => {
  const nothing = proofOf({ changes: [], states: () => ['passes', 'passes'] }, scenarios);
  expect(nothing).toEqual({
    proved: false,
    mended: [],
    against: ['no scenario fails on the base and holds on the patched QEMU'],
  });
});
