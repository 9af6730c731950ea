/** SRAT, SLIT and HMAT of a machine with NUMA nodes. */
import { encodeHmat } from '../codec/acpi/hmat';
import type { DataType, Locality } from '../codec/acpi/hmat-locality';
import { encodeSlit } from '../codec/acpi/slit';
import { encodeSrat } from '../codec/acpi/srat';
import type { Quirks } from '../ledger/quirks';
import type { Node, Numa, Topology } from '../machine/topology';
import { genericAffinities } from './generic-affinity';
import { memoryAffinities } from './memory-affinity';
import type { MemoryMap } from './memory-map';
import type { PciAddress } from './pci-fabric';

const MIB = 1n << 20n;

/** Distances within a node, and between nodes of which nothing else is known. */
const LOCAL = 10;
const REMOTE = 20;

const NOTHING: Omit<Numa, 'nodes'> = { distances: [], localities: [], genericInitiators: [], genericPorts: [] };

/** In QEMU's order, hw/i386/acpi-build.c: acpi_build(). `addressOf` tells where a PCI device is by the time software reads. */
export function numaTables(
  topology: Topology,
  map: MemoryMap,
  addressOf: (id: string) => PciAddress,
  quirks: Quirks,
): Uint8Array[] {
  const nodes = nodesOf(topology);
  if (nodes.length === 0) return [];
  const numa = { ...NOTHING, ...topology.numa, nodes };
  const processors = Array.from({ length: topology.processors }, (_, apicId) => {
    const domain = nodes.findIndex((node) => node.processors.includes(apicId));
    return { kind: 'local APIC', apicId, domain: Math.max(domain, 0), enabled: true } as const;
  });
  const { present, hotPluggable } = memoryAffinities(nodes, map, quirks);
  return [
    encodeSrat([...processors, ...present, ...genericAffinities(numa, map, addressOf, quirks), ...hotPluggable]),
    ...(numa.distances.length > 0
      ? [encodeSlit(distancesOf({ ...numa, nodes: localitiesOf(nodes, map, quirks) }))]
      : []),
    ...(numa.localities.length > 0 ? [encodeHmat(attributesOf(numa, quirks))] : []),
  ];
}

/** Room for memory hotplug makes a node of the whole machine. QEMU hw/core/numa.c: numa_complete_configuration(). */
function nodesOf({ numa, hotplug, ram, processors }: Topology): readonly Node[] {
  if (numa && numa.nodes.length > 0) return numa.nodes;
  return hotplug ? [{ ram, processors: [...Array(processors).keys()] }] : [];
}

/** What the SLIT tells of: the nodes, and with a quirk the windows too. */
const localitiesOf = (nodes: readonly Node[], { windows }: MemoryMap, quirks: Quirks): readonly Node[] =>
  quirks.has('slit-counts-windows') ? [...nodes, ...windows.map(() => ({ ram: 0n, processors: [] }))] : nodes;

/** One way will do for both. QEMU hw/core/numa.c: complete_init_numa_distance(). */
function distancesOf({ nodes, distances }: Numa): number[][] {
  const given = (a: number, b: number) => distances.find(({ from, to }) => from === a && to === b)?.distance;
  return nodes.map((_, from) =>
    nodes.map((_, to) => given(from, to) ?? given(to, from) ?? (from === to ? LOCAL : REMOTE)),
  );
}

/** QEMU hw/acpi/hmat.c: hmat_build_table(). */
function attributesOf(numa: Numa, quirks: Quirks) {
  const { nodes, localities } = numa;
  const hasMemory = nodes.flatMap(({ ram }, memory) => (ram > 0n ? [memory] : []));
  return [
    ...hasMemory.map((memory) => ({
      ...{ kind: 'memory proximity' as const, memory },
      ...(nodes[memory]?.processors.length && { initiator: memory }),
    })),
    locality('access latency', numa, (from, to) => between(localities, from, to)?.latency),
    locality('access bandwidth', numa, (from, to) => {
      const bandwidth = between(localities, from, quirks.has('hmat-one-bandwidth') ? 0 : to)?.bandwidth;
      return bandwidth === undefined ? undefined : Number(bandwidth / MIB);
    }),
  ];
}

const between = (localities: Numa['localities'], from: number, to: number) =>
  localities.find(({ initiator, target }) => initiator === from && target === to);

/** Initiators have processors or a Generic Initiator; any node may be a target. */
function locality(
  dataType: DataType,
  { nodes, genericInitiators }: Numa,
  value: (from: number, to: number) => number | undefined,
): Locality {
  const initiators = [...nodes.keys()].filter(
    (n) => nodes[n]?.processors.length || genericInitiators.some(({ node }) => node === n),
  );
  const targets = [...nodes.keys()];
  const values = initiators.map((from) => targets.map((to) => value(from, to)));
  return { kind: 'locality', hierarchy: 'memory', dataType, initiators, targets, values };
}
