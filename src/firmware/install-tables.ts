import { tableAt } from '../codec/acpi/find-table';
import { findRootTable, listedTables, listing, pointingTo } from '../codec/acpi/root-table';
import { TableHeader, withChecksum } from '../codec/acpi/table';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Allocator } from './table-loader';

const ALIGN = 16;

/**
 * Puts tables into memory, and into a new RSDT or XSDT, each in the place of the one with its signature if there is one.
 * Their checksums are filled in.
 */
export async function installTables(
  hardware: Hardware,
  rsdp: Hpa,
  allocate: Allocator,
  tables: readonly Uint8Array[],
): Promise<void> {
  const read = hardware.readBlock.bind(hardware);
  const root = await findRootTable(read, rsdp);
  const table = await tableAt(read, root.address);
  const put = async (bytes: Uint8Array): Promise<Hpa> => {
    const address = allocate(bytes.length, ALIGN);
    await hardware.writeBlock(address, withChecksum(bytes));
    return address;
  };

  const entries = new Map<string, Hpa>();
  for (const address of listedTables(table)) {
    const { signature } = TableHeader.decode(await read(address, TableHeader.size));
    entries.set(entries.has(signature) ? `${signature} at ${address}` : signature, address);
  }
  for (const each of tables) entries.set(TableHeader.decode(each).signature, await put(each));
  const list = await put(listing(table, [...entries.values()]));
  await hardware.writeBlock(rsdp, pointingTo(root, list));
}
