import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { decodeSlit, encodeSlit } from './slit';
import { TableHeader, withChecksum } from './table';

const table = captured(join(__dirname, 'slit-2-nodes.hex'));
const distances = [
  [10, 21],
  [21, 10],
];

test('a captured table is read as what its command line asked for', () => {
  expect(decodeSlit(table)).toEqual(distances);
});

test('encoding gives the same bytes', () => {
  expect(Buffer.from(withChecksum(encodeSlit(distances))).toString('hex')).toBe(table.toString('hex'));
});

test('distances keep their direction', () => {
  const uneven = [
    [10, 20, 30],
    [40, 10, 50],
    [60, 255, 10],
  ];
  expect(decodeSlit(encodeSlit(uneven))).toEqual(uneven);
});

for (const localities of [1, 3]) {
  test(`four distances for ${localities} localities are refused`, () => {
    const flawed = Buffer.from(table);
    flawed[TableHeader.size] = localities;
    expect(() => decodeSlit(flawed)).toThrow(DecodeError);
  });
}

test('a table that ends before its localities is refused', () => {
  expect(() => decodeSlit(table.subarray(0, 40))).toThrow(DecodeError);
});

test('distances that are not square are not encoded', () => {
  expect(() => encodeSlit([[10, 20]])).toThrow(RangeError);
});
