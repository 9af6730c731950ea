import { test } from 'node:test';
import { expect } from 'expect';
import { folded, formatKillList, parseKillList, transposed } from './kill-list';

const LIST = new Map([
  ['cedt-unsummed', ['CEDT-1.2', 'CEDT-1.10', 'CEDT-2.1/1', 'CEDT-2.1/2', 'CEDT-2.1/3', 'CEDT-2.1/5']],
  ['chbs-short', ['CEDT-2.1/2']],
]);

test('a kill list has a line for each scenario, and the rows of an outline in one', () => {
  const lines = formatKillList(LIST)
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  expect(lines).toEqual([
    'cedt-unsummed',
    '  CEDT-1.2',
    '  CEDT-1.10',
    '  CEDT-2.1/1-3,5',
    'chbs-short',
    '  CEDT-2.1/2',
  ]);
});

test('what is written is read again', () => {
  expect(parseKillList(formatKillList(LIST))).toEqual(LIST);
});

test('ids are folded in their order, whatever order they come in', () => {
  expect(folded(['B-1.1', 'A-10.1', 'A-2.1/12', 'A-2.1/2', 'A-2.1/11'])).toEqual(['A-2.1/2,11-12', 'A-10.1', 'B-1.1']);
});

test('a scenario knows the quirks that kill it', () => {
  expect(transposed(LIST).get('CEDT-2.1/2')).toEqual(['cedt-unsummed', 'chbs-short']);
});

for (const [what, text, said] of [
  ['a quirk that is there twice', 'a\n  A-1.1\na\n', 'line 3 of the kill list: a is there twice'],
  ['a scenario before any quirk', '  A-1.1\n', 'line 1 of the kill list: neither a quirk nor a scenario of one'],
  ['rows that are no numbers', 'a\n  A-1.1/x\n', 'line 2 of the kill list: neither a quirk nor a scenario of one'],
] as const) {
  test(`${what} is refused`, () => {
    expect(() => parseKillList(text)).toThrow(said);
  });
}
