/** From a QEMU command line to the machine that it describes: QEMU docs/system/devices/cxl.rst. */
import type { FixedWindow, HostBridge, TestDevice, Topology } from '../machine/topology';
import { devicesOf, idOf } from './device';
import { type CommandLine, readCommandLine, said } from './line';
import { parseNuma } from './numa';
import type { Option } from './option';
import { parseSize } from './size';
import { parseSwitches } from './switch';
import { parseType3s } from './type3';
import { words } from './words';

/** QEMU's own, where `-m` is not given. */
const DEFAULT_RAM = '128M';

/** QEMU hw/core/machine-smp.c and system/vl.c: RAM comes in multiples of this. */
const RAM_UNIT = 8192n;

/** QEMU hw/cxl/cxl-host.c: cxl_fixed_memory_window_config(). */
const DEFAULT_GRANULARITY = '256';

/** Devices that leave a CXL machine as it is. */
const IGNORED =
  /^(virtio-|e1000|nvme|usb-|qemu-xhci|nec-usb-xhci|ich9-|VGA|virtio-vga|bochs-display|ide-|scsi-|megasas|ahci|isa-|pvpanic|intel-|hda-|i6300esb|rtl8139|igb|vmxnet3|ioh3420|pcie-root-port|pcie-pci-bridge|pci-bridge|edu$|vfio-pci|vhost-|sd-card|loader$|guest-loader$|tpm-|ipmi-|amd-iommu)/;

/** Those that are in a topology. */
const KNOWN: ReadonlySet<string> = new Set([
  'pxb-cxl',
  'cxl-rp',
  'cxl-upstream',
  'cxl-downstream',
  'cxl-type3',
  'pci-testdev',
]);

/** The words of a command line that was pasted as text, or has been taken apart by a shell. */
export const parse = (line: string | readonly string[]): Topology =>
  topologyOf(readCommandLine(typeof line === 'string' ? words(line) : line));

/**
 * What QEMU itself refuses is not looked for here.
 * @throws RangeError for what has no place in a topology, in a sentence; SyntaxError for what cannot be read
 */
export function topologyOf(line: CommandLine): Topology {
  checkMachine(line);
  for (const device of line.devices) checkDevice(device);
  const hotplug = parseHotplug(line);
  const hostBridges = parseHostBridges(line);
  const switches = parseSwitches(line);
  const numa = parseNuma(line);
  return {
    ...{ ram: alignUp(parseSize(said(line.memory, 'size') ?? DEFAULT_RAM, 'M'), RAM_UNIT) },
    ...{ processors: Number(said(line.processors, 'cpus') ?? 1), ...(hotplug && { hotplug }) },
    ...{ hostBridges, ...(switches.length > 0 && { switches }) },
    ...{ windows: parseWindows(line), type3s: parseType3s(line), testDevices: parseTestDevices(line) },
    ...(numa && { numa }),
  };
}

function checkMachine({ machine }: CommandLine): void {
  const type = said(machine, 'type') ?? 'pc';
  if (!/^(pc-)?q35(-\d+\.\d+)?$/.test(type)) throw new RangeError(`a machine ${type} has no place here: q35 has`);
}

function checkDevice(device: Option): void {
  const driver = `${device.value('driver')}`;
  if (!KNOWN.has(driver) && !IGNORED.test(driver)) throw new RangeError(`a device ${driver} has no place here`);
}

function parseHotplug({ memory }: CommandLine): Topology['hotplug'] {
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
    return { id, bus: Number(bridge.value('bus_nr') ?? 0), rootPorts: ports, ...passthrough };
  });
}

function parseWindows({ machine }: CommandLine): FixedWindow[] {
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

const parseTestDevices = (line: CommandLine): TestDevice[] =>
  devicesOf(line, 'pci-testdev').map((device) => ({
    id: idOf(device, line),
    bar: parseSize(device.value('membar') ?? '0'),
  }));

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
