/** QEMU arguments for a topology: QEMU docs/system/devices/cxl.rst. */
import { PLATFORMS } from '../ledger/platforms';
import type { FixedWindow, HostBridge, TestDevice, Topology } from '../machine/topology';
import { type NumaOption, numaObjects, numaOptions } from './numa';
import { need, needPlatform, offers, platformOfOffer, type QemuOffer } from './offer';
import { addressOf, portProperties } from './port';
import { switchDevices } from './switch';
import { backendObjects, type Properties, plain, type3Device } from './type3';

/**
 * A machine of the QEMU's platform with nothing in it but what the topology names. Backing files have relative names.
 * @throws NotApplicable for what the QEMU lacks.
 */
export function commandLine(topology: Topology, offer: QemuOffer): string[] {
  const {
    ram,
    hotplug,
    hostBridges,
    switches = [],
    windows,
    type3s,
    testDevices,
    pciePorts = [],
    numa,
    ports = {},
    others = [],
  } = topology;
  const { localities = [], sideCaches = [] } = numa ?? {};
  const platform = platformOfOffer(offer);
  needPlatform(offer, topology.machineType ?? platform);
  const { processor } = PLATFORMS[platform];
  const hmat = (topology.hmat ?? [...localities, ...sideCaches].length > 0) ? ['hmat=on'] : [];
  const machine = [platform, 'cxl=on', ...hmat, ...windows.flatMap(windowOptions)]; // QEMU wants all windows in one option
  const memory = [showSize(ram), ...(hotplug ? [`maxmem=${showSize(hotplug.maxRam)}`, `slots=${hotplug.slots}`] : [])];
  const devices = [
    ...hostBridges.flatMap((bridge, chassis) => bridgeDevices(bridge, chassis, ports, offer)),
    ...switches.flatMap((each, n) => switchDevices(each, hostBridges.length + n, ports, offer)),
    ...type3s.map((type3) => type3Device(type3, offer)),
    ...pciePorts.map(({ id, place }, n) => ({
      driver: 'pcie-root-port',
      id,
      bus: 'pcie.0',
      chassis: BigInt(OTHERS + n),
      ...addressOf(place),
    })),
    ...testDevices.map((device) => testDevice(device, offer)),
    ...others.map(({ driver, id, bus, place, multiFunction }, n) => ({
      driver,
      id,
      bus,
      ...(driver === 'pcie-root-port' && { chassis: BigInt(OTHERS + pciePorts.length + n) }),
      ...addressOf(place),
      ...(multiFunction && { multifunction: true }),
    })),
  ];
  const shared = type3s.map(({ backend }) => backend);
  const objects = [
    ...(numa ? numaObjects(numa, offer, shared) : []),
    ...type3s.flatMap((type3) => backendObjects(type3)),
  ];
  return [
    '-machine',
    machine.join(','),
    '-m',
    memory.join(','),
    '-smp',
    smpOption(topology),
    ...(processor ? ['-cpu', processor] : []),
    '-nodefaults',
    '-no-user-config',
    '-display',
    'none',
    ...objects.flatMap((object) => ['-object', show(object)]),
    ...(numa ? numaOptions(numa) : []).flatMap((option) => ['-numa', show(option)]),
    ...devices.flatMap((device) => ['-device', show(device)]),
  ];
}

function windowOptions({ size, targets, granularity }: FixedWindow, n: number): string[] {
  const ways = targets.map((id, way) => `cxl-fmw.${n}.targets.${way}=${id}`);
  return [...ways, `cxl-fmw.${n}.size=${showSize(size)}`, `cxl-fmw.${n}.interleave-granularity=${granularity}`];
}

function smpOption({ processors, smp }: Topology): string {
  if (!smp) return `${processors}`;
  const { maxProcessors, sockets, dies, cores, threads } = smp;
  return show({
    cpus: `${processors}`,
    maxcpus: BigInt(maxProcessors),
    sockets: BigInt(sockets),
    dies: BigInt(dies),
    cores: BigInt(cores),
    threads: BigInt(threads),
  });
}

/** Chassis numbers of host bridges are below, those of ports that belong to none from here on. */
const OTHERS = 128;

function bridgeDevices(
  bridge: HostBridge,
  chassis: number,
  properties: NonNullable<Topology['ports']>,
  offer: QemuOffer,
): Properties[] {
  const { id, bus, rootPorts, hdmForPassthrough, node, place } = bridge;
  // before 8.0 every bridge had decoders, and no option
  const decoders = hdmForPassthrough &&
    offers(offer, 'pxb-cxl', 'hdm_for_passthrough') && { hdm_for_passthrough: true };
  const onNode = node !== undefined && { numa_node: BigInt(node) };
  const ports = rootPorts.map((port, position) => ({
    driver: 'cxl-rp',
    id: port,
    bus: id,
    port: BigInt(position),
    chassis: BigInt(chassis),
    slot: BigInt(position),
    ...portProperties('cxl-rp', properties[port], offer),
  }));
  const own = {
    driver: 'pxb-cxl',
    id,
    bus: 'pcie.0',
    bus_nr: BigInt(bus),
    ...addressOf(place),
    ...decoders,
    ...onNode,
  };
  return [own, ...ports];
}

function testDevice({ id, bar, port = 'pcie.0', function: fn, place }: TestDevice, offer: QemuOffer): Properties {
  if (bar) need(offer, 'pci-testdev', 'membar');
  return {
    driver: 'pci-testdev',
    ...(id === plain(id) && { id }),
    bus: port,
    ...(bar && { membar: showSize(bar) }),
    ...addressOf(place),
    ...(fn !== undefined && { addr: `0.${fn}`, multifunction: true }),
  };
}

/** `driver,key=value,...`; sizes in the units that people use. */
function show(properties: Properties | NumaOption): string {
  const [kind, ...rest] = Object.entries(properties);
  const options = rest.flatMap(([key, value]) => [value].flat().map((each) => `${key}=${showValue(key, each)}`));
  return [kind?.[1], ...options].join(',');
}

function showValue(key: string, value: string | bigint | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'bigint' && SIZES.has(key) ? showSize(value) : `${value}`;
}

const SIZES: ReadonlySet<string> = new Set(['size', 'bandwidth']);

/** `4G`, `256M`, `1000B`: `-m` takes a bare number for MiB. */
function showSize(size: bigint): string {
  const unit = (['T', 'G', 'M', 'K'] as const).find((name) => size > 0n && size % UNITS[name] === 0n);
  return unit ? `${size / UNITS[unit]}${unit}` : `${size}B`;
}

const UNITS = { T: 1n << 40n, G: 1n << 30n, M: 1n << 20n, K: 1n << 10n };
