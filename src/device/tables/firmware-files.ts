import { encodeCedt } from '../../codec/acpi/cedt';
import { E820_TYPE, type E820Entry, encodeE820 } from '../../codec/acpi/e820';
import { encodeFadt } from '../../codec/acpi/fadt';
import { encodeMcfg } from '../../codec/acpi/mcfg';
import { Rsdp } from '../../codec/acpi/table';
import { toBytes } from '../../codec/bytes';
import { end, type Range } from '../../codec/range';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { PciBus } from '../pci/pci-fabric';
import type { MemoryMap } from './memory-map';
import { dsdt } from './namespace';
import { tableFiles } from './table-files';

const MIB = 1n << 20n;
const WINDOW_ALIGN = 256n * MIB;

/** A fw_cfg file. Its size is known before its content, which may depend on what software did until it reads it. */
export interface FirmwareFile {
  readonly size: number;
  readonly read: () => Uint8Array;
}

/** As QEMU does, files of tables have a fixed size, so that their content can still change. */
const SIZE = { rsdp: Rsdp.size, tables: 0x2000, loader: 0x1000 };

/**
 * What the machine tells its firmware, by fw_cfg file: the memory map, ACPI tables, and how to place them.
 * `numa` are the tables on NUMA, `roots` the extra root buses by number, and `ecam` is where software has put ECAM, by
 * the time that it reads the tables.
 */
export function firmwareFiles(
  map: MemoryMap,
  numa: () => readonly Uint8Array[],
  roots: () => ReadonlyMap<number, PciBus>,
  ecam: () => bigint | undefined,
  quirks: Quirks,
  facts: Facts,
): Record<string, FirmwareFile> {
  const tables = once(() => tableFiles(tablesOf(map, numa(), roots, ecam(), quirks, facts), quirks));
  const hasEnd = map.hotplug !== undefined || !quirks.has('reserved-memory-end-missing');
  return {
    'etc/acpi/rsdp': { size: SIZE.rsdp, read: () => tables().rsdp },
    'etc/acpi/tables': { size: SIZE.tables, read: () => tables().tables },
    'etc/e820': constant(encodeE820(e820Of(map, quirks))),
    'etc/extra-pci-roots': constant(toBytes(map.bridges.length, 8)),
    ...(hasEnd && { 'etc/reserved-memory-end': constant(toBytes(reservedEnd(map, quirks), 8)) }),
    'etc/table-loader': { size: SIZE.loader, read: () => tables().loader },
  };
}

const constant = (bytes: Uint8Array): FirmwareFile => ({ size: bytes.length, read: () => bytes });

function reservedEnd({ reservedEnd, hotplug }: MemoryMap, quirks: Quirks): bigint {
  return quirks.has('reserved-memory-end-ignores-cxl') && hotplug ? end(hotplug) : reservedEnd;
}

function e820Of({ ram, reserved, hostRegisters, windows }: MemoryMap, quirks: Quirks): E820Entry[] {
  const cfmws = windows.map(({ window }) => window);
  const over: [string, number, readonly Range[]][] = [
    ['e820-reserves-host-registers', E820_TYPE.RESERVED, [hostRegisters]],
    ['e820-reserves-cfmws', E820_TYPE.RESERVED, cfmws],
    ['e820-reserves-first-cfmws', E820_TYPE.RESERVED, cfmws.length > 1 ? cfmws.slice(0, 1) : []],
    ['e820-reserves-last-cfmws', E820_TYPE.RESERVED, cfmws.length > 1 ? cfmws.slice(-1) : []],
    ['e820-cfmws-is-ram', E820_TYPE.RAM, cfmws],
    ['e820-cfmws-is-soft-reserved', E820_TYPE.SOFT_RESERVED, cfmws],
    [
      'e820-misses-alignment-gap',
      E820_TYPE.RESERVED,
      cfmws.map(({ base, size }) => ({ base: base - WINDOW_ALIGN + MIB, size })),
    ],
  ];
  const listed = quirks.has('e820-forgets-high-ram') ? ram.slice(0, 1) : ram;
  return [
    ...reserved.map((range) => ({ ...range, type: E820_TYPE.RESERVED })),
    ...listed.map((range) => ({ ...range, type: E820_TYPE.RAM })),
    ...over.flatMap(([quirk, type, ranges]) =>
      quirks.has(quirk as never) ? ranges.map((range) => ({ ...range, type })) : [],
    ),
  ];
}

/** In QEMU's order: a table that others point to comes before them. hw/i386/acpi-build.c: acpi_build(). */
function tablesOf(
  map: MemoryMap,
  numa: readonly Uint8Array[],
  roots: () => ReadonlyMap<number, PciBus>,
  ecam: bigint | undefined,
  quirks: Quirks,
  facts: Facts,
): Uint8Array[] {
  return [
    dsdt(map, roots(), ecam, quirks, facts),
    encodeFadt(0), // where the file of tables has the DSDT
    ...numa,
    ...(ecam === undefined ? [] : [encodeMcfg(ecam)]),
    cedtOf(map, quirks, facts),
  ];
}

function cedtOf({ bridges, devices, windows }: MemoryMap, quirks: Quirks, { windowRestrictions }: Facts): Uint8Array {
  const short = quirks.has('chbs-short') ? { size: 8192n } : {};
  const lost = quirks.has('cfmws-granularity-lost') ? { granularity: 256 } : {};
  return encodeCedt([
    ...[...bridges]
      .sort((a, b) => devices.indexOf(a.id) - devices.indexOf(b.id))
      .map(({ uid, registers }) => ({ kind: 'CHBS', uid, registers: { ...registers, ...short } }) as const),
    ...windows.map((window) => ({ kind: 'CFMWS', restrictions: windowRestrictions, ...window, ...lost }) as const),
  ]);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
