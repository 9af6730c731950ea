import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { decodeMemoryAffinities, encodeSrat, hotPluggable } from './srat';
import { sum, TableHeader } from './table';

const table = captured(join(__dirname, 'srat-maxmem.hex'));

test('a captured table has the RAM, with the hole below 1M, and the room for more', () => {
  const present = decodeMemoryAffinities(table).filter(({ enabled }) => enabled);
  expect(present).toEqual([
    { domain: 0, base: 0n, size: 0xa_0000n, enabled: true, hotPluggable: false },
    { domain: 0, base: 0x10_0000n, size: 0x7ff0_0000n, enabled: true, hotPluggable: false },
    { domain: 0, base: 0x1_0000_0000n, size: 0x1_8000_0000n, enabled: true, hotPluggable: true },
  ]);
  expect(hotPluggable(table)).toEqual(present.slice(-1));
});

test('encoding what was decoded gives the same bytes, but for the checksum', () => {
  const encoded = Buffer.from(encodeSrat(1, decodeMemoryAffinities(table)));
  const at = TableHeader.offsetOf('checksum');
  encoded[at] = (0x100 - sum(encoded)) & 0xff;
  expect(encoded.toString('hex')).toBe(table.toString('hex'));
});

for (const [flaw, value] of [
  ['of no length', 0],
  ['that runs past the table', 0xff],
] as const) {
  test(`a structure ${flaw} is refused`, () => {
    const flawed = Buffer.from(table);
    flawed[TableHeader.size + 12 + 1] = value;
    expect(() => decodeMemoryAffinities(flawed)).toThrow(DecodeError);
  });
}
