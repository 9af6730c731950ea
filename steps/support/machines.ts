/** The machines that several features share, by name. features/README.md lists them. */
import type { Numa } from '../../src/machine/numa';
import type { FixedWindow, HostBridge, Switch, Topology, Type3 } from '../../src/machine/topology';

export type SharedMachine = Pick<Topology, 'ram' | 'hotplug' | 'hostBridges' | 'windows' | 'type3s'> & {
  readonly switches: readonly Switch[];
  readonly numa?: Numa;
};

/** DIMM slots of a machine with maxmem. */
export const SLOTS = 4;

/** Of a device with persistent capacity, in bytes. */
export const LABEL_AREA = 1n << 20n;

const M = 1n << 20n;
const G = 1n << 30n;

const NO_NUMA = { nodes: [], distances: [], localities: [], sideCaches: [], genericInitiators: [], genericPorts: [] };

const ONE_BRIDGE: SharedMachine = {
  ram: 2n * G,
  hotplug: { maxRam: 4n * G, slots: SLOTS },
  hostBridges: [bridge('cxl.1', 12, ['rp0', 'rp1'])],
  switches: [],
  windows: [window(4n * G, ['cxl.1'], 256)],
  type3s: [],
};

export const MACHINES: Readonly<Record<string, SharedMachine>> = {
  /** `cxl.1` with root ports `rp0` and `rp1`; 2G of RAM, maxmem 4G; window 0 of 4G. So have all others that do not say otherwise. */
  'one host bridge': ONE_BRIDGE,
  /** `dev` on `rp0`, persistent, 256M. */
  'one Type 3 device': { ...ONE_BRIDGE, type3s: [persistent(1n, 'dev', 'rp0', 256n * M)] },
  /** `dev` on `rp0`, persistent, 512M. */
  'one Type 3 device of 512M': { ...ONE_BRIDGE, type3s: [persistent(1n, 'dev', 'rp0', 512n * M)] },
  /** `vmem0` of 512M on `rp0`, `vmem1` of 256M on `rp1`. */
  'two volatile devices': {
    ...ONE_BRIDGE,
    type3s: [volatile(1n, 'vmem0', 'rp0', 512n * M), volatile(2n, 'vmem1', 'rp1', 256n * M)],
  },
  /** `dcd` on `rp0`, volatile, 256M, with two regions of dynamic capacity of 256M; `dev` on `rp1`, volatile, 256M. */
  'a device with dynamic capacity': {
    ...ONE_BRIDGE,
    type3s: [
      { ...volatile(1n, 'dcd', 'rp0', 256n * M), dynamic: { regions: 2, capacity: 512n * M } },
      volatile(2n, 'dev', 'rp1', 256n * M),
    ],
  },
  /** `dev` on `rp0`, persistent, 512M; switch `us0` on `rp1` with downstream ports `ds0` and `ds1`. */
  'a device beside a switch': {
    ...ONE_BRIDGE,
    switches: [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0', 'ds1'] }],
    type3s: [persistent(1n, 'dev', 'rp0', 512n * M)],
  },
  /** Switch `us0` on `rp0`, its upstream port number 7, its serial number 119, with downstream ports `ds0` to `ds2` and the mailbox `cci0`; `m0` on `ds0` and `m2` on `ds2`, persistent, 256M. */
  'a managed switch': {
    ...ONE_BRIDGE,
    switches: [
      { id: 'us0', rootPort: 'rp0', downstreamPorts: ['ds0', 'ds1', 'ds2'], port: 7, serial: 119n, mailbox: 'cci0' },
    ],
    type3s: [persistent(1n, 'm0', 'ds0', 256n * M), persistent(2n, 'm2', 'ds2', 256n * M)],
  },
  /** `cxl.1` with `a0`, `a1`; `cxl.2` with `b0`, `b1`; `cxl.3` with `c0`: persistent, 512M each. Windows of 4G, 4G, 1G, 512M, 4G, of which the first (4K) and the last (16K) are shared by `cxl.1` and `cxl.2`. No maxmem. */
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
  /** `cxl.1` with `rp0`, `rp1`, and `cxl.2` with `rp2`, `rp3`; window 0 of 4G of `cxl.1`, window 1 of 8G of both, at 8K. No maxmem. */
  'two host bridges that share a window': {
    ram: 2n * G,
    hostBridges: [bridge('cxl.1', 12, ['rp0', 'rp1']), bridge('cxl.2', 222, ['rp2', 'rp3'])],
    switches: [],
    windows: [window(4n * G, ['cxl.1'], 256), window(8n * G, ['cxl.1', 'cxl.2'], 8192)],
    type3s: [],
  },
  /** `old0` on `rp0`, volatile, 256M; `cxl.2` with `rp2`, and window 1 of 4G of it. */
  'a volatile device, and a host bridge with one root port': {
    ...ONE_BRIDGE,
    hostBridges: [bridge('cxl.1', 12, ['rp0', 'rp1']), bridge('cxl.2', 222, ['rp2'])],
    windows: [window(4n * G, ['cxl.1'], 256), window(4n * G, ['cxl.2'], 256)],
    type3s: [volatile(1n, 'old0', 'rp0', 256n * M)],
  },
  /** `dev0` on `rp1` of `cxl.1` and `dev1` on `rp2` of `cxl.2`, 256M volatile and 512M persistent; a window of 4G of each bridge; node 0 with all RAM, and nodes 1 and 2 without. No maxmem. */
  'a device behind each of two host bridges': {
    ram: 2n * G,
    hostBridges: [bridge('cxl.1', 12, ['rp0', 'rp1']), bridge('cxl.2', 222, ['rp2', 'rp3'])],
    switches: [],
    windows: [window(4n * G, ['cxl.1'], 256), window(4n * G, ['cxl.2'], 256)],
    type3s: [
      { ...persistent(1n, 'dev0', 'rp1', 512n * M), volatile: 256n * M },
      { ...persistent(2n, 'dev1', 'rp2', 512n * M), volatile: 256n * M },
    ],
    numa: { ...NO_NUMA, nodes: [node(2n * G, [0, 1]), node(0n, []), node(0n, [])] },
  },
  /** `pmem0` on `rp0`, persistent, 512M; nodes 0 and 1 with 1G and a processor each, with distances, latencies and bandwidths. */
  'two NUMA nodes beside a Type 3 device': {
    ...ONE_BRIDGE,
    type3s: [persistent(1n, 'pmem0', 'rp0', 512n * M)],
    numa: {
      ...NO_NUMA,
      nodes: [node(1n * G, [0]), node(1n * G, [1])],
      distances: [
        { from: 0, to: 1, distance: 21 },
        { from: 1, to: 0, distance: 25 },
      ],
      localities: [
        { initiator: 0, target: 0, latency: 10, bandwidth: 8n * G },
        { initiator: 0, target: 1, latency: 100, bandwidth: 4n * G },
        { initiator: 1, target: 0, latency: 100, bandwidth: 4n * G },
        { initiator: 1, target: 1, latency: 10, bandwidth: 8n * G },
      ],
    },
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

function node(ram: bigint, processors: number[]): Numa['nodes'][number] {
  return { ram, processors };
}
