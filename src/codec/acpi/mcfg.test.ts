import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { decodeMcfg, encodeMcfg } from './mcfg';
import { sum, TableHeader } from './table';

const table = captured(join(__dirname, 'mcfg-maxmem.hex'));

test('a captured table says where firmware has put ECAM', () => {
  expect(decodeMcfg(table)).toEqual({ base: 0xb000_0000n, size: 0x1000_0000n });
});

test('encoding gives the same bytes, but for the checksum', () => {
  const encoded = Buffer.from(encodeMcfg(0xb000_0000n));
  encoded[TableHeader.offsetOf('checksum')] = (0x100 - sum(encoded)) & 0xff;
  expect(encoded.toString('hex')).toBe(table.toString('hex'));
});

test('a table that is cut short is refused', () => {
  expect(() => decodeMcfg(table.subarray(0, -1))).toThrow(DecodeError);
});
