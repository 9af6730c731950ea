import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { DecodeError } from '../decode-error';
import { decodeGranularity, decodeWays, encodeGranularity, encodeWays, locate, place } from './interleave';

test('every encoding that is not reserved survives decoding and encoding', () => {
  const ways = [0, 1, 2, 3, 4, 8, 9, 10];
  const granularities = [0, 1, 2, 3, 4, 5, 6];
  expect(ways.map(decodeWays).map(encodeWays)).toEqual(ways);
  expect(granularities.map(decodeGranularity).map(encodeGranularity)).toEqual(granularities);
});

test('reserved encodings are a finding about the target', () => {
  for (const reserved of [5, 6, 7, 11, 15]) expect(() => decodeWays(reserved)).toThrow(DecodeError);
  for (const reserved of [7, 15]) expect(() => decodeGranularity(reserved)).toThrow(DecodeError);
});

test('numbers without an encoding are a mistake of the caller', () => {
  for (const ways of [0, 5, 32]) expect(() => encodeWays(ways)).toThrow(RangeError);
  for (const bytes of [128, 300, 32768]) expect(() => encodeGranularity(bytes)).toThrow(RangeError);
});

const interleave = fc.record({
  ways: fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 16),
  granularity: fc.constantFrom(256, 512, 1024, 2048, 4096, 8192, 16384),
});

test('granules are dealt out to the ways in turn', () => {
  fc.assert(
    fc.property(interleave, fc.nat(100), fc.nat(255), ({ ways, granularity }, granules, within) => {
      const used = Array.from({ length: ways }, () => 0);
      for (let granule = 0; granule < granules; granule++) used[granule % ways] = (used[granule % ways] as number) + 1;
      const way = granules % ways;
      const offset = BigInt((used[way] as number) * granularity + within);
      expect(locate(BigInt(granules * granularity + within), { ways, granularity })).toEqual({ way, offset });
    }),
  );
});

test('placing undoes locating', () => {
  fc.assert(
    fc.property(interleave, fc.bigInt(0n, 1n << 52n), (set, offset) =>
      expect(place(locate(offset, set), set)).toBe(offset),
    ),
  );
});
