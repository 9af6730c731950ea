/** ACPI 6.5 Section 5.2.1: from the Root System Description Pointer to a table. */
import { DecodeError } from '../decode-error';
import { Fadt } from './fadt';
import { Rsdp, RsdtEntry, TableHeader } from './table';

type Read = (address: bigint, length: number) => Promise<Uint8Array>;

/** The table of that signature, whole. @throws DecodeError if the RSDT lists none. */
export async function findTable(read: Read, rsdp: bigint, signature: string): Promise<Uint8Array> {
  const addresses = listed(await rootTable(read, rsdp));
  const headers = await Promise.all(addresses.map((address) => read(address, TableHeader.size)));
  const found = headers.findIndex((header) => TableHeader.decode(header).signature === signature);
  if (found < 0) throw new DecodeError('RSDT', `lists no ${signature}`);
  return read(addresses[found] as bigint, TableHeader.decode(headers[found] as Uint8Array).length);
}

/** The table at `address`, whole. */
export async function tableAt(read: Read, address: bigint): Promise<Uint8Array> {
  const { length } = TableHeader.decode(await read(address, TableHeader.size));
  return read(address, length);
}

/** All tables, whole: the RSDT and what it lists, in its order, with what the FADT points to. */
export async function allTables(read: Read, rsdp: bigint): Promise<Uint8Array[]> {
  const rsdt = await rootTable(read, rsdp);
  const found = [rsdt];
  for (const address of listed(rsdt)) {
    const table = await tableAt(read, address);
    found.push(table);
    if (TableHeader.decode(table).signature === 'FACP') found.push(...(await behindFadt(read, table)));
  }
  return found;
}

async function rootTable(read: Read, rsdp: bigint): Promise<Uint8Array> {
  return tableAt(read, BigInt(Rsdp.decode(await read(rsdp, Rsdp.size)).rsdtAddress));
}

function listed(rsdt: Uint8Array): bigint[] {
  const addresses: bigint[] = [];
  for (let at = TableHeader.size; at < rsdt.length; at += RsdtEntry.size) {
    addresses.push(BigInt(RsdtEntry.decode(rsdt, at).address));
  }
  return addresses;
}

/** Of the FACS signature and length alone are as in other tables. */
async function behindFadt(read: Read, fadt: Uint8Array): Promise<Uint8Array[]> {
  const { firmwareControl, dsdt } = Fadt.decode(fadt, TableHeader.size);
  const addresses = [dsdt, firmwareControl].filter((address) => address !== 0);
  return Promise.all(addresses.map((address) => tableAt(read, BigInt(address))));
}
