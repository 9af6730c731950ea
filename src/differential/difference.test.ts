import { test } from 'node:test';
import { expect } from 'expect';
import { allDifferences, firstDifference, type Tree } from './difference';

const cases: { title: string; real: Tree; simulated: Tree; difference: ReturnType<typeof firstDifference> }[] = [
  { title: 'equal values do not differ', real: { a: [1n, 'x'] }, simulated: { a: [1n, 'x'] }, difference: undefined },
  {
    title: 'the first of several differences is named by its path',
    real: { a: 1, b: { c: [1n, 2n], d: true } },
    simulated: { a: 1, b: { c: [1n, 3n], d: false } },
    difference: { path: ['b', 'c', '1'], real: '0x2', simulated: '0x3' },
  },
  {
    title: 'what one side alone has differs as a whole',
    real: { a: { b: 1n, c: 'x' } },
    simulated: {},
    difference: { path: ['a'], real: '{b: 0x1, c: x}', simulated: 'not there' },
  },
  { title: 'what is undefined is not there', real: { a: undefined }, simulated: {}, difference: undefined },
  {
    title: 'a list that is longer differs in its first further element',
    real: ['a'],
    simulated: ['a', 'b'],
    difference: { path: ['1'], real: 'not there', simulated: 'b' },
  },
];

for (const { title, real, simulated, difference } of cases) {
  test(title, () => expect(firstDifference(real, simulated)).toEqual(difference));
}

test('of a list that is longer, what it alone has is named by its kind, and what follows does not differ', () => {
  const [a, b, c] = ['CHBS', 'CFMWS', 'CXIMS'].map((kind) => ({ kind, x: 1 }));
  expect(allDifferences({ list: [a, c] as Tree[] }, { list: [a, b, c] as Tree[] })).toEqual([
    { path: ['list', 'CFMWS'], real: 'not there', simulated: '{kind: CFMWS, x: 1}' },
  ]);
});

test('all fields that differ are named', () => {
  expect(allDifferences({ a: 1, b: { c: 2, d: 3 } }, { a: 1, b: { c: 4 } })).toEqual([
    { path: ['b', 'c'], real: '2', simulated: '4' },
    { path: ['b', 'd'], real: '3', simulated: 'not there' },
  ]);
});
