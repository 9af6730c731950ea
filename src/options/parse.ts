/** From a QEMU command line to the machine that it describes: QEMU docs/system/devices/cxl.rst. */
import { DEFAULT_PLATFORM, PLATFORM_NAMES, type PlatformName } from '../ledger/platforms';
import type { FixedWindow, HostBridge, PciePort, TestDevice, Topology } from '../machine/topology';
import { devicesOf, idOf } from './device';
import { type CommandLine, readCommandLine, said } from './line';
import { parseHmat, parseNuma } from './numa';
import type { Option } from './option';
import { parseSize } from './size';
import { parseProcessors, parseSmp } from './smp';
import { parseSwitches } from './switch';
import { parseType3s } from './type3';
import { words } from './words';

/** QEMU's own, where `-m` is not given. */
const DEFAULT_RAM = '128M';

/** QEMU hw/core/machine-smp.c and system/vl.c: RAM comes in multiples of this. */
const RAM_UNIT = 8192n;

/** QEMU hw/cxl/cxl-host.c: cxl_fixed_memory_window_config(). */
const DEFAULT_GRANULARITY = '256';

/** QEMU's way to say that a host bridge is on no node. */
const UNASSIGNED = '128';

export const ROOT_BUS = 'pcie.0';

/** Devices that leave a CXL machine as it is. */
const IGNORED =
  /^(virtio-|e1000|nvme|usb-|qemu-xhci|nec-usb-xhci|ich9-|VGA|virtio-vga|bochs-display|ide-|scsi-|megasas|ahci|isa-|pvpanic|intel-|hda-|i6300esb|rtl8139|igb|vmxnet3|ioh3420|pcie-pci-bridge|pci-bridge|edu$|vfio-pci|vhost-|sd-card|loader$|guest-loader$|tpm-|ipmi-|amd-iommu)/;

/** Those that are in a topology. */
export const KNOWN: ReadonlySet<string> = new Set([
  'pxb-cxl',
  'cxl-rp',
  'cxl-upstream',
  'cxl-downstream',
  'cxl-switch-mailbox-cci',
  'cxl-type3',
  'pci-testdev',
  'pcie-root-port',
]);

/** The words of a command line that was pasted as text, or has been taken apart by a shell. */
export const parse = (line: string | readonly string[]): Topology =>
  topologyOf(readCommandLine(typeof line === 'string' ? words(line) : line));

/**
 * What QEMU itself refuses is not looked for here.
 * @throws RangeError for what has no place in a topology, in a sentence; SyntaxError for what cannot be read
 */
export function topologyOf(line: CommandLine): Topology {
  const machineType = machineTypeOf(line);
  for (const device of line.devices) checkDevice(device);
  const hotplug = parseHotplug(line);
  const hostBridges = parseHostBridges(line);
  const switches = parseSwitches(line);
  const numa = parseNuma(line);
  const smp = parseSmp(line);
  const hmat = parseHmat(line, numa);
  const pciePorts = parsePciePorts(line);
  return {
    ...(machineType !== DEFAULT_PLATFORM && { machineType }),
    ram: parseRam(line),
    ...{ processors: parseProcessors(line), ...(smp && { smp }), ...(hotplug && { hotplug }) },
    ...{ hostBridges, ...(switches.length > 0 && { switches }) },
    ...{ windows: parseWindows(line), type3s: parseType3s(line), testDevices: parseTestDevices(line) },
    ...{ ...(pciePorts.length > 0 && { pciePorts }), ...(numa && { numa }), ...(hmat !== undefined && { hmat }) },
  };
}

/** @throws RangeError for a machine that has no CXL */
export function machineTypeOf({ machine }: CommandLine): PlatformName {
  const type = said(machine, 'type') ?? 'pc';
  const found = PLATFORM_NAMES.find((name) => new RegExp(`^(pc-)?${name}(-\\d+\\.\\d+)?$`).test(type));
  if (!found) throw new RangeError(`machine ${type} is not supported: only ${PLATFORM_NAMES.join(' and ')} are`);
  return found;
}

function checkDevice(device: Option): void {
  const driver = `${device.value('driver')}`;
  if (!KNOWN.has(driver) && !IGNORED.test(driver)) throw new RangeError(`device ${driver} is not supported`);
}

/** In bytes. */
export const parseRam = ({ memory }: CommandLine): bigint =>
  alignUp(parseSize(said(memory, 'size') ?? DEFAULT_RAM, 'M'), RAM_UNIT);

export function parseHotplug({ memory }: CommandLine): Topology['hotplug'] {
  const maxRam = said(memory, 'maxmem');
  return maxRam === undefined
    ? undefined
    : { maxRam: parseSize(maxRam, 'M'), slots: Number(said(memory, 'slots') ?? 0) };
}

function parseHostBridges(line: CommandLine): HostBridge[] {
  const rootPorts = devicesOf(line, 'cxl-rp');
  return devicesOf(line, 'pxb-cxl').map((bridge) => {
    const id = idOf(bridge, line);
    const passthrough = bridge.value('hdm_for_passthrough') === 'on' && { hdmForPassthrough: true };
    const ports = rootPorts.filter((port) => port.value('bus') === id).map((port) => idOf(port, line));
    const node = bridge.value('numa_node') ?? UNASSIGNED;
    return {
      ...{ id, bus: Number(bridge.value('bus_nr') ?? 0), rootPorts: ports, ...passthrough },
      ...(node !== UNASSIGNED && { node: Number(node) }),
    };
  });
}

export function parseWindows({ machine }: CommandLine): FixedWindow[] {
  const keys = [...new Set(machine.flatMap((option) => option.keys))];
  const numbers = keys.flatMap((key) => /^cxl-fmw\.(\d+)\./.exec(key)?.[1] ?? []);
  return [...new Set(numbers.map(Number))]
    .sort((a, b) => a - b)
    .map((n) => {
      const window = `cxl-fmw.${n}`;
      const ways = keys.filter((key) => key.startsWith(`${window}.targets.`));
      return {
        size: parseSize(`${said(machine, `${window}.size`)}`),
        targets: ways.map((_, way) => `${said(machine, `${window}.targets.${way}`)}`),
        granularity: Number(parseSize(said(machine, `${window}.interleave-granularity`) ?? DEFAULT_GRANULARITY)),
      };
    });
}

const parsePciePorts = (line: CommandLine): PciePort[] =>
  devicesOf(line, 'pcie-root-port').map((device) => {
    const bus = device.value('bus') ?? ROOT_BUS;
    if (bus !== ROOT_BUS) throw new RangeError(`a pcie-root-port on ${bus} is not supported: only on ${ROOT_BUS}`);
    return { id: idOf(device, line) };
  });

const parseTestDevices = (line: CommandLine): TestDevice[] =>
  devicesOf(line, 'pci-testdev').map((device) => {
    const [membar, bus, address] = [device.value('membar'), device.value('bus') ?? ROOT_BUS, device.value('addr')];
    return {
      ...{ id: idOf(device, line), ...(membar !== undefined && { bar: parseSize(membar) }) },
      ...{ ...(bus !== ROOT_BUS && { port: bus }), ...(address !== undefined && { function: functionOf(address) }) },
    };
  });

/** Of `0.3`; of a device whose number is another one there is none. */
function functionOf(address: string): number {
  const [all, fn] = /^0+(?:\.([0-7]))?$/.exec(address) ?? [];
  if (all === undefined)
    throw new RangeError(`a pci-testdev at addr=${address} is not supported: only at device 0, such as addr=0.1`);
  return Number(fn ?? 0);
}

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
