import { tableAt } from '../codec/acpi/find-table';
import { Rsdp, RsdtEntry, sum, TableHeader, withChecksum } from '../codec/acpi/table';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Allocator } from './table-loader';

const ALIGN = 16;

/**
 * Puts tables into memory, and into a new RSDT, each in the place of the one with its signature if there is one.
 * Their checksums are filled in.
 */
export async function installTables(
  hardware: Hardware,
  rsdp: Hpa,
  allocate: Allocator,
  tables: readonly Uint8Array[],
): Promise<void> {
  const read = hardware.readBlock.bind(hardware);
  const pointer = Rsdp.decode(await read(rsdp, Rsdp.size));
  const rsdt = await tableAt(read, BigInt(pointer.rsdtAddress));
  const put = async (table: Uint8Array): Promise<number> => {
    const address = allocate(table.length, ALIGN);
    await hardware.writeBlock(address, withChecksum(table));
    return Number(address);
  };

  const entries = new Map<string, number>();
  for (let at = TableHeader.size; at < rsdt.length; at += RsdtEntry.size) {
    const { address } = RsdtEntry.decode(rsdt, at);
    const { signature } = TableHeader.decode(await read(BigInt(address), TableHeader.size));
    entries.set(entries.has(signature) ? `${signature} at ${address}` : signature, address);
  }
  for (const table of tables) entries.set(TableHeader.decode(table).signature, await put(table));

  const length = TableHeader.size + entries.size * RsdtEntry.size;
  const header = TableHeader.encode({ ...TableHeader.decode(rsdt), length });
  const list = [...entries.values()].map((address) => RsdtEntry.encode({ address }));
  const rsdtAddress = await put(Buffer.concat([header, ...list]));
  const unsummed = Rsdp.encode({ ...pointer, rsdtAddress, checksum: 0 });
  await hardware.writeBlock(rsdp, Rsdp.encode({ ...pointer, rsdtAddress, checksum: (0x100 - sum(unsummed)) & 0xff }));
}
