import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../codec/captured';
import { cdatEntries } from '../codec/cxl/cdat';
import { CXL_VENDOR } from '../codec/cxl/dvsec';
import { NO_MORE_ENTRIES, TABLE_ACCESS, TableRequest, TableResponse } from '../codec/cxl/table-access';
import { DecodeError } from '../codec/decode-error';
import { EXTENDED_CAPABILITIES } from '../codec/pci/capability';
import {
  DISCOVERY,
  DiscoveryResponse,
  DOE,
  DOE_HEADER_WORDS,
  DoeHeader1,
  DoeHeader2,
  DoeStatus,
} from '../codec/pci/doe';
import { readCdat } from './cdat';
import type { PciDevice } from './pci';

const table = captured(join(__dirname, '../codec/cxl/cdat-volatile-persistent.hex'));
const words = (bytes: Uint8Array) => [...new Uint32Array(Uint8Array.from(bytes).buffer)];

/** A function with nothing but a DOE mailbox, which answers with `entries` in turn; keeps the handles asked for. */
function functionWith(entries: readonly Uint8Array[], nextOf = (handle: number) => handle + 1) {
  const asked: number[] = [];
  let request: number[] = [];
  let answer: number[] = [];
  const respond = ([header1 = 0, , word = 0]: number[]): number[] => {
    if (header1 === DoeHeader1.encode(DISCOVERY))
      return [DiscoveryResponse.encode({ vendorId: CXL_VENDOR, type: TABLE_ACCESS.type })];
    const { handle } = TableRequest.decode(word);
    asked.push(handle);
    const next = handle + 1 < entries.length ? nextOf(handle) : NO_MORE_ENTRIES;
    return [TableResponse.encode({ next }), ...words(entries[handle] ?? new Uint8Array())];
  };
  const device: Pick<PciDevice, 'address' | 'extendedCapabilities' | 'read' | 'write'> = {
    address: '0000:0d:00.0',
    extendedCapabilities: async () => [EXTENDED_CAPABILITIES],
    read: async (offset) => {
      const register = offset - EXTENDED_CAPABILITIES;
      if (register === DOE.status) return DoeStatus.encode({ ready: answer.length > 0 });
      return register === DOE.readMailbox ? (answer[0] ?? 0) : 0;
    },
    write: async (offset, value) => {
      const register = offset - EXTENDED_CAPABILITIES;
      if (register === DOE.writeMailbox) request.push(value);
      if (register === DOE.readMailbox) answer.shift();
      if (register !== DOE.control) return;
      const said = respond(request);
      answer = [request[0] ?? 0, DoeHeader2.encode({ length: DOE_HEADER_WORDS + said.length }), ...said];
      request = [];
    },
  };
  return { device: device as PciDevice, asked };
}

test('a table is read entry by entry, by the handles that the device names', async () => {
  const { device, asked } = functionWith(cdatEntries(table));
  expect(Buffer.from((await readCdat(device)) ?? []).equals(table)).toBe(true);
  expect(asked).toEqual([...cdatEntries(table).keys()]);
});

test('no more is asked for than the length of the table allows', async () => {
  const { device, asked } = functionWith([...cdatEntries(table), ...cdatEntries(table)]);
  expect(await readCdat(device)).toHaveLength(table.length);
  expect(asked).toHaveLength(cdatEntries(table).length);
});

test('a device that names one handle for ever does not hold the reader up', async () => {
  const { device, asked } = functionWith(cdatEntries(table), () => 1);
  await readCdat(device);
  expect(asked.length).toBeLessThan(table.length / 4);
});

test('an empty entry is refused', async () => {
  const { device } = functionWith([...cdatEntries(table).slice(0, 2), new Uint8Array()]);
  await expect(readCdat(device)).rejects.toThrow(DecodeError);
});

test('a function that has no DOE mailbox has no CDAT', async () => {
  const { device } = functionWith([]);
  expect(await readCdat({ ...device, extendedCapabilities: async () => [] } as unknown as PciDevice)).toBeUndefined();
});
