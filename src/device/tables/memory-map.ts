import type { Cfmws, Chbs } from '../../codec/acpi/cedt';
import { hashOrder } from '../../codec/hash-order';
import { end, type Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import { deviceIds } from '../../machine/object-names';
import type { HostBridge, Topology } from '../../machine/topology';

const MIB = 1n << 20n;
const GIB = 1n << 30n;
const WINDOW_ALIGN = 256n * MIB;
const COMPONENT_REGISTERS = 0x1_0000n;

/** RAM below 4 GiB ends here if there is more than fits below 2.75 GiB. */
const LOW_RAM_LIMIT = 0xb000_0000n;

/** What an AMD processor keeps for HyperTransport; TCG's default processor is an AMD one. */
const HYPER_TRANSPORT = { base: 0xfd_0000_0000n, size: 0x3_0000_0000n };

/** Room for 64-bit BARs, which follows all else: `pci-hole64-size`. */
export const PCI_ROOM = 32n * GIB;

/** Where q35 puts RAM and CXL. */
export interface MemoryMap {
  readonly ram: readonly Range[];
  /** What E820 reserves. */
  readonly reserved: readonly Range[];
  /** Room for memory hotplug. */
  readonly hotplug: Range | undefined;
  /** The room kept for host bridges, most of it free. */
  readonly hostRegisters: Range;
  /** By id, for that is what connects them to their devices. */
  readonly bridges: readonly (Pick<Chbs, 'uid' | 'registers'> & Pick<HostBridge, 'id' | 'node'>)[];
  /** Ids of all devices, in the order in which QEMU comes across them in its object tree. */
  readonly devices: readonly string[];
  readonly windows: readonly Pick<Cfmws, 'window' | 'granularity' | 'targets'>[];
  /** The end of all this, for firmware to stay above. */
  readonly reservedEnd: bigint;
}

/** QEMU hw/i386/pc.c: pc_memory_init(), pc_get_cxl_range_start(), pc_get_cxl_range_end(). */
export function memoryMap(topology: Topology, quirks: Quirks): MemoryMap {
  const { ram, hotplug, hostBridges, windows } = topology;
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
  const placed = placeWindows(windowsFrom, windows, hostBridges, quirks);
  const last = placed.at(-1)?.window;
  return {
    ram: high.size > 0n ? [low, high] : [low],
    reserved: hyperTransport ? [HYPER_TRANSPORT] : [],
    hotplug: device,
    hostRegisters,
    bridges: hostBridges.map(({ id, bus, node }, n) => ({
      id,
      ...(node !== undefined && { node }),
      uid: bus,
      registers: componentRegisters(hostRegisters, hostBridges.length - 1 - n),
    })),
    devices: hashOrder(topology.order?.devices ?? deviceIds(topology)),
    windows: placed,
    reservedEnd: alignUp(last ? end(last) : windowsFrom, GIB),
  };
}

/** RAM above 4 GiB; all of it goes above 1 TiB if what follows it would run into the HyperTransport range. */
function highRam(size: bigint, following: bigint, moves: boolean): Range {
  const above4G = { base: 4n * GIB, size };
  return moves && end(above4G) + following >= HYPER_TRANSPORT.base ? { base: end(HYPER_TRANSPORT), size } : above4G;
}

/** The last bridge on the command line comes first: hw/cxl/cxl-host.c hooks them up in that order. */
const componentRegisters = ({ base }: Range, n: number): Range => ({
  base: base + BigInt(n) * COMPONENT_REGISTERS,
  size: COMPONENT_REGISTERS,
});

function windowStart(hostRegisters: Range, device: Range | undefined, quirks: Quirks): bigint {
  if (quirks.has('window-over-host-registers')) return hostRegisters.base;
  if (quirks.has('window-over-hotplug-memory') && device) return alignUp(device.base, WINDOW_ALIGN);
  return alignUp(end(hostRegisters), WINDOW_ALIGN);
}

function placeWindows(from: bigint, windows: Topology['windows'], bridges: readonly HostBridge[], quirks: Quirks) {
  let free = from;
  return windows.map(({ size, granularity, targets }) => {
    const window = { base: free, size };
    free = end(window) - (quirks.has('windows-overlap') ? WINDOW_ALIGN : 0n);
    return { window, granularity, targets: targets.map((id) => uidOf(id, bridges)) };
  });
}

/** @throws RangeError for a target that is not there: QEMU does not start either. */
function uidOf(id: string, hostBridges: readonly HostBridge[]): number {
  const bridge = hostBridges.find((candidate) => candidate.id === id);
  if (!bridge) throw new RangeError(`a window names ${id}, which is no host bridge`);
  return bridge.bus;
}

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
