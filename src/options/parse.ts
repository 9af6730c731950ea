/** From a QEMU command line to the machine that it describes: QEMU docs/system/devices/cxl.rst. */
import { FIELDS } from '../ledger/devices';
import { DEFAULT_PLATFORM, PLATFORM_NAMES, type PlatformName } from '../ledger/platforms';
import type { FixedWindow, HostBridge, PciePort, PciPlace, TestDevice, Topology } from '../machine/topology';
import { parseBoard } from './board';
import { devicesOf, idOf } from './device';
import { type CommandLine, readCommandLine, said } from './line';
import { parseModules } from './module';
import { parseHmat, parseNuma } from './numa';
import type { Option } from './option';
import { isUsualOrder, parseOrder } from './order';
import { freeSlots, parseOthers, type Slots } from './others';
import { isPciFunction, placesOf, ROOT_BUS } from './place';
import { parsePorts } from './port';
import { checkProperties, fieldsIn } from './properties';
import { DEFAULT_GRANULARITY, parseSize } from './size';
import { parseProcessors, parseSmp } from './smp';
import { parseSwitches } from './switch';
import { parseType3s } from './type3';
import { words } from './words';

/** QEMU's own, where `-m` is not given. */
const DEFAULT_RAM = '128M';

/** QEMU hw/core/machine-smp.c and system/vl.c: RAM comes in multiples of this. */
const RAM_UNIT = 8192n;

export { ROOT_BUS };

/** Devices on other buses than PCI, which leave a CXL machine as it is. */
const IGNORED =
  /^(usb-(?!ehci$)|ide-|scsi-|isa-|virtio-\w+-device$|virtserialport$|virtconsole$|hda-|sd-card|loader$|guest-loader$|tpm-|ipmi-|intel-iommu$|nvme-ns$|nvme-subsys$|pvpanic$|vmcoreinfo$|vmgenid$|smbus-|i2c-)/;

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
  'pc-dimm',
  'nvdimm',
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
  const slots = freeSlots(line);
  const [pciePorts, testDevices] = [parsePciePorts(line, slots), parseTestDevices(line, slots)];
  const all = { ports: parsePorts(line), others: parseOthers(line, slots), modules: parseModules(line) };
  const board = parseBoard(line);
  const topology = {
    ...(machineType !== DEFAULT_PLATFORM && { machineType }),
    ram: parseRam(line),
    processors: parseProcessors(line),
    ...(smp && { smp }),
    ...(hotplug && { hotplug }),
    hostBridges,
    ...(switches.length > 0 && { switches }),
    windows: parseWindows(line),
    type3s: parseType3s(line),
    testDevices,
    ...(pciePorts.length > 0 && { pciePorts }),
    ...(numa && { numa }),
    ...(hmat !== undefined && { hmat }),
    ...Object.fromEntries(Object.entries(all).filter(([, found]) => Object.keys(found).length > 0)),
    ...(board && { board }),
  };
  const order = parseOrder(line);
  return isUsualOrder(order, topology) ? topology : { ...topology, order };
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
  checkProperties(device);
  if (KNOWN.has(driver) || isPciFunction(driver) || IGNORED.test(driver)) return;
  throw new RangeError(`device ${driver} is not modelled`);
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
  const [places, slots] = [placesOf(line), freeSlots(line)];
  return devicesOf(line, 'pxb-cxl').map((bridge) => {
    const id = idOf(bridge, line);
    const ports = rootPorts.filter((port) => places.get(port)?.bus === id).map((port) => idOf(port, line));
    const place = slots.unusual(bridge);
    return {
      id,
      rootPorts: ports,
      ...fieldsIn(FIELDS.hostBridge, bridge.value),
      ...(place && { place }),
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
        granularity: Number(parseSize(said(machine, `${window}.interleave-granularity`) ?? `${DEFAULT_GRANULARITY}`)),
      };
    });
}

const parsePciePorts = (line: CommandLine, slots: Slots): PciePort[] =>
  slots.pciePorts.map((device) => ({ id: idOf(device, line), ...placeOf(slots.unusual(device)) }));

const parseTestDevices = (line: CommandLine, slots: Slots): TestDevice[] =>
  slots.testDevices.map((device) => {
    const { bus = ROOT_BUS, fn = 0 } = slots.places.get(device) ?? {};
    return {
      id: idOf(device, line),
      ...fieldsIn(FIELDS.testDevice, device.value),
      ...(bus === ROOT_BUS ? placeOf(slots.unusual(device)) : { port: bus }),
      ...(device.value('addr') !== undefined && bus !== ROOT_BUS && { function: fn }),
    };
  });

const placeOf = (place: PciPlace | undefined) => place && { place };

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
