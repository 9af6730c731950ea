import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { expect } from 'expect';
import { DecodeError } from '../codec/decode-error';
import { librariesNeededBy } from './elf';

/** The smallest program that needs a library: its headers, a dynamic section, the strings, and the path of its loader. */
function program(segments: readonly { type: number; offset: number; size: number }[], address = 0x40_0000n): Buffer {
  const file = Buffer.alloc(0x400);
  file.writeBigUInt64LE(64n, 32); // program headers
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(segments.length, 56);
  for (const [i, { type, offset, size }] of segments.entries()) {
    const at = 64 + 56 * i;
    file.writeUInt32LE(type, at);
    for (const [where, value] of [
      [8, BigInt(offset)],
      [16, address + BigInt(offset)],
      [32, BigInt(size)],
    ] as const)
      file.writeBigUInt64LE(value, at + where);
  }
  for (const [i, value] of [1n, 1n, 5n, address + 0x300n, 1n, 10n].entries())
    file.writeBigUInt64LE(value, 0x200 + 8 * i);
  file.write('\0libcxl.s\0libc.so.6\0', 0x300);
  file.write('/lib/ld-linux-aarch64.so.1\0', 0x380);
  return file;
}

const LOAD = { type: 1, offset: 0, size: 0x400 };

test('the libraries of a program are those that its dynamic section names, and its dynamic loader', () => {
  const dynamic = program([LOAD, { type: 2, offset: 0x200, size: 48 }, { type: 3, offset: 0x380, size: 27 }]);
  expect(librariesNeededBy(dynamic)).toEqual(['libcxl.s', 'libc.so.6', 'ld-linux-aarch64.so.1']);
});

test('a static program needs none', () => expect(librariesNeededBy(program([LOAD]))).toEqual([]));

test('of the program that runs this test the C library is found', () =>
  expect(librariesNeededBy(readFileSync(process.execPath))).toContain('libc.so.6'));

test('what is cut off is no program', () =>
  expect(() => librariesNeededBy(program([LOAD]).subarray(0, 80))).toThrow(DecodeError));
