/** Coherent Device Attribute Table (CDAT) 1.03, which a device or a switch yields by DOE. Latencies are in ns, bandwidths in MB/s. */
import { DATA_TYPES, type DataType } from '../acpi/hmat-locality';
import { decodeStructures, structuresOf } from '../acpi/structures';
import { sum } from '../acpi/table';
import { DecodeError } from '../decode-error';
import type { Range } from '../range';
import { struct, u8, u16, u32, u64 } from '../struct';
import { decodeMeasure, encodeMeasures } from './measure';

/** Section 2.1: Device Scoped Memory Affinity Structure (DSMAS): a range of DPA, known to other structures by its handle. */
export interface Dsmas {
  readonly kind: 'DSMAS';
  readonly handle: number;
  readonly dpa: Range;
  readonly nonVolatile: boolean;
  readonly dynamicCapacity: boolean;
}

/** Section 2.2: Device Scoped Latency and Bandwidth Information Structure (DSLBIS) of a DSMAS, for memory itself. */
export interface Dslbis {
  readonly kind: 'DSLBIS';
  readonly handle: number;
  readonly dataType: DataType;
  readonly value: number;
}

/** Section 2.5: Device Scoped EFI Memory Type Structure (DSEMTS): how firmware is to describe part of a DSMAS. */
export interface Dsemts {
  readonly kind: 'DSEMTS';
  readonly handle: number;
  readonly efiType: EfiType;
  /** Counted from the base of the DSMAS. */
  readonly part: Range;
}

/** Section 2.6: Switch Scoped Latency and Bandwidth Information Structure (SSLBIS). */
export interface Sslbis {
  readonly kind: 'SSLBIS';
  readonly dataType: DataType;
  readonly paths: readonly { readonly from: number; readonly to: number; readonly value: number }[];
  /** What to write values in, in ps or MB/s: the largest power of ten that divides all, unless given. */
  readonly unit?: bigint;
}

export type CdatStructure = Dsmas | Dslbis | Dsemts | Sslbis;

/** Of {@link Sslbis}: ports that are no downstream port. */
export const UPSTREAM_PORT = 0x100;

/** Table 6: EFI Memory Type and Attribute, in the order of their codes. */
const EFI_TYPES = ['conventional', 'specific purpose', 'reserved'] as const;
export type EfiType = (typeof EFI_TYPES)[number];

const REVISION = 2;
const NON_VOLATILE = 0x04;
const DYNAMIC_CAPACITY = 0x20;
const TYPE = { DSMAS: 0, DSLBIS: 1, DSEMTS: 4, SSLBIS: 5 } as const;

const Header = struct('CDAT header', {
  length: u32,
  revision: u8,
  checksum: u8,
  reserved: u16,
  reserved2: u32,
  sequence: u32,
});
export const CDAT_HEADER_SIZE = Header.size;

/** Of a whole table, by its header. */
export const cdatLength = (header: Uint8Array): number => Header.decode(header).length;

const HEADER = { type: u8, reserved: u8, length: u16 } as const;
const StructureHeader = struct('CDAT structure', HEADER);
const DsmasLayout = struct('DSMAS', { ...HEADER, handle: u8, flags: u8, reserved2: u16, base: u64, size: u64 });
const DslbisLayout = struct('DSLBIS', {
  ...HEADER,
  handle: u8,
  flags: u8,
  dataType: u8,
  reserved2: u8,
  unit: u64,
  entry: u16,
  entry1: u16,
  entry2: u16,
  reserved3: u16,
});
const DsemtsLayout = struct('DSEMTS', { ...HEADER, handle: u8, efiType: u8, reserved2: u16, offset: u64, size: u64 });
const SslbisLayout = struct('SSLBIS', { ...HEADER, dataType: u8, reserved2: u8, reserved3: u16, unit: u64 });
const SslbisEntry = struct('SSLBIS entry', { from: u16, to: u16, entry: u16, reserved: u16 });

/** A whole table, its checksum included. */
export function encodeCdat(structures: readonly CdatStructure[]): Buffer {
  const body = Buffer.concat(structures.map(encodeStructure));
  const header = { length: Header.size + body.length, revision: REVISION };
  const checksum = -sum(Buffer.concat([Header.encode(header), body])) & 0xff;
  return Buffer.concat([Header.encode({ ...header, checksum }), body]);
}

function encodeStructure(structure: CdatStructure): Uint8Array {
  const type = TYPE[structure.kind];
  switch (structure.kind) {
    case 'DSMAS': {
      const { handle, dpa, nonVolatile, dynamicCapacity } = structure;
      const flags = (nonVolatile ? NON_VOLATILE : 0) | (dynamicCapacity ? DYNAMIC_CAPACITY : 0);
      return DsmasLayout.encode({ type, length: DsmasLayout.size, handle, flags, ...dpa });
    }
    case 'DSLBIS': {
      const { unit, entries } = encodeMeasures(structure.dataType, [structure.value]);
      const dataType = DATA_TYPES.indexOf(structure.dataType);
      const { handle } = structure;
      return DslbisLayout.encode({ type, length: DslbisLayout.size, handle, dataType, unit, entry: entries[0] ?? 0 });
    }
    case 'DSEMTS': {
      const { handle, part } = structure;
      const efiType = EFI_TYPES.indexOf(structure.efiType);
      const { base: offset, size } = part;
      return DsemtsLayout.encode({ type, length: DsemtsLayout.size, handle, efiType, offset, size });
    }
    case 'SSLBIS': {
      const { dataType, paths } = structure;
      const values = paths.map(({ value }) => value);
      const { unit, entries } = encodeMeasures(dataType, values, structure.unit);
      const length = SslbisLayout.size + paths.length * SslbisEntry.size;
      const header = SslbisLayout.encode({ type, length, dataType: DATA_TYPES.indexOf(dataType), unit });
      return Buffer.concat([
        header,
        ...paths.map(({ from, to }, i) => SslbisEntry.encode({ from, to, entry: entries[i] ?? 0 })),
      ]);
    }
  }
}

/** The structures in table order, less those of other types. @throws DecodeError for a length that cannot be. */
export function decodeCdat(table: Uint8Array): CdatStructure[] {
  const length = cdatLength(table);
  if (length !== table.length)
    throw new DecodeError('CDAT', `its length field is ${length}, and ${table.length} bytes were read`, 0);
  return decodeStructures(table, Header.size, StructureHeader, ({ type, bytes }): CdatStructure[] => {
    if (type === TYPE.DSMAS) return [decodeDsmas(bytes)];
    if (type === TYPE.DSLBIS) return [decodeDslbis(bytes)];
    if (type === TYPE.DSEMTS) return [decodeDsemts(bytes)];
    return type === TYPE.SSLBIS ? [decodeSslbis(bytes)] : [];
  }).flat();
}

/** The bytes of header and structures apart: what Table Access yields one by one. @throws DecodeError for a length that cannot be. */
export const cdatEntries = (table: Uint8Array): Uint8Array[] => [
  table.subarray(0, Header.size),
  ...structuresOf(table, Header.size, StructureHeader).map(({ bytes }) => bytes),
];

function decodeDsmas(bytes: Uint8Array): Dsmas {
  const { handle, flags, base, size } = DsmasLayout.decode(bytes);
  const has = (flag: number) => (flags & flag) !== 0;
  return {
    kind: 'DSMAS',
    handle,
    dpa: { base, size },
    nonVolatile: has(NON_VOLATILE),
    dynamicCapacity: has(DYNAMIC_CAPACITY),
  };
}

function decodeDslbis(bytes: Uint8Array): Dslbis {
  const { handle, dataType: code, unit, entry } = DslbisLayout.decode(bytes);
  const dataType = named(DATA_TYPES, code, 'DSLBIS data type');
  return { kind: 'DSLBIS', handle, dataType, value: decodeMeasure(dataType, unit, entry) };
}

function decodeDsemts(bytes: Uint8Array): Dsemts {
  const { handle, efiType, offset, size } = DsemtsLayout.decode(bytes);
  return {
    kind: 'DSEMTS',
    handle,
    efiType: named(EFI_TYPES, efiType, 'EFI memory type'),
    part: { base: offset, size },
  };
}

function decodeSslbis(bytes: Uint8Array): Sslbis {
  const { dataType: code, unit } = SslbisLayout.decode(bytes);
  const dataType = named(DATA_TYPES, code, 'SSLBIS data type');
  const paths = Array.from({ length: (bytes.length - SslbisLayout.size) / SslbisEntry.size }, (_, i) => {
    const { from, to, entry } = SslbisEntry.decode(bytes, SslbisLayout.size + i * SslbisEntry.size);
    return { from, to, value: decodeMeasure(dataType, unit, entry) };
  });
  return { kind: 'SSLBIS', dataType, paths };
}

function named<T>(names: readonly T[], code: number, what: string): T {
  const name = names[code];
  if (name === undefined) throw new DecodeError(what, `${code} is reserved`);
  return name;
}
