import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { decodeEventRecord, EVENT_RECORD_SIZE, type EventRecord, encodeEventRecord } from './event-record';
import { decodeEventRecords, decodeHandles, EVENT_COMMANDS, EventRecordsHeader } from './mailbox/events';

/** The payloads of one captured file; each is as long as its count says. */
function payloads(name: string): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let rest: Uint8Array = captured(join(__dirname, `event-records-${name}.hex`)); rest.length > 0; ) {
    const length = EventRecordsHeader.size + EventRecordsHeader.decode(rest).count * EVENT_RECORD_SIZE;
    found.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return found;
}

const records = (name: string): EventRecord[] => payloads(name).flatMap((bytes) => decodeEventRecords(bytes).records);

const MEDIA = { physicalAddress: 0x1000n, descriptor: 3, type: 1, transactionType: 2, channel: 4, rank: 3 };
const COMPONENT = 'abcdefghijklmnop';
const MODULE = {
  type: 4,
  healthStatus: 3,
  mediaStatus: 7,
  additionalStatus: 5,
  lifeUsed: 12,
  temperature: -10,
  dirtyShutdownCount: 4,
  correctedVolatileErrorCount: 0x1234_5678,
  correctedPersistentErrorCount: 9,
};

test('records captured from QEMU 11 have what was injected in all their fields', () => {
  const [media, dram, module] = records('qemu-11');
  expect(media).toMatchObject({
    kind: 'general media',
    header: {
      flags: 0x1c1,
      handle: 1,
      timestamp: 0x7766_5544_3322_1100n,
      maintenanceClass: 0xa1,
      maintenanceSubclass: 0xa2,
      logicalDevice: 0xa3a4,
      head: 0xa5,
    },
    body: {
      ...MEDIA,
      validity: 0x1f,
      device: 5,
      componentId: COMPONENT,
      correctedErrorCount: 0xb2_b3b4,
      subType: 0xb5,
    },
  });
  expect(dram).toMatchObject({
    kind: 'DRAM',
    body: {
      ...MEDIA,
      validity: 0x7ff,
      nibbleMask: 0x12_3456,
      bankGroup: 7,
      bank: 2,
      row: 0x65_4321,
      column: 0x1234,
      correctionMask: [1n, 2n, 3n, 4n],
      componentId: COMPONENT,
      subChannel: 0xb0,
      subType: 0xb5,
    },
  });
  const body = { ...MODULE, validity: 3, componentId: COMPONENT, subType: 0xb5 };
  expect(module).toMatchObject({ kind: 'memory module', body });
});

test('those of QEMU 10 have the fields that it knows', () => {
  const [media, dram, module] = records('qemu-10');
  expect(media).toMatchObject({ kind: 'general media', header: { flags: 1 }, body: { ...MEDIA, validity: 0xf } });
  expect(dram).toMatchObject({ kind: 'DRAM', body: { ...MEDIA, validity: 0xff, row: 0x65_4321, column: 0x1234 } });
  expect(module).toMatchObject({ kind: 'memory module', body: MODULE });
});

test('a dynamic capacity record has one extent, and says whether more follow', () => {
  const parts = records('qemu-11').slice(3);
  expect(parts).toMatchObject([
    { kind: 'dynamic capacity', body: { dpa: 0x2000_0000n, size: 2n << 20n, flags: 1, availableExtents: 510 } },
    { kind: 'dynamic capacity', body: { dpa: 0x2040_0000n, size: 4n << 20n, flags: 0, availableExtents: 510 } },
  ]);
});

for (const name of ['qemu-10', 'qemu-11']) {
  test(`decoding and encoding the records of ${name} gives the same bytes`, () => {
    for (const payload of payloads(name)) {
      const encoded = decodeEventRecords(payload).records.map(({ kind, header, body }) =>
        encodeEventRecord(kind, header, body),
      );
      const bytes = Buffer.concat([payload.subarray(0, EventRecordsHeader.size), ...encoded]);
      expect(bytes.toString('hex')).toBe(Buffer.from(payload).toString('hex'));
    }
  });
}

test('a record of an unknown kind, one cut short and a payload of another length are refused', () => {
  const record = encodeEventRecord('DRAM', {}, {});
  expect(() => decodeEventRecord(record.subarray(0, 100))).toThrow(DecodeError);
  expect(() => decodeEventRecord(new Uint8Array(EVENT_RECORD_SIZE))).toThrow('is of the unknown kind 00000000-');
  const payload = Buffer.concat([EventRecordsHeader.encode({ count: 2 }), record]);
  expect(() => decodeEventRecords(payload)).toThrow('has 160 bytes and 2 records');
});

test('handles come out as they went in', () => {
  const { input, more } = EVENT_COMMANDS.clearEventRecords;
  const encoded = (list: readonly number[]) =>
    Buffer.concat([input.encode({ count: list.length }), more[0].encodeAll(list.map((handle) => ({ handle })))]);
  const handles = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 255 });
  fc.assert(
    fc.property(handles, (list) => {
      expect(decodeHandles(encoded(list), list.length)).toEqual(list);
    }),
  );
  expect(() => decodeHandles(encoded([7]), 2)).toThrow(DecodeError);
});
