/** Where `virt` puts RAM, PCI and CXL. QEMU hw/arm/virt.c: base_memmap, virt_set_memmap(), virt_set_high_memmap(). */
import { end, type Range } from '../../codec/range';
import { RAM_BASE } from '../../codec/virt';
import type { Quirks } from '../../ledger/quirks';
import type { Topology } from '../../machine/topology';
import { alignUp, cxlRanges, type MemoryMap, WINDOW_ALIGN } from './tables/memory-map';

const MIB = 1n << 20n;
const GIB = 1n << 30n;

/** What lies above RAM begins here at the earliest. */
const HIGH = 256n * GIB;

/** In this order, each at a multiple of its size: interrupt redistributors, host bridges, ECAM, 64-bit BARs. */
const REDISTRIBUTORS = 64n * MIB;
const HOST_REGISTERS = MIB;
const ECAM = 256n * MIB;
const PCI_ROOM = 512n * GIB;

/** For 32-bit BARs, and for I/O ports. */
const LOW_PCI = { base: 0x1000_0000n, size: 0x2eff_0000n };
const PCI_PORTS = { base: 0x3eff_0000n, size: 0x1_0000n };

export interface VirtMemoryMap extends MemoryMap {
  readonly ecam: Range;
  readonly lowPci: Range;
  readonly highPci: Range;
  readonly pciPorts: Range;
}

export function virtMemoryMap(topology: Topology, quirks: Quirks): VirtMemoryMap {
  const { ram: size, hotplug } = topology;
  const ram = { base: RAM_BASE, size };
  const device = hotplug && {
    base: alignUp(end(ram), GIB),
    size: hotplug.maxRam - size + BigInt(hotplug.slots) * GIB,
  };
  const top = alignUp(device ? end(device) : end(ram), GIB);
  const redistributors = next(top < HIGH ? HIGH : top, REDISTRIBUTORS);
  const hostRegisters = next(end(redistributors), HOST_REGISTERS);
  const ecam = next(end(hostRegisters), ECAM);
  const highPci = next(end(ecam), PCI_ROOM);
  const windowsFrom = quirks.has('window-over-host-registers')
    ? hostRegisters.base
    : alignUp(end(highPci), WINDOW_ALIGN);
  const ranges = cxlRanges(topology, hostRegisters, windowsFrom, quirks);
  const last = ranges.windows.at(-1)?.window;
  return {
    ram: [ram],
    reserved: [],
    hotplug: device,
    ...ranges,
    ecam,
    lowPci: LOW_PCI,
    highPci,
    pciPorts: PCI_PORTS,
    reservedEnd: last ? end(last) : windowsFrom,
  };
}

const next = (from: bigint, size: bigint): Range => ({ base: alignUp(from, size), size });
