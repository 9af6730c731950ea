/** ACPI 6.5 Section 5.2.1: from the Root System Description Pointer to a table. */
import { DecodeError } from '../decode-error';
import { behindFadt } from './fadt';
import { findRootTable, listedTables } from './root-table';
import { TableHeader } from './table';

type Read = (address: bigint, length: number) => Promise<Uint8Array>;

/** The table of that signature, whole. @throws DecodeError if the root table lists none. */
export async function findTable(read: Read, rsdp: bigint, signature: string): Promise<Uint8Array> {
  const root = await rootTable(read, rsdp);
  const addresses = listedTables(root);
  const headers = await Promise.all(addresses.map((address) => read(address, TableHeader.size)));
  const found = headers.findIndex((header) => TableHeader.decode(header).signature === signature);
  if (found < 0) throw new DecodeError(TableHeader.decode(root).signature, `lists no ${signature}`);
  return read(addresses[found] as bigint, TableHeader.decode(headers[found] as Uint8Array).length);
}

/** The table at `address`, whole. */
export async function tableAt(read: Read, address: bigint): Promise<Uint8Array> {
  const { length } = TableHeader.decode(await read(address, TableHeader.size));
  return read(address, length);
}

/** All tables, whole: the RSDT or XSDT and what it lists, in its order, with what the FADT points to. */
export async function allTables(read: Read, rsdp: bigint): Promise<Uint8Array[]> {
  const root = await rootTable(read, rsdp);
  const found = [root];
  for (const address of listedTables(root)) {
    const table = await tableAt(read, address);
    found.push(table);
    if (TableHeader.decode(table).signature === 'FACP') found.push(...(await tablesBehind(read, table)));
  }
  return found;
}

async function rootTable(read: Read, rsdp: bigint): Promise<Uint8Array> {
  return tableAt(read, (await findRootTable(read, rsdp)).address);
}

/** Of the FACS signature and length alone are as in other tables. */
async function tablesBehind(read: Read, fadt: Uint8Array): Promise<Uint8Array[]> {
  const [facs, dsdt] = behindFadt(fadt);
  return Promise.all([dsdt, facs].filter((address) => address !== 0n).map((address) => tableAt(read, address)));
}
