/** Where a machine has RAM and CXL: what is alike on all platforms. QEMU hw/cxl/cxl-host.c. */
import type { Cfmws, Chbs } from '../../../codec/acpi/cedt';
import { hashOrder } from '../../../codec/hash-order';
import { end, type Range } from '../../../codec/range';
import type { Quirks } from '../../../ledger/quirks';
import { deviceIds } from '../../../machine/object-names';
import type { HostBridge, Topology } from '../../../machine/topology';

export const WINDOW_ALIGN = 256n << 20n;
const COMPONENT_REGISTERS = 0x1_0000n;

/** Where a platform puts RAM and CXL. */
export interface MemoryMap {
  readonly ram: readonly Range[];
  /** What the memory map reserves. */
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

/** Host bridges have registers in `hostRegisters`; windows lie one behind the other from `windowsFrom`. */
export function cxlRanges(topology: Topology, hostRegisters: Range, windowsFrom: bigint, quirks: Quirks) {
  const { hostBridges, windows } = topology;
  return {
    hostRegisters,
    bridges: hostBridges.map(({ id, bus, node }, n) => ({
      id,
      ...(node !== undefined && { node }),
      uid: bus,
      registers: componentRegisters(hostRegisters, hostBridges.length - 1 - n),
    })),
    devices: hashOrder(topology.order?.devices ?? deviceIds(topology)),
    windows: placeWindows(windowsFrom, windows, hostBridges, quirks),
  };
}

/** The last bridge on the command line comes first: hw/cxl/cxl-host.c hooks them up in that order. */
const componentRegisters = ({ base }: Range, n: number): Range => ({
  base: base + BigInt(n) * COMPONENT_REGISTERS,
  size: COMPONENT_REGISTERS,
});

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

export const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
