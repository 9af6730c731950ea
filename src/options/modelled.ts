/** What of a command line the simulator has a model of: the machine that it describes, and what is left out, by name. */
import type { Topology } from '../machine/topology';
import { readShaping } from './line';
import type { Option } from './option';
import { KNOWN, ROOT_BUS, topologyOf } from './parse';

export interface Modelled {
  readonly topology: Topology;
  /** Drivers. */
  readonly left: readonly string[];
}

/** @throws RangeError, SyntaxError as `parse` does, but for devices */
export function modelled(options: readonly string[]): Modelled {
  const line = readShaping(options);
  const ports = line.devices.filter((device) => hasModel(device)).flatMap((device) => device.value('id') ?? []);
  const isThere = (device: Option) =>
    hasModel(device) && (!isTest(device) || [ROOT_BUS, undefined, ...ports].includes(device.value('bus')));
  return {
    topology: topologyOf({ ...line, devices: line.devices.filter(isThere) }),
    left: [...new Set(line.devices.filter((device) => !isThere(device)).map((device) => `${device.value('driver')}`))],
  };
}

/** Of PCI Express ports, those on the root bus; of test devices, those in slot 0 of a port, or anywhere on the root bus. */
function hasModel(device: Option): boolean {
  const bus = device.value('bus') ?? ROOT_BUS;
  if (device.value('driver') === 'pcie-root-port') return bus === ROOT_BUS;
  if (isTest(device)) return /^(0+(\.[0-7])?)?$/.test(device.value('addr') ?? '');
  return KNOWN.has(`${device.value('driver')}`);
}

const isTest = (device: Option): boolean => device.value('driver') === 'pci-testdev';
