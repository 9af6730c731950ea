import { test } from 'node:test';
import { expect } from 'expect';
import { CUT, scaleOf } from './map-scale';

const G = 1n << 30n;
const range = (base: bigint, size: bigint) => ({ base, size });

test('ranges have lengths in the proportion of their sizes, and a short gap too', () => {
  const { at, cuts } = scaleOf([range(0n, 4n * G), range(5n * G, 4n * G), range(9n * G, G)], 100);
  expect([0n, 4n, 5n, 9n, 10n].map((address) => at(address * G))).toEqual([0, 40, 50, 90, 100]);
  expect(cuts).toEqual([]);
});

test('a gap that is longer than a sixth of all ranges is cut, and what is behind it stays to scale', () => {
  const { at, cuts } = scaleOf([range(0n, 2n * G), range(1000n * G, 6n * G)], 80 + CUT);
  expect([0n, 2n, 1000n, 1006n].map((address) => at(address * G))).toEqual([0, 20, 20 + CUT, 80 + CUT]);
  expect(cuts).toEqual([20 + CUT / 2]);
});

test('ranges that overlap are there once', () => {
  const { at } = scaleOf([range(0n, 4n * G), range(G, G), range(2n * G, 4n * G)], 60);
  expect([1n, 2n, 4n, 6n].map((address) => at(address * G))).toEqual([10, 20, 40, 60]);
});
