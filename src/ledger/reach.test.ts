import { test } from 'node:test';
import { expect } from 'expect';
import { formatReach, parseReach, type Reach, renewed } from './reach';

const HOST = 'hw/cxl/cxl-host.c';
const reach: Reach = new Map([
  [`${HOST}:all`, ['CDAT-1.1', 'CDAT-1.2', 'DECODE-1.1/1', 'DECODE-1.1/2', 'DECODE-2.1']],
  [`${HOST}:most`, ['CDAT-1.1', 'CDAT-1.2', 'DECODE-1.1/1', 'DECODE-1.1/2']],
  [`${HOST}:rule`, ['DECODE-1.1/1', 'DECODE-1.1/2']],
  [`${HOST}:row`, ['CDAT-1.2', 'DECODE-1.1/2']],
]);

test('features and rules stand for their scenarios, and what most scenarios run is written by those that do not', () => {
  const rows = formatReach('10.0', reach)
    .split('\n')
    .filter((row) => !row.startsWith('#'));
  expect(rows).toEqual([
    'all CDAT-1.1 CDAT-1.2 DECODE-1.1/1-2 DECODE-2.1',
    `${HOST}:all all but`,
    `${HOST}:most all but DECODE-2`,
    `${HOST}:row CDAT-1.2 DECODE-1.1/2`,
    `${HOST}:rule DECODE-1`,
    '',
  ]);
});

test('what is written is read', () => {
  expect(parseReach(formatReach('10.0', reach))).toEqual(new Map([...reach].sort(([a], [b]) => (a < b ? -1 : 1))));
});

test('scenarios that are measured again lose the functions that they run no more', () => {
  const again = renewed(reach, new Map([[`${HOST}:row`, ['DECODE-1.1/1']]]), ['DECODE-1.1/1', 'DECODE-1.1/2']);
  expect(again.get(`${HOST}:row`)).toEqual(['CDAT-1.2', 'DECODE-1.1/1']);
  expect(again.has(`${HOST}:rule`)).toBe(false);
});

test('a row without a function is none', () => {
  expect(() => parseReach('all CDAT-1.1\nCDAT-1.1\n')).toThrow('no function with its scenarios');
});
