import { Fadt, X_FADT_AT, XFadt } from '../../../codec/acpi/fadt';
import { AddChecksum, AddPointer, Allocate, COMMAND, encodeScript } from '../../../codec/acpi/loader-script';
import { encodeTable, Rsdp, Rsdp2, RsdtEntry, TableHeader, XsdtEntry } from '../../../codec/acpi/table';
import { toBytes } from '../../../codec/bytes';
import type { Quirks } from '../../../ledger/quirks';
import type { TableStyle } from './style';

const RSDP = 'etc/acpi/rsdp';
const TABLES = 'etc/acpi/tables';

/** Where the pointers of each kind of root table are, and how wide: in it, in the RSDP, in the FADT. */
const POINTERS = {
  RSDT: {
    size: 4,
    entry: RsdtEntry.size,
    rsdp: Rsdp.offsetOf('rsdtAddress'),
    dsdt: TableHeader.size + Fadt.offsetOf('dsdt'),
  },
  XSDT: {
    size: 8,
    entry: XsdtEntry.size,
    rsdp: Rsdp2.offsetOf('xsdtAddress'),
    dsdt: X_FADT_AT + XFadt.offsetOf('dsdt'),
  },
} as const;

/** One file with all tables and the one that lists them, one with the RSDP, and the script by which firmware places and completes them. */
export function tableFiles(tables: readonly Uint8Array[], root: TableStyle['root'], quirks: Quirks) {
  const pointers = POINTERS[root];
  let size = 0;
  const placed = tables.map((bytes) => {
    size += bytes.length;
    return { bytes, at: size - bytes.length, signature: TableHeader.decode(bytes).signature };
  });
  const dsdt = placed.find(({ signature }) => signature === 'DSDT');
  const fadt = placed.find(({ signature }) => signature === 'FACP');
  const listed = placed.filter(({ signature }) => signature !== 'DSDT');
  const list = encodeTable(root, Buffer.concat(listed.map(({ at }) => toBytes(at, pointers.entry))));
  const fadtToDsdt = (fadt?.at ?? 0) + pointers.dsdt;
  const file = Buffer.concat([...tables, list]);
  file.set(toBytes(dsdt?.at ?? 0, pointers.size), fadtToDsdt);

  const checksum = TableHeader.offsetOf('checksum');
  const summed = [...placed, { bytes: list, at: size, signature: root }].filter(
    ({ signature }) => signature !== 'CEDT' || !quirks.has('cedt-unsummed'),
  );
  const loader = encodeScript([
    allocate(RSDP, 16),
    allocate(TABLES, 64),
    point(TABLES, fadtToDsdt, pointers.size),
    ...listed.map((_, i) => point(TABLES, size + TableHeader.size + i * pointers.entry, pointers.entry)),
    point(RSDP, pointers.rsdp, pointers.size),
    ...summed.map(({ bytes, at }) => sum(TABLES, at + checksum, at, bytes.length)),
    sum(RSDP, Rsdp.offsetOf('checksum'), 0, Rsdp.size),
    ...(root === 'XSDT' ? [sum(RSDP, Rsdp2.offsetOf('extendedChecksum'), 0, Rsdp2.size)] : []),
  ]);
  const names = { signature: 'RSD PTR ', oemId: 'BOCHS' };
  const rsdp =
    root === 'XSDT'
      ? Rsdp2.encode({ ...names, revision: 2, length: Rsdp2.size, xsdtAddress: BigInt(size) })
      : Rsdp.encode({ ...names, rsdtAddress: size });
  return { tables: file, rsdp, loader };
}

const allocate = (file: string, align: number) => Allocate.encode({ command: COMMAND.allocate, file, align });

const point = (file: string, offset: number, size: number) =>
  AddPointer.encode({ command: COMMAND.addPointer, file, source: TABLES, offset, size });

const sum = (file: string, offset: number, start: number, length: number) =>
  AddChecksum.encode({ command: COMMAND.addChecksum, file, offset, start, length });
