/** The fw_cfg files by which firmware gets tables, and how to place them. */
import { Rsdp, Rsdp2 } from '../../../codec/acpi/table';
import { toBytes } from '../../../codec/bytes';
import type { Quirks } from '../../../ledger/quirks';
import type { MemoryMap } from './memory-map';
import type { TableStyle } from './style';
import { tableFiles } from './table-files';

/** A fw_cfg file. Its size is known before its content, which may depend on what software did until it reads it. */
export interface FirmwareFile {
  readonly size: number;
  readonly read: () => Uint8Array;
}

export type FirmwareFiles = Readonly<Record<string, FirmwareFile>>;

/** As QEMU does, files of tables have a fixed size, so that their content can still change. */
const SIZE = { tables: 0x2000, loader: 0x1000 };

/** `tables` yields all of them in QEMU's order: a table that others point to comes before them. */
export function firmwareFiles(
  { bridges }: MemoryMap,
  tables: () => readonly Uint8Array[],
  { root }: TableStyle,
  quirks: Quirks,
): FirmwareFiles {
  const files = once(() => tableFiles(tables(), root, quirks));
  return {
    'etc/acpi/rsdp': { size: (root === 'XSDT' ? Rsdp2 : Rsdp).size, read: () => files().rsdp },
    'etc/acpi/tables': { size: SIZE.tables, read: () => files().tables },
    'etc/extra-pci-roots': constant(toBytes(bridges.length, 8)),
    'etc/table-loader': { size: SIZE.loader, read: () => files().loader },
  };
}

export const constant = (bytes: Uint8Array): FirmwareFile => ({ size: bytes.length, read: () => bytes });

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
