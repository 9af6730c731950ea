import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { decodeCedt } from './acpi/cedt';
import { decodeE820, E820_TYPE, encodeE820 } from './acpi/e820';
import { decodeHmat } from './acpi/hmat';
import { decodeMcfg } from './acpi/mcfg';
import { decodeSlit } from './acpi/slit';
import { decodeSrat } from './acpi/srat';
import { captured } from './captured';
import { cdatEntries, decodeCdat } from './cxl/cdat';
import { DecodeError } from './decode-error';

/** In all, over all tables. */
const INPUTS = 100_000;

const file = (name: string) => captured(join(__dirname, `${name}.hex`));

const decoders: readonly (readonly [string, Buffer, (bytes: Buffer) => unknown])[] = [
  ['CEDT', file('acpi/cedt-2hb-2way-8k'), decodeCedt],
  ['SRAT', file('acpi/srat-generic'), decodeSrat],
  ['SRAT of x2APICs', file('acpi/srat-x2apic'), decodeSrat],
  ['SLIT', file('acpi/slit-2-nodes'), decodeSlit],
  ['HMAT', file('acpi/hmat-generic'), decodeHmat],
  ['HMAT with a side cache', file('acpi/hmat-side-cache'), decodeHmat],
  ['MCFG', file('acpi/mcfg-maxmem'), decodeMcfg],
  ['E820 map', Buffer.from(encodeE820([{ base: 0n, size: 1n << 31n, type: E820_TYPE.RAM }])), decodeE820],
  ["device's CDAT", file('cxl/cdat-volatile-persistent'), decodeCdat],
  ["switch's CDAT", file('cxl/cdat-switch'), decodeCdat],
  ["CDAT's entries", file('cxl/cdat-persistent'), cdatEntries],
];

/** What happens to a table: bytes that change in place, and then what is cut off or added behind. */
const mutation = fc.record({
  changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
  length: fc.option(fc.nat(0x400)),
});

function mutated(table: Buffer, { changes, length }: typeof mutation extends fc.Arbitrary<infer M> ? M : never) {
  const bytes = Buffer.from(table);
  for (const [at, bits] of changes) bytes.writeUInt8((bytes[at % bytes.length] ?? 0) ^ bits, at % bytes.length);
  return length === null ? bytes : Buffer.concat([bytes, Buffer.alloc(0x400, 0xa5)]).subarray(0, length);
}

for (const [name, table, decode] of decoders) {
  test(`a mutated ${name} is decoded, or refused with the offset`, () => {
    fc.assert(
      fc.property(mutation, (mutation) => {
        const bytes = mutated(table, mutation);
        try {
          expect(decode(bytes)).toBeDefined();
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
          expect(error.at).toBeGreaterThanOrEqual(0);
          expect(error.at).toBeLessThanOrEqual(bytes.length);
        }
      }),
      { numRuns: Math.ceil(INPUTS / decoders.length) },
    );
  });
}
