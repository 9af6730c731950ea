/** q35: I/O ports, ECAM where software puts it, the memory map as E820. QEMU hw/i386/acpi-build.c: acpi_build(). */
import { E820_TYPE, type E820Entry, encodeE820 } from '../../codec/acpi/e820';
import { encodeFadt } from '../../codec/acpi/fadt';
import { encodeMcfg } from '../../codec/acpi/mcfg';
import { swap32, toBytes } from '../../codec/bytes';
import { DMA_PORT, DMA_SIGNATURE, PORT } from '../../codec/fw-cfg';
import { CONFIG_PORT, ConfigAddress } from '../../codec/pci/configuration';
import { PCIEXBAR, PciExpressBar } from '../../codec/pci/q35';
import { end, type Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import type { Topology } from '../../machine/topology';
import type { PciFabric } from '../pci/pci-fabric';
import type { Board, Ports } from './board';
import { memoryControllerHub, southBridge } from './q35-functions';
import { q35MemoryMap } from './q35-memory-map';
import { cedtOf } from './tables/cedt';
import { constant, firmwareFiles } from './tables/firmware-files';
import type { FwCfg } from './tables/fw-cfg';
import { alignUp, type MemoryMap, WINDOW_ALIGN } from './tables/memory-map';
import { dsdt } from './tables/namespace';
import { buses, memoryIn, memoryResource, portsResource, without } from './tables/root-resources';
import type { FirstBus, TableStyle } from './tables/style';

const NOTHING = 0xffff_ffff;
const MIB = 1n << 20n;
const GIB = 1n << 30n;

/** The size of ECAM. */
const ECAM_SIZE = 256n * MIB;

/** Where the fixed addresses of interrupt controllers begin, below which PCI ends. */
const IO_APIC = 0xfec0_0000n;

/** Room for 64-bit BARs: `pci-hole64-size`. */
const ROOM_ABOVE = 32n * GIB;

/** VGA memory. */
const LEGACY = { base: 0xa_0000n, size: 0x2_0000n };

/** The last APIC id that fits the structure of 8-bit ids: 255 addresses all. */
const LAST_8_BIT = 254;

const STYLE: TableStyle = {
  root: 'RSDT',
  bridgeName: (uid) => `CL${uid.toString(16).toUpperCase().padStart(2, '0')}`,
  processor: (_, apicId) => ({ kind: apicId > LAST_8_BIT ? 'local x2APIC' : 'local APIC', apicId }),
  ramObject: 'pc.ram',
  sratRevision: 1,
  hole: { base: 0xa_0000n, size: 0x6_0000n }, // between conventional RAM and 1 MiB
  moreThanNodes: 2,
};

export function q35Board(topology: Topology, quirks: Quirks): Board {
  const map = q35MemoryMap(topology, quirks);
  const mch = memoryControllerHub();
  const ecam = (): Range | undefined => {
    const raw = mch.config.read32(PCIEXBAR);
    const base = BigInt((raw & 0xf000_0000) >>> 0);
    return PciExpressBar.decode(raw).enable ? { base, size: ECAM_SIZE } : undefined;
  };
  return {
    map,
    style: STYLE,
    before: [mch],
    behind: southBridge(),
    ecam,
    inRam: [],
    unassigned: () => [],
    mappings: () => [],
    onMove: (moved) => mch.config.onWrite(PCIEXBAR, moved),
    ports,
    files: (contents, quirks, facts) => {
      const tables = () => {
        const [{ numa, roots }, at] = [contents(), ecam()?.base];
        return [
          dsdt(map, roots, firstBus(map, at, quirks), STYLE, quirks, facts),
          encodeFadt(0), // where the file of tables has the DSDT
          ...numa,
          ...(at === undefined ? [] : [encodeMcfg(at)]),
          cedtOf(map, quirks, facts),
        ];
      };
      const hasEnd = map.hotplug !== undefined || !quirks.has('reserved-memory-end-missing');
      return {
        ...firmwareFiles(map, tables, STYLE, quirks),
        'etc/e820': constant(encodeE820(e820Of(map, quirks))),
        ...(hasEnd && { 'etc/reserved-memory-end': constant(toBytes(reservedEnd(map, quirks), 8)) }),
      };
    },
  };
}

function ports(fabric: () => PciFabric, fwCfg: () => FwCfg): Ports {
  let address = 0;
  const register = () => ConfigAddress.decode(address).register * 4;
  const target = () => {
    const { enable, bus, device, fn } = ConfigAddress.decode(address);
    return enable ? fabric().find(bus, device, fn) : undefined;
  };
  const in32 = (port: number): number => {
    if (port === CONFIG_PORT.data) return target()?.read32(register()) ?? NOTHING;
    if (port === DMA_PORT.high) return DMA_SIGNATURE.high;
    return port === DMA_PORT.low ? DMA_SIGNATURE.low : NOTHING;
  };
  return {
    in8: async (port) => (port === PORT.data ? fwCfg().readByte() : 0xff),
    in16: async () => 0xffff,
    in32: async (port) => in32(port),
    out8: async () => {},
    out16: async (port, value) => {
      if (port === PORT.selector) fwCfg().select(value);
    },
    out32: async (port, value) => {
      if (port === CONFIG_PORT.address) address = value;
      else if (port === CONFIG_PORT.data) target()?.write(register(), toBytes(value, 4));
      else if (port === DMA_PORT.high) fwCfg().writeHigh(swap32(value));
      else if (port === DMA_PORT.low) fwCfg().writeLow(swap32(value));
    },
  };
}

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

/** What is left below the interrupt controllers, and room above all else. */
const firstBus =
  ({ ram, hostRegisters, windows, bridges }: MemoryMap, ecam: bigint | undefined, quirks: Quirks): FirstBus =>
  (others) => {
    const used = [...(ecam === undefined ? [] : [{ base: ecam, size: ECAM_SIZE }]), ...memoryIn(others, 32)];
    const lowest = Math.min(0x100, ...bridges.map(({ uid }) => uid));
    const free = without(used, end(ram[0] as Range), quirks.has('pci0-crs-truncated') ? hostRegisters.base : IO_APIC);
    const above = alignUp(
      windows.reduce((sum, { window }) => sum + window.size, end(hostRegisters)),
      GIB,
    );
    return [
      buses(0, lowest - 1),
      { kind: 'ports', minimum: 0xcf8n, maximum: 0xcf8n, length: 8n },
      portsResource(0n, 0xcf7n),
      portsResource(0xd00n, 0xffffn),
      memoryResource(LEGACY, 32, true),
      ...free.map((range) => memoryResource(range, 32)),
      memoryResource({ base: above, size: ROOM_ABOVE }, 64, true),
    ];
  };
