/** What makes QEMU refuse a machine, or may do so: one change to a machine that it builds. */
import fc from 'fast-check';
import type { Numa } from '../machine/numa';
import type { Topology, Type3 } from '../machine/topology';
import type { Traits } from '../target/real-and-modelled';

const MIB = 1n << 20n;
const GIB = 1n << 30n;

interface Flaw {
  readonly name: string;
  /** The machine with the flaw, or as it is if it has not what the flaw is about. */
  readonly spoil: (topology: Topology) => Topology;
}

const device = (change: (type3: Type3, topology: Topology) => Partial<Type3>) => (topology: Topology) => {
  const [first, ...rest] = topology.type3s;
  return first ? { ...topology, type3s: [...rest, { ...first, ...change(first, topology) }] } : topology;
};

const window = (change: Partial<Topology['windows'][number]>) => (topology: Topology) => {
  const [first, ...rest] = topology.windows;
  return first ? { ...topology, windows: [{ ...first, ...change }, ...rest] } : topology;
};

const nodes = (change: (numa: Numa, topology: Topology) => Partial<Numa>) => (topology: Topology) => {
  const { ram, processors } = topology;
  const one = { nodes: [{ ram, processors: [...Array(processors).keys()] }], distances: [], localities: [] };
  const numa = topology.numa ?? { ...one, genericInitiators: [], genericPorts: [] };
  return { ...topology, numa: { ...numa, ...change(numa, topology) } };
};

/** Those that there are, and as many as it takes without ports. */
const bridges = (count: number) => (topology: Topology) => {
  const { hostBridges } = topology;
  const more = Array.from({ length: count - hostBridges.length }, (_, n) => ({
    id: `more${n}`,
    bus: 200 + n,
    rootPorts: [],
  }));
  return { ...topology, hostBridges: [...hostBridges, ...more] };
};

const FLAWS: readonly Flaw[] = [
  { name: 'a device without capacity', spoil: device(() => ({ volatile: 0n, persistent: 0n })) },
  { name: 'persistent capacity without labels', spoil: device(() => ({ persistent: 256n * MIB, labelArea: 0n })) },
  {
    name: 'capacity that is memory of a node too',
    spoil: (topology) => device(() => ({ backend: 'node0' }))(nodes(() => ({}))(topology)),
  },
  { name: 'a window of no size', spoil: window({ size: 0n }) },
  { name: 'a window of no multiple of 256M', spoil: window({ size: 300n * MIB }) },
  { name: 'a granularity that there is not', spoil: window({ granularity: 300 }) },
  { name: 'a granularity that is too large', spoil: window({ granularity: 32768 }) },
  { name: 'a target that there is not', spoil: window({ targets: ['nowhere'] }) },
  { name: 'a window of five ways', spoil: window({ targets: Array(5).fill('cxl.1') }) },
  { name: 'a window without targets', spoil: window({ targets: [] }) },
  { name: 'as many host bridges as there is room for', spoil: bridges(16) },
  { name: 'one host bridge more than there is room for', spoil: bridges(17) },
  { name: 'two host bridges more than there is room for', spoil: bridges(18) },
  {
    name: 'a bus number twice',
    spoil: (topology) => ({
      ...topology,
      hostBridges: topology.hostBridges.map((bridge) => ({ ...bridge, bus: topology.hostBridges[0]?.bus ?? 1 })),
    }),
  },
  {
    name: 'no node for so much RAM',
    spoil: nodes(({ nodes }) => ({ nodes: nodes.map((node) => ({ ...node, ram: node.ram / 2n })) })),
  },
  { name: 'a distance below 10', spoil: nodes(() => ({ distances: [{ from: 0, to: 0, distance: 5 }] })) },
  { name: 'a distance of a node to itself', spoil: nodes(() => ({ distances: [{ from: 0, to: 0, distance: 11 }] })) },
  { name: 'a distance to nowhere', spoil: nodes(() => ({ distances: [{ from: 0, to: 9, distance: 20 }] })) },
  {
    name: 'an initiator that is no node',
    spoil: nodes(() => ({ localities: [{ initiator: 9, target: 0, latency: 1, bandwidth: GIB }] })),
  },
  {
    name: 'a target that is no node',
    spoil: nodes(() => ({ localities: [{ initiator: 0, target: 9, latency: 1, bandwidth: GIB }] })),
  },
  {
    name: 'a bandwidth of no whole MiB',
    spoil: nodes(() => ({ localities: [{ initiator: 0, target: 0, latency: 1, bandwidth: 1000n }] })),
  },
  {
    name: 'a latency twice',
    spoil: nodes(() => ({
      localities: [1, 2].map((latency) => ({ initiator: 0, target: 0, latency, bandwidth: GIB })),
    })),
  },
  {
    name: 'less RAM at most than there is',
    spoil: (topology) => ({ ...topology, hotplug: { maxRam: topology.ram / 2n, slots: 1 } }),
  },
];

const DYNAMIC: readonly Flaw[] = [
  {
    name: 'more regions of dynamic capacity than there is room for',
    spoil: device(() => ({ dynamic: { regions: 9, capacity: 9n * 256n * MIB } })),
  },
];

const GENERIC_INITIATORS: readonly Flaw[] = [
  { name: 'a Generic Initiator without a device', spoil: nodes(() => ({ genericInitiators: [{ node: 0 }] })) },
  { name: 'a Generic Initiator without a node', spoil: nodes(() => ({ genericInitiators: [{ device: 'mem0' }] })) },
  {
    name: 'a Generic Initiator that is no device',
    spoil: nodes(() => ({ genericInitiators: [{ device: 'nothing', node: 0 }] })),
  },
  {
    name: 'a Generic Initiator on a node that there is not',
    spoil: nodes(({ nodes }) => ({ genericInitiators: [{ device: 'mem0', node: nodes.length }] })),
  },
  {
    name: 'a Generic Initiator on a node that there cannot be',
    spoil: nodes(() => ({ genericInitiators: [{ device: 'mem0', node: 128 }] })),
  },
];

const GENERIC_PORTS: readonly Flaw[] = [
  { name: 'a Generic Port without a bridge', spoil: nodes(() => ({ genericPorts: [{ node: 0 }] })) },
  { name: 'a Generic Port without a node', spoil: nodes(() => ({ genericPorts: [{ hostBridge: 'cxl.1' }] })) },
  {
    name: 'a Generic Port that is no bridge',
    spoil: nodes(() => ({ genericPorts: [{ hostBridge: 'mem0', node: 0 }] })),
  },
  {
    name: 'a Generic Port on a node that there is not',
    spoil: nodes(({ nodes }) => ({ genericPorts: [{ hostBridge: 'cxl.1', node: nodes.length }] })),
  },
  {
    name: 'a Generic Port on a node that there cannot be',
    spoil: nodes(() => ({ genericPorts: [{ hostBridge: 'cxl.1', node: 128 }] })),
  },
];

/** One of which a QEMU with these traits understands the words. */
export const anyFlaw = (traits: Traits): fc.Arbitrary<Flaw> =>
  fc.constantFrom(
    ...FLAWS,
    ...(traits.has('cxl-type3.num-dc-regions') ? DYNAMIC : []),
    ...(traits.has('acpi-generic-initiator') ? GENERIC_INITIATORS : []),
    ...(traits.has('acpi-generic-port') ? GENERIC_PORTS : []),
  );
