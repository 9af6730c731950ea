/** The table that lists all others: RSDT, or XSDT where the RSDP has one. ACPI 6.5 Section 5.2.5.3. */
import { Rsdp, Rsdp2, RsdtEntry, sum, TableHeader, XsdtEntry } from './table';

type Read = (address: bigint, length: number) => Promise<Uint8Array>;

/** Where it is, and what leads to it. */
export interface RootTable {
  readonly address: bigint;
  /** The whole RSDP. */
  readonly pointer: Uint8Array;
  readonly isExtended: boolean;
}

/** Software takes the XSDT where there is one. */
export async function findRootTable(read: Read, rsdp: bigint): Promise<RootTable> {
  const pointer = await read(rsdp, Rsdp.size);
  const { revision, rsdtAddress } = Rsdp.decode(pointer);
  if (revision < 2) return { address: BigInt(rsdtAddress), pointer, isExtended: false };
  const whole = await read(rsdp, Rsdp2.size);
  const { xsdtAddress } = Rsdp2.decode(whole);
  const isExtended = xsdtAddress !== 0n;
  return { address: isExtended ? xsdtAddress : BigInt(rsdtAddress), pointer: whole, isExtended };
}

/** Addresses of the tables that it lists, in its order. */
export function listedTables(table: Uint8Array): bigint[] {
  const entry = entryOf(TableHeader.decode(table).signature === 'XSDT');
  const addresses: bigint[] = [];
  for (let at = TableHeader.size; at < table.length; at += entry.size) {
    addresses.push(BigInt(entry.decode(table, at).address));
  }
  return addresses;
}

/** `table` with these addresses in it; its checksum is left over. */
export function listing(table: Uint8Array, addresses: readonly bigint[]): Uint8Array {
  const header = TableHeader.decode(table);
  const isExtended = header.signature === 'XSDT';
  const length = TableHeader.size + addresses.length * entryOf(isExtended).size;
  const entries = addresses.map((address) =>
    isExtended ? XsdtEntry.encode({ address }) : RsdtEntry.encode({ address: Number(address) }),
  );
  return Buffer.concat([TableHeader.encode({ ...header, length }), ...entries]);
}

/** The RSDP with the root table at `address`, and its checksums. */
export function pointingTo({ pointer, isExtended }: RootTable, address: bigint): Uint8Array {
  const first = isExtended
    ? Rsdp2.encode({ ...Rsdp2.decode(pointer), xsdtAddress: address, extendedChecksum: 0, checksum: 0 })
    : Rsdp.encode({ ...Rsdp.decode(pointer), rsdtAddress: Number(address), checksum: 0 });
  const summed = Uint8Array.from(first);
  summed[Rsdp.offsetOf('checksum')] = (0x100 - sum(first.subarray(0, Rsdp.size))) & 0xff;
  if (isExtended) summed[Rsdp2.offsetOf('extendedChecksum')] = (0x100 - sum(summed)) & 0xff;
  return summed;
}

const entryOf = (isExtended: boolean) => (isExtended ? XsdtEntry : RsdtEntry);
