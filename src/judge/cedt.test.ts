import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { encodeCedt } from '../codec/acpi/cedt';
import { TableHeader, withChecksum } from '../codec/acpi/table';
import { captured } from '../codec/captured';
import { judgeCedt } from './cedt';
import { FORM_KINDS } from './finding';

/** Two CHBS (UIDs 222 and 12) and a CFMWS of two ways, each field where the specification has it. */
const CAPTURED = withChecksum(captured(join(__dirname, '../codec/acpi/cedt-2hb-2way-8k.hex')));

const CHBS = TableHeader.size;
const OTHER_CHBS = CHBS + 32;
const CFMWS = OTHER_CHBS + 32;

const kindsOf = (table: Uint8Array) => [...new Set(judgeCedt(table).map(({ kind }) => kind))];

/** The captured table with other bytes, and a checksum to match. */
function mutant(at: number, ...bytes: number[]): Uint8Array {
  const table = Uint8Array.from(CAPTURED);
  table.set(bytes, at);
  return withChecksum(table);
}

/** It with another CXIMS at its end: of granularity 8 KiB, with so many bitmaps. */
function withCxims(table: Uint8Array, bitmaps: number, length = 8 + 8 * bitmaps): Uint8Array {
  const longer = Buffer.concat([table, Uint8Array.of(2, 0, length, 0, 0, 0, 5, bitmaps), Buffer.alloc(8 * bitmaps)]);
  longer.writeUInt32LE(longer.length, TableHeader.offsetOf('length'));
  return withChecksum(longer);
}

const XOR = mutant(CFMWS + 25, 1);

const MUTANTS = [
  [
    'a checksum that is wrong',
    Uint8Array.from(CAPTURED).fill(0, TableHeader.offsetOf('checksum'), 10),
    'cedt-checksum',
  ],
  ['revision 9', mutant(TableHeader.offsetOf('revision'), 9), 'cedt-header'],
  ['a length beyond its end', mutant(TableHeader.offsetOf('length'), 0xff), 'cedt-header'],
  ['a structure of no length', mutant(CHBS + 2, 0), 'cedt-length'],
  ['a CHBS that is longer', mutant(CHBS + 2, 64), 'cedt-length'],
  ['a CFMWS that is shorter', mutant(CFMWS + 2, 40), 'cedt-length'],
  ['a reserved byte in the header of a CHBS', mutant(CHBS + 1, 1), 'cedt-reserved'],
  ['a reserved field in a CHBS', mutant(CHBS + 12, 1), 'cedt-reserved'],
  ['a reserved field in a CFMWS', mutant(CFMWS + 4, 1), 'cedt-reserved'],
  ['a second reserved field in a CFMWS', mutant(CFMWS + 26, 1), 'cedt-reserved'],
  ['CXL Version 7', mutant(CHBS + 8, 7), 'chbs-version'],
  ['registers of 4 KiB', mutant(CHBS + 24, 0, 0x10, 0), 'chbs-registers'],
  ['registers that are not aligned', mutant(CHBS + 17, 0x10), 'chbs-registers'],
  ['registers over others', mutant(CHBS + 18, 1), 'chbs-registers'],
  ['the same UID twice', mutant(CHBS + 4, 12), 'chbs-twice'],
  ['reserved interleave ways', mutant(CFMWS + 24, 5), 'cfmws-interleave'],
  ['a reserved granularity', mutant(CFMWS + 28, 7), 'cfmws-interleave'],
  ['a reserved arithmetic', mutant(CFMWS + 25, 2), 'cfmws-interleave'],
  ['a window at no multiple of 256 MiB', mutant(CFMWS + 10, 1), 'cfmws-range'],
  ['a window of no multiple of 256 MiB', mutant(CFMWS + 18, 1), 'cfmws-range'],
  ['a window of 256 MiB for two ways', mutant(CFMWS + 16, 0, 0, 0, 0x10, 0), 'cfmws-range'],
  ['a window of no size', mutant(CFMWS + 16, 0, 0, 0, 0, 0), 'cfmws-range'],
  ['no restriction bit', mutant(CFMWS + 32, 0), 'cfmws-restrictions'],
  ['no kind of coherence', mutant(CFMWS + 32, 0xc), 'cfmws-restrictions'],
  ['neither volatile nor persistent memory', mutant(CFMWS + 32, 3), 'cfmws-restrictions'],
  ['a reserved restriction', mutant(CFMWS + 32, 0x8f), 'cfmws-restrictions'],
  ['a target without CHBS', mutant(CFMWS + 36, 99), 'cfmws-target'],
  ['a window over registers', mutant(CFMWS + 8, 0, 0, 0, 0x60), 'cfmws-overlap'],
  ['XOR arithmetic without CXIMS', XOR, 'cfmws-xor'],
  ['XOR arithmetic with a CXIMS of no bitmap', withCxims(XOR, 0), 'cfmws-xor'],
  ['a CXIMS of a wrong length', withCxims(XOR, 1, 24), 'cedt-length'],
] as const;

for (const [flaw, table, kind] of MUTANTS) {
  test(`${flaw} is named`, () => expect(kindsOf(table)).toContain(kind));
}

test('each kind is that of some mutant', () => {
  const cedt = Object.keys(FORM_KINDS).filter((kind) => kind !== 'e820-without-ram');
  expect([...new Set(MUTANTS.map(([, , kind]) => kind as string))].sort()).toEqual(cedt.sort());
});

test('windows over each other are named, with both', () => {
  const window = { base: 0x2_7000_0000n, size: 0x4000_0000n };
  const cfmws = { kind: 'CFMWS', window, targets: [12], granularity: 256, restrictions: 0xf } as const;
  const registers = { base: 0x2_6000_0000n, size: 0x1_0000n };
  const table = withChecksum(encodeCedt([{ kind: 'CHBS', uid: 12, registers }, cfmws, cfmws]));
  expect(judgeCedt(table)).toEqual([
    {
      kind: 'cfmws-overlap',
      message: 'CFMWS 1 (0x270000000-0x2b0000000) overlaps CFMWS 0 (0x270000000-0x2b0000000)',
    },
  ]);
});

for (const [what, table] of [
  ['a captured table', CAPTURED],
  ['XOR arithmetic with the bitmaps that it takes', withCxims(XOR, 1)],
  ['back-invalidate among the restrictions', mutant(CFMWS + 32, 0x2f)],
  ['revision 2', mutant(TableHeader.offsetOf('revision'), 2)],
] as const) {
  test(`${what} has no finding`, () => expect(judgeCedt(table)).toEqual([]));
}
