import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { DATA_TYPES } from '../acpi/hmat-locality';
import { sum } from '../acpi/table';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { CDAT_HEADER_SIZE, type CdatStructure, cdatEntries, decodeCdat, encodeCdat, UPSTREAM_PORT } from './cdat';
import { cdatMemory } from './cdat-memory';

const MIB = 1n << 20n;
const file = (name: string) => captured(join(__dirname, `cdat-${name}.hex`));
const both = file('volatile-persistent');

const performance = {
  'read latency': 150,
  'write latency': 250,
  'read bandwidth': 16_000,
  'write bandwidth': 16_000,
};

test('a captured table describes volatile and persistent capacity separately', () => {
  const volatile = { base: 0n, size: 256n * MIB };
  const persistent = { base: 256n * MIB, size: 512n * MIB };
  expect(cdatMemory(decodeCdat(both))).toEqual([
    {
      dpa: volatile,
      nonVolatile: false,
      dynamicCapacity: false,
      performance,
      efi: [{ type: 'specific purpose', dpa: volatile }],
    },
    {
      dpa: persistent,
      nonVolatile: true,
      dynamicCapacity: false,
      performance,
      efi: [{ type: 'reserved', dpa: persistent }],
    },
  ]);
});

for (const name of ['volatile-persistent', 'persistent']) {
  test(`decoding and encoding the table of ${name} capacity gives the bytes that QEMU has, checksum included`, () => {
    const table = file(name);
    expect(sum(table)).toBe(0);
    expect(Buffer.from(encodeCdat(decodeCdat(table))).toString('hex')).toBe(table.toString('hex'));
  });
}

test("a switch's captured table gives a latency and a bandwidth for each downstream port", () => {
  const to = [0, 1];
  const expected = [
    { kind: 'SSLBIS', dataType: 'access latency', paths: to.map((to) => ({ from: UPSTREAM_PORT, to, value: 150 })) },
    {
      kind: 'SSLBIS',
      dataType: 'access bandwidth',
      paths: to.map((to) => ({ from: UPSTREAM_PORT, to, value: 16_384 })),
    },
  ];
  expect(decodeCdat(file('switch'))).toEqual(expected);
  const units = [10_000n, 1024n];
  const written = expected.map((each, i) => ({ ...each, kind: 'SSLBIS', unit: units[i] ?? 0n }) as const);
  expect(encodeCdat(written as CdatStructure[]).equals(file('switch'))).toBe(true);
});

test('entries are the header and then each structure', () => {
  expect(Buffer.concat(cdatEntries(both)).equals(both)).toBe(true);
  expect(cdatEntries(both)).toHaveLength(13);
});

test('latency and bandwidth survive being written, as multiples of a power of ten', () => {
  const value = fc.tuple(fc.integer({ min: 1, max: 0xffff }), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(fc.constantFrom(...DATA_TYPES), value, (dataType, [entry, power]) => {
      const bandwidth = entry * 10 ** power;
      const structure = {
        kind: 'DSLBIS',
        handle: 0,
        dataType,
        value: dataType.endsWith('latency') ? bandwidth / 1000 : bandwidth,
      } as const;
      expect(decodeCdat(encodeCdat([structure]))).toEqual([structure]);
    }),
  );
});

const FIRST_STRUCTURE = CDAT_HEADER_SIZE;
const DSLBIS = FIRST_STRUCTURE + 24;

for (const [flaw, at, value] of [
  ['a table that is shorter than it says', 0, 0x31],
  ['a structure of no length', FIRST_STRUCTURE + 2, 0],
  ['a structure that runs past the table', FIRST_STRUCTURE + 3, 0x02],
  ['a DSMAS that is shorter than its fields', FIRST_STRUCTURE + 2, 23],
  ['a reserved data type', DSLBIS + 6, 6],
] as const) {
  test(`${flaw} is refused`, () => {
    const flawed = Buffer.from(both);
    flawed[at] = value;
    expect(() => decodeCdat(flawed)).toThrow(DecodeError);
  });
}
