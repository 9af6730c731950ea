import { bytesOfWords } from '../codec/bytes';
import { CDAT_HEADER_SIZE, cdatLength } from '../codec/cxl/cdat';
import { FIRST_ENTRY, NO_MORE_ENTRIES, TABLE_ACCESS, TableRequest, TableResponse } from '../codec/cxl/table-access';
import { DecodeError } from '../codec/decode-error';
import type { CdatEntry } from '../machine/registers';
import { Doe } from './doe';
import type { PciDevice } from './pci';

/**
 * The CDAT that a function yields by DOE, as it is: nobody has looked at its checksum. Undefined if it has none. Only
 * handles that the device has named are asked for, and no more than its length allows: QEMU before 11.1 does not check them.
 * Linux drivers/cxl/core/pci.c: cxl_cdat_read_table().
 * @throws DecodeError if the entries are not what the table's header says.
 */
export async function readCdat(device: PciDevice): Promise<Uint8Array | undefined> {
  const doe = await Doe.find(device, TABLE_ACCESS);
  if (!doe) return undefined;
  const entries: Uint8Array[] = [];
  let missing = CDAT_HEADER_SIZE;
  for (let handle = FIRST_ENTRY; handle !== NO_MORE_ENTRIES && missing > 0; ) {
    const [head = 0, ...words] = await doe.exchange(TABLE_ACCESS, [TableRequest.encode({ handle })]);
    const entry = bytesOfWords(words);
    if (entry.length === 0) throw new DecodeError(`CDAT of ${device.address}`, `entry ${handle} is empty`);
    if (handle === FIRST_ENTRY) missing = cdatLength(entry);
    entries.push(entry);
    missing -= entry.length;
    handle = TableResponse.decode(head).next;
  }
  return Buffer.concat(entries);
}

/** The entry of a function's CDAT with that handle; undefined if it does not answer. @throws DecodeError if it has no CDAT */
export async function readCdatEntry(device: PciDevice, handle: number): Promise<CdatEntry | undefined> {
  const doe = await Doe.find(device, TABLE_ACCESS);
  if (!doe) throw new DecodeError(device.address, 'has no CDAT');
  const answer = await doe.ask(TABLE_ACCESS, [TableRequest.encode({ handle })]);
  if (!answer) return undefined;
  const [head = 0, ...words] = answer;
  return { bytes: bytesOfWords(words), isLast: TableResponse.decode(head).next === NO_MORE_ENTRIES };
}
