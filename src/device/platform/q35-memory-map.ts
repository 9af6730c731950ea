/** Where q35 puts RAM and CXL. QEMU hw/i386/pc.c: pc_memory_init(), pc_get_cxl_range_start(), pc_get_cxl_range_end(). */
import { end, type Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import type { Topology } from '../../machine/topology';
import { alignUp, cxlRanges, type MemoryMap, WINDOW_ALIGN } from './tables/memory-map';

const MIB = 1n << 20n;
const GIB = 1n << 30n;

/** RAM below 4 GiB ends here if there is more than fits below 2.75 GiB. */
const LOW_RAM_LIMIT = 0xb000_0000n;

/** What an AMD processor keeps for HyperTransport; TCG's default processor is an AMD one. */
const HYPER_TRANSPORT = { base: 0xfd_0000_0000n, size: 0x3_0000_0000n };

/** Room for 64-bit BARs, which follows all else: `pci-hole64-size`. */
export const PCI_ROOM = 32n * GIB;

export function q35MemoryMap(topology: Topology, quirks: Quirks): MemoryMap {
  const { ram, hotplug, windows } = topology;
  const { lowRam = LOW_RAM_LIMIT, hyperTransport = true, movesAbove1T = true } = topology.board ?? {};
  const most = min(ram >= LOW_RAM_LIMIT ? 2n * GIB : LOW_RAM_LIMIT, lowRam);
  const low = { base: 0n, size: min(ram, most) };
  const room = hotplug ? hotplug.maxRam - ram + BigInt(hotplug.slots) * GIB : 0n;
  const cxl = windows.reduce((sum, { size }) => sum + size, 2n * WINDOW_ALIGN);
  const high = highRam(ram - low.size, room + cxl + PCI_ROOM, movesAbove1T);
  const device = hotplug && { base: alignUp(end(high), GIB), size: room };

  const rounded = quirks.has('host-registers-behind-no-hotplug') ? alignUp(end(high), GIB) : end(high);
  const hostRegisters = { base: device ? end(device) : rounded, size: MIB };
  const windowsFrom = windowStart(hostRegisters, device, quirks);
  const ranges = cxlRanges(topology, hostRegisters, windowsFrom, quirks);
  const last = ranges.windows.at(-1)?.window;
  return {
    ram: high.size > 0n ? [low, high] : [low],
    reserved: hyperTransport ? [HYPER_TRANSPORT] : [],
    hotplug: device,
    ...ranges,
    reservedEnd: alignUp(last ? end(last) : windowsFrom, GIB),
  };
}

/** RAM above 4 GiB; all of it goes above 1 TiB if what follows it would run into the HyperTransport range. */
function highRam(size: bigint, following: bigint, moves: boolean): Range {
  const above4G = { base: 4n * GIB, size };
  return moves && end(above4G) + following >= HYPER_TRANSPORT.base ? { base: end(HYPER_TRANSPORT), size } : above4G;
}

function windowStart(hostRegisters: Range, device: Range | undefined, quirks: Quirks): bigint {
  if (quirks.has('window-over-host-registers')) return hostRegisters.base;
  if (quirks.has('window-over-hotplug-memory') && device) return alignUp(device.base, WINDOW_ALIGN);
  return alignUp(end(hostRegisters), WINDOW_ALIGN);
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
