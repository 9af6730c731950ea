import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { decodeHmat, encodeHmat, type HmatStructure } from './hmat';
import { withChecksum } from './table';

const generic = captured(join(__dirname, 'hmat-generic.hex'));
const sideCache = captured(join(__dirname, 'hmat-side-cache.hex'));

const _ = undefined;

test('a captured table is read as what its command line asked for, in ns and MB/s', () => {
  const locality = { kind: 'locality', hierarchy: 'memory', initiators: [0, 1, 3, 5], targets: [0, 1, 2, 3, 4, 5] };
  expect(decodeHmat(generic)).toEqual([
    { kind: 'memory proximity', memory: 0, initiator: 0 },
    { kind: 'memory proximity', memory: 4 },
    {
      ...locality,
      dataType: 'access latency',
      values: [
        [10, _, 100, _, 100, 200],
        [500, _, 50, _, 50, 500],
        [20, _, 80, _, 80, 20],
        [20, _, 80, _, 80, 10],
      ],
    },
    {
      ...locality,
      dataType: 'access bandwidth',
      values: [
        [800, _, 200, _, 200, 400],
        [100, _, 400, _, 800, 100],
        [400, _, 200, _, 200, 400],
        [400, _, 200, _, 200, 800],
      ],
    },
  ]);
});

test('a captured table has its memory side caches', () => {
  const cache = { kind: 'side cache', size: 10240n, levels: 1, level: 1, smbiosHandles: [] };
  expect(decodeHmat(sideCache).filter(({ kind }) => kind === 'side cache')).toEqual([
    { ...cache, domain: 0, associativity: 'direct', policy: 'write-back', line: 8 },
    { ...cache, domain: 1, associativity: 'complex', policy: 'write-through', line: 64 },
  ]);
});

for (const [name, bytes] of Object.entries({ generic, sideCache })) {
  test(`decoding and encoding the captured ${name} gives the same bytes`, () => {
    expect(Buffer.from(withChecksum(encodeHmat(decodeHmat(bytes)))).toString('hex')).toBe(bytes.toString('hex'));
  });
}

test('what QEMU does not use is kept too: SMBIOS handles, structures of other types, what is out of reach', () => {
  const structures: HmatStructure[] = [
    {
      kind: 'side cache',
      domain: 2,
      size: 1n << 33n,
      levels: 2,
      level: 2,
      associativity: 'none',
      policy: 'none',
      line: 256,
      smbiosHandles: [7, 0xabcd],
    },
    { kind: 'unknown', bytes: Uint8Array.of(9, 0, 0, 0, 9, 0, 0, 0, 1) },
    {
      kind: 'locality',
      hierarchy: 'second-level cache',
      dataType: 'write latency',
      initiators: [1, 0],
      targets: [300],
      values: [[Number.POSITIVE_INFINITY], [0.5]],
    },
    {
      kind: 'locality',
      hierarchy: 'memory',
      dataType: 'read bandwidth',
      initiators: [1],
      targets: [300, 2],
      values: [[0, 3]],
    },
  ];
  expect(decodeHmat(encodeHmat(structures))).toEqual(structures);
});

test('latencies that need a common unit beyond 16 bits are off by no more than half of it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 8 }), (picoseconds) => {
      const values = picoseconds.map((ps) => ps / 1000);
      const targets = values.map((_value, domain) => domain);
      const table = encodeHmat([
        {
          kind: 'locality',
          hierarchy: 'memory',
          dataType: 'access latency',
          initiators: [0],
          targets,
          values: [values],
        },
      ]);
      const [read] = decodeHmat(table);
      const found = read?.kind === 'locality' ? (read.values[0] ?? []) : [];
      const errors = found.map((value = 0, i) => Math.abs(value - (values[i] ?? 0)));
      const unit = 10 * (Math.max(...values) / 0xfffe);
      expect(Math.max(...errors)).toBeLessThanOrEqual(unit / 2);
    }),
  );
});

const LOCALITY = 0x78;
const CACHE = 0xd8;

for (const [flaw, bytes, at, value] of [
  ['a structure of no length', generic, LOCALITY + 4, 0],
  ['a structure that runs past the table', generic, LOCALITY + 5, 0xff],
  ['a reserved hierarchy', generic, LOCALITY + 8, 4],
  ['a reserved data type', generic, LOCALITY + 9, 6],
  ['more initiators than the structure holds', generic, LOCALITY + 12, 5],
  ['fewer targets than the structure holds', generic, LOCALITY + 16, 5],
  ['a reserved associativity', sideCache, CACHE + 25, 0x13],
  ['a reserved write policy', sideCache, CACHE + 25, 0x31],
  ['an SMBIOS handle that is not there', sideCache, CACHE + 30, 1],
] as const) {
  test(`${flaw} is refused`, () => {
    const flawed = Buffer.from(bytes);
    flawed[at] = value;
    expect(() => decodeHmat(flawed)).toThrow(DecodeError);
  });
}
