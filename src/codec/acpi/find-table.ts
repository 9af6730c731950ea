/** ACPI 6.5 Section 5.2.1: from the Root System Description Pointer to a table. */
import { DecodeError } from '../decode-error';
import { Rsdp, RsdtEntry, TableHeader } from './table';

type Read = (address: bigint, length: number) => Promise<Uint8Array>;

/** The table of that signature, whole. @throws DecodeError if the RSDT lists none. */
export async function findTable(read: Read, rsdp: bigint, signature: string): Promise<Uint8Array> {
  const { rsdtAddress } = Rsdp.decode(await read(rsdp, Rsdp.size));
  const rsdt = await tableAt(read, BigInt(rsdtAddress));
  const addresses: bigint[] = [];
  for (let at = TableHeader.size; at < rsdt.length; at += RsdtEntry.size) {
    addresses.push(BigInt(RsdtEntry.decode(rsdt, at).address));
  }
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
