/** QEMU's options for a topology: QEMU docs/system/devices/cxl.rst. */
import { FIELDS } from '../ledger/devices';
import { needPlatform, platformOfOffer, type QemuOffer } from '../ledger/offer';
import { PLATFORMS } from '../ledger/platforms';
import type { FixedWindow, HostBridge, TestDevice, Topology } from '../machine/topology';
import type { CommandLine } from './line';
import { numaObjects, numaOptions } from './numa';
import { type Listed, type Option, optionOf } from './option';
import { addressOf, portProperties } from './port';
import { type Written, written } from './properties';
import { DEFAULT_GRANULARITY, showSize } from './size';
import { switchDevices } from './switch';
import { backendObjects, plain, type3Device } from './type3';

/** For a shell. @throws NotApplicable for what the QEMU lacks. */
export const commandLine = (topology: Topology, offer: QemuOffer): string[] => wordsOf(lineOf(topology, offer));

/** Of the options of a topology. */
export function wordsOf({ machine, memory, processors, processor, numa, objects, devices }: CommandLine): string[] {
  const words = (options: readonly Option[]) => options.flatMap(({ name, text }) => [`-${name}`, text]);
  const bare = ['-nodefaults', '-no-user-config', '-display', 'none'];
  return [
    ...words([...machine, ...memory, ...processors, ...processor]),
    ...bare,
    ...words([...objects, ...numa, ...devices]),
  ];
}

/**
 * A machine of the QEMU's platform with nothing in it but what the topology names. Backing files have relative names.
 * @throws NotApplicable for what the QEMU lacks.
 */
export function lineOf(topology: Topology, offer: QemuOffer): CommandLine {
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
  const hmat = (topology.hmat ?? [...localities, ...sideCaches].length > 0) && { hmat: true };
  const machine = { type: platform, cxl: true, ...hmat, ...Object.assign({}, ...windows.map(windowOptions)) }; // QEMU wants all windows in one option
  const memory = { size: ram, ...(hotplug && { maxmem: hotplug.maxRam, slots: BigInt(hotplug.slots) }) };
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
  const all = (name: string, properties: readonly Listed[]) => properties.map((each) => optionOf(name, each));
  return {
    machine: all('machine', [machine]),
    memory: all('m', [memory]),
    processors: all('smp', [smpOption(topology)]),
    processor: all('cpu', processor ? [{ model: processor }] : []),
    objects: all('object', objects),
    numa: all('numa', numa ? numaOptions(numa) : []),
    devices: all('device', devices),
    defaults: [],
  };
}

const windowOptions = ({ size, targets, granularity }: FixedWindow, n: number): Written => ({
  ...Object.fromEntries(targets.map((id, way) => [`cxl-fmw.${n}.targets.${way}`, id])),
  [`cxl-fmw.${n}.size`]: showSize(size),
  ...(granularity !== DEFAULT_GRANULARITY && { [`cxl-fmw.${n}.interleave-granularity`]: `${granularity}` }),
});

function smpOption({ processors, smp }: Topology): Written {
  const { maxProcessors, ...groups } = smp ?? {};
  const all = { cpus: processors, ...(maxProcessors !== undefined && { maxcpus: maxProcessors }), ...groups };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, BigInt(value)]));
}

/** Chassis numbers of host bridges are below, those of ports that belong to none from here on. */
const OTHERS = 128;

function bridgeDevices(
  bridge: HostBridge,
  chassis: number,
  properties: NonNullable<Topology['ports']>,
  offer: QemuOffer,
): Written[] {
  const { id, rootPorts, place } = bridge;
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
    ...written(FIELDS.hostBridge, 'pxb-cxl', { ...bridge }, offer),
    ...addressOf(place),
  };
  return [own, ...ports];
}

function testDevice(device: TestDevice, offer: QemuOffer): Written {
  const { id, port = 'pcie.0', function: fn, place } = device;
  return {
    driver: 'pci-testdev',
    ...(id === plain(id) && { id }),
    bus: port,
    ...written(FIELDS.testDevice, 'pci-testdev', { ...device }, offer),
    ...addressOf(place),
    ...(fn !== undefined && { addr: `0.${fn}`, multifunction: true }),
  };
}
