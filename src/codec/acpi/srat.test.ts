import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { decodeMemoryAffinities, decodeSrat, encodeSrat, hotPluggable, type SratStructure } from './srat';
import { TableHeader, withChecksum } from './table';

const table = captured(join(__dirname, 'srat-maxmem.hex'));
const generic = captured(join(__dirname, 'srat-generic.hex'));
const x2apic = captured(join(__dirname, 'srat-x2apic.hex'));

test('a captured table has the RAM, with the hole below 1M, and the room for more', () => {
  const present = decodeMemoryAffinities(table).filter(({ enabled }) => enabled);
  const memory = { kind: 'memory', domain: 0, enabled: true, hotPluggable: false, nonVolatile: false };
  expect(present).toEqual([
    { ...memory, base: 0n, size: 0xa_0000n },
    { ...memory, base: 0x10_0000n, size: 0x7ff0_0000n },
    { ...memory, base: 0x1_0000_0000n, size: 0x1_8000_0000n, hotPluggable: true },
  ]);
  expect(hotPluggable(table)).toEqual(present.slice(-1));
});

test('a captured table has its processors, Generic Initiator and Generic Port', () => {
  const enabled = decodeSrat(generic).filter((each) => each.kind === 'unknown' || each.enabled);
  expect(enabled.filter(({ kind }) => kind !== 'memory')).toEqual([
    { kind: 'local APIC', domain: 0, apicId: 0, enabled: true },
    { kind: 'local APIC', domain: 3, apicId: 1, enabled: true },
    { kind: 'local APIC', domain: 5, apicId: 2, enabled: true },
    {
      kind: 'Generic Initiator',
      domain: 1,
      enabled: true,
      handle: { by: 'PCI', segment: 0, bus: 1, device: 0, function: 2 },
    },
    { kind: 'Generic Port', domain: 2, enabled: true, handle: { by: 'ACPI', hid: 'ACPI0016', uid: 64 } },
  ]);
});

test('a captured table names processors beyond 254 by their x2APIC id', () => {
  const processors = decodeSrat(x2apic).filter(({ kind }) => kind === 'local APIC' || kind === 'local x2APIC');
  expect(processors).toHaveLength(125);
  expect(processors.slice(99, 101)).toEqual([
    { kind: 'local APIC', domain: 0, apicId: 228, enabled: true },
    { kind: 'local x2APIC', domain: 0, apicId: 256, enabled: true },
  ]);
});

for (const [name, bytes] of Object.entries({ table, generic, x2apic })) {
  test(`decoding and encoding the captured ${name} gives the same bytes`, () => {
    expect(Buffer.from(withChecksum(encodeSrat(decodeSrat(bytes)))).toString('hex')).toBe(bytes.toString('hex'));
  });
}

test('what QEMU does not use is kept too: structures of other types, wide domains, memory that is not volatile', () => {
  const structures: SratStructure[] = [
    { kind: 'unknown', bytes: Uint8Array.of(4, 8, 1, 2, 3, 4, 5, 6) },
    { kind: 'local APIC', domain: 0x8123_4567, apicId: 3, enabled: false },
    {
      kind: 'memory',
      domain: 7,
      base: 1n << 40n,
      size: 1n << 30n,
      enabled: true,
      hotPluggable: false,
      nonVolatile: true,
    },
  ];
  expect(decodeSrat(encodeSrat(structures))).toEqual(structures);
});

const FIRST = TableHeader.size + 12;
const GENERIC_PORT = 0x1c0;

for (const [flaw, bytes, at, value] of [
  ['a structure of no length', table, FIRST + 1, 0],
  ['a structure that runs past the table', table, FIRST + 1, 0xff],
  ['a structure of an unknown type that is shorter than its header', table, FIRST, 0x7f01],
  ['a processor that is longer than its fields', table, FIRST + 1, 17],
  ['a Generic Port by a reserved type of handle', generic, GENERIC_PORT + 3, 2],
] as const) {
  test(`${flaw} is refused`, () => {
    const flawed = Buffer.from(bytes);
    if (value > 0xff) flawed.writeUInt16BE(value, at);
    else flawed[at] = value;
    expect(() => decodeSrat(flawed)).toThrow(DecodeError);
  });
}

test('a table that is cut short is refused', () => {
  expect(() => decodeSrat(table.subarray(0, -1))).toThrow(DecodeError);
});
