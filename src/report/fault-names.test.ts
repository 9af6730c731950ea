import { test } from 'node:test';
import { expect } from 'expect';
import { faultNames } from './fault-names';

const LIST = new Map([
  ['two', ['A-1.1', 'A-1.2']],
  ['four', ['B-1.1', 'B-1.2', 'B-1.3', 'B-1.4']],
  ['many', ['A-1.1', 'A-1.2', 'B-1.1', 'C-1.1', 'C-1.2', 'C-1.3']],
]);
const ALL = new Set([...LIST.values()].flat());

test('scenarios that are the kill list of a quirk have its name', () => {
  expect(faultNames(['A-1.1', 'A-1.2'], ALL, LIST)).toEqual(
    new Map([
      ['A-1.1', 'two'],
      ['A-1.2', 'two'],
    ]),
  );
});

test('two faults at once have two names, and what neither explains has none', () => {
  const names = faultNames(['A-1.1', 'A-1.2', 'B-1.1', 'B-1.2', 'B-1.3', 'B-1.4', 'D-1.1'], ALL, LIST);
  expect([names.get('A-1.2'), names.get('B-1.4'), names.get('D-1.1')]).toEqual(['two', 'four', undefined]);
});

test('a quirk of which most scenarios hold is not named', () => {
  expect(faultNames(['B-1.1', 'B-1.2'], ALL, LIST)).toEqual(new Map());
});

test('scenarios that could not fail say nothing against a quirk', () => {
  const able = new Set(['B-1.1', 'B-1.2']);
  expect([...faultNames(['B-1.1', 'B-1.2'], able, LIST).values()]).toEqual(['four', 'four']);
});
