import { Fadt } from '../../codec/acpi/fadt';
import { AddChecksum, AddPointer, Allocate, COMMAND, encodeScript } from '../../codec/acpi/loader-script';
import { encodeTable, Rsdp, RsdtEntry, TableHeader } from '../../codec/acpi/table';
import type { Quirks } from '../../ledger/quirks';

const RSDP = 'etc/acpi/rsdp';
const TABLES = 'etc/acpi/tables';

/** One file with all tables and the RSDT, one with the RSDP, and the script by which firmware places and completes them. */
export function tableFiles(tables: readonly Uint8Array[], quirks: Quirks) {
  let size = 0;
  const placed = tables.map((bytes) => {
    size += bytes.length;
    return { bytes, at: size - bytes.length, signature: TableHeader.decode(bytes).signature };
  });
  const dsdt = placed.find(({ signature }) => signature === 'DSDT');
  const fadt = placed.find(({ signature }) => signature === 'FACP');
  const listed = placed.filter(({ signature }) => signature !== 'DSDT');
  const rsdt = encodeTable('RSDT', Buffer.concat(listed.map(({ at }) => RsdtEntry.encode({ address: at }))));
  const fadtToDsdt = (fadt?.at ?? 0) + TableHeader.size + Fadt.offsetOf('dsdt');
  const file = Buffer.concat([...tables, rsdt]);
  file.writeUInt32LE(dsdt?.at ?? 0, fadtToDsdt);

  const checksum = TableHeader.offsetOf('checksum');
  const summed = [...placed, { bytes: rsdt, at: size, signature: 'RSDT' }].filter(
    ({ signature }) => signature !== 'CEDT' || !quirks.has('cedt-unsummed'),
  );
  const loader = encodeScript([
    allocate(RSDP, 16),
    allocate(TABLES, 64),
    point(TABLES, fadtToDsdt),
    ...listed.map((_, i) => point(TABLES, size + TableHeader.size + i * RsdtEntry.size)),
    point(RSDP, Rsdp.offsetOf('rsdtAddress')),
    ...summed.map(({ bytes, at }) => sum(TABLES, at + checksum, at, bytes.length)),
    sum(RSDP, Rsdp.offsetOf('checksum'), 0, Rsdp.size),
  ]);
  const rsdp = Rsdp.encode({ signature: 'RSD PTR ', oemId: 'BOCHS', rsdtAddress: size });
  return { tables: file, rsdp, loader };
}

const allocate = (file: string, align: number) => Allocate.encode({ command: COMMAND.allocate, file, align });

const point = (file: string, offset: number) =>
  AddPointer.encode({ command: COMMAND.addPointer, file, source: TABLES, offset, size: 4 });

const sum = (file: string, offset: number, start: number, length: number) =>
  AddChecksum.encode({ command: COMMAND.addChecksum, file, offset, start, length });
