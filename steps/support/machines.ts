/** The machines that several features share, by name. features/README.md lists them. */
import type { FixedWindow, HostBridge, Switch, Topology, Type3 } from '../../src/machine/topology';

export type SharedMachine = Pick<Topology, 'ram' | 'hotplug' | 'hostBridges' | 'windows' | 'type3s'> & {
  readonly switches: readonly Switch[];
};

/** DIMM slots of a machine with maxmem. */
export const SLOTS = 4;

/** Of a device with persistent capacity, in bytes. */
export const LABEL_AREA = 1n << 20n;

const M = 1n << 20n;
const G = 1n << 30n;

const ONE_BRIDGE: SharedMachine = {
  ram: 2n * G,
  hotplug: { maxRam: 4n * G, slots: SLOTS },
  hostBridges: [bridge('cxl.1', 12, ['rp0', 'rp1'])],
  switches: [],
  windows: [window(4n * G, ['cxl.1'], 256)],
  type3s: [],
};

export const MACHINES: Readonly<Record<string, SharedMachine>> = {
  'one host bridge': ONE_BRIDGE,
  'one Type 3 device': { ...ONE_BRIDGE, type3s: [persistent(1n, 'dev', 'rp0', 256n * M)] },
  'one Type 3 device of 512M': { ...ONE_BRIDGE, type3s: [persistent(1n, 'dev', 'rp0', 512n * M)] },
  'two volatile devices': {
    ...ONE_BRIDGE,
    type3s: [volatile(1n, 'vmem0', 'rp0', 512n * M), volatile(2n, 'vmem1', 'rp1', 256n * M)],
  },
  'a device beside a switch': {
    ...ONE_BRIDGE,
    switches: [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0', 'ds1'] }],
    type3s: [persistent(1n, 'dev', 'rp0', 512n * M)],
  },
  'a managed switch': {
    ...ONE_BRIDGE,
    switches: [
      { id: 'us0', rootPort: 'rp0', downstreamPorts: ['ds0', 'ds1', 'ds2'], port: 7, serial: 119n, mailbox: 'cci0' },
    ],
    type3s: [persistent(1n, 'm0', 'ds0', 256n * M), persistent(2n, 'm2', 'ds2', 256n * M)],
  },
  'five devices behind three host bridges': {
    ram: 2n * G,
    hostBridges: [
      bridge('cxl.1', 12, ['rp0', 'rp1']),
      bridge('cxl.2', 40, ['rp2', 'rp3']),
      bridge('cxl.3', 80, ['rp4']),
    ],
    switches: [],
    windows: [
      window(4n * G, ['cxl.1', 'cxl.2'], 4096),
      window(4n * G, ['cxl.1'], 256),
      window(1n * G, ['cxl.3'], 256),
      window(512n * M, ['cxl.1'], 256),
      window(4n * G, ['cxl.1', 'cxl.2'], 16384),
    ],
    type3s: [
      persistent(1n, 'a0', 'rp0', 512n * M),
      persistent(2n, 'a1', 'rp1', 512n * M),
      persistent(3n, 'b0', 'rp2', 512n * M),
      persistent(4n, 'b1', 'rp3', 512n * M),
      persistent(5n, 'c0', 'rp4', 512n * M),
    ],
  },
};

function bridge(id: string, bus: number, rootPorts: string[]): HostBridge {
  return { id, bus, rootPorts };
}

/** `granularity` in bytes. */
function window(size: bigint, targets: string[], granularity: number): FixedWindow {
  return { size, targets, granularity };
}

function persistent(serial: bigint, id: string, port: string, capacity: bigint): Type3 {
  return { id, port, volatile: 0n, persistent: capacity, labelArea: LABEL_AREA, serial };
}

function volatile(serial: bigint, id: string, port: string, capacity: bigint): Type3 {
  return { id, port, volatile: capacity, persistent: 0n, labelArea: 0n, serial };
}
