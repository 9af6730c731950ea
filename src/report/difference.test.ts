import { test } from 'node:test';
import { expect } from 'expect';
import { differencesBetween, sameness, showDifferences } from './difference';

const CASES: readonly {
  readonly title: string;
  readonly expected: unknown;
  readonly received: unknown;
  readonly said: string;
}[] = [
  {
    title: 'values that are alike do not differ',
    expected: [{ a: 1, b: [2n] }],
    received: [{ a: 1, b: [2n], c: undefined }],
    said: '',
  },
  {
    title: 'a field is named, with yes and no for what is true and false',
    expected: { hotPluggable: true },
    received: { hotPluggable: false },
    said: 'hot pluggable: expected yes; received no',
  },
  {
    title: 'an address is in hexadecimal, and as a size too if it is round',
    expected: { size: 0x2000_0000n },
    received: { size: 0x1_0001_0000n },
    said: 'size: expected 0x20000000 (512M); received 0x100010000',
  },
  {
    title: 'a row is known by its number and by its first field',
    expected: [{ DPA: '0-1M', memory: 'volatile' }],
    received: [{ DPA: '0-1M', memory: 'persistent' }],
    said: 'row 1 (DPA 0-1M), memory: expected volatile; received persistent',
  },
  {
    title: 'a row that is missing does not shift those behind it',
    expected: [{ a: 1 }, { a: 2 }, { a: 3 }],
    received: [{ a: 2 }, { a: 3 }],
    said: 'row 1: expected a 1; received nothing',
  },
  {
    title: 'short lists are shown whole',
    expected: { handles: [1, 2] },
    received: { handles: [] },
    said: 'handles: expected 1, 2; received none',
  },
  {
    title: 'of long lists those items are shown that only one of them has',
    expected: ['a'.repeat(60), 'b'.repeat(60)],
    received: ['a'.repeat(60), 'c'.repeat(60), 'b'.repeat(60)],
    said: `expected nothing else; received also ${'c'.repeat(60)}`,
  },
  {
    title: 'what is asked of a list is said, where more is allowed',
    expected: { set: expect.arrayContaining(['a', 'b']) },
    received: { set: ['a'] },
    said: 'set: expected at least a, b; received a',
  },
  {
    title: 'bytes are shown from the first that differs',
    expected: { data: Buffer.from('00112233', 'hex') },
    received: { data: Buffer.from('0011', 'hex') },
    said: 'data, from byte 0x2 on: expected 2233; received nothing behind byte 0x2',
  },
  {
    title: 'characters that cannot be seen are shown by their codes',
    expected: { id: 'ab' },
    received: { id: 'ab\0c' },
    said: 'id: expected ab; received ab\\x00c',
  },
  {
    title: 'a number is not the text of it',
    expected: { level: 1 },
    received: { level: 2 },
    said: 'level: expected 1; received 2',
  },
];

for (const { title, expected, received, said } of CASES) {
  test(title, () => {
    expect(showDifferences(differencesBetween(expected, received))).toBe(said);
  });
}

test('where fields may be left out, only those that are named are compared', () => {
  expect(differencesBetween([{ a: 1 }], [{ a: 1, b: 2 }], true)).toEqual([]);
  expect(differencesBetween([{ a: 1 }], [{ a: 1, b: 2 }])).toEqual([
    { what: 'row 1 (a 1), b', expected: 'nothing', received: '2' },
  ]);
});

test('of a value that is not to be what it is, nothing else is expected', () => {
  expect(sameness({ generation: 0 })).toEqual({ what: 'generation', expected: 'anything but 0', received: '0' });
  expect(sameness({ windows: [] })).toEqual({ what: 'windows', expected: 'some', received: 'none' });
});
