/** SRAT, SLIT and HMAT of a machine with NUMA nodes. */
import { encodeHmat } from '../../../codec/acpi/hmat';
import { encodeSlit } from '../../../codec/acpi/slit';
import { encodeSrat } from '../../../codec/acpi/srat';
import type { Facts } from '../../../ledger/facts';
import type { Quirks } from '../../../ledger/quirks';
import type { Node, Numa } from '../../../machine/numa';
import type { Topology } from '../../../machine/topology';
import type { PciAddress } from '../../pci/pci-fabric';
import { genericAffinities } from './generic-affinity';
import { attributesOf } from './hmat';
import { memoryAffinities } from './memory-affinity';
import type { MemoryMap } from './memory-map';
import { processorAffinities } from './processors';
import type { TableStyle } from './style';

/** Distances within a node, and between nodes of which nothing else is known. */
const LOCAL = 10;
const REMOTE = 20;

const NOTHING: Omit<Numa, 'nodes'> = { distances: [], localities: [], genericInitiators: [], genericPorts: [] };

/** In QEMU's order, hw/i386/acpi-build.c: acpi_build(). `addressOf` tells where a PCI device is by the time software reads. */
export function numaTables(
  topology: Topology,
  map: MemoryMap,
  addressOf: (id: string) => PciAddress,
  style: TableStyle,
  quirks: Quirks,
  facts: Facts,
): Uint8Array[] {
  const nodes = nodesOf(topology);
  if (nodes.length === 0) return [];
  const numa = { ...NOTHING, ...topology.numa, nodes };
  const processors = processorAffinities(topology, nodes, style, quirks);
  const { present, hotPluggable } = memoryAffinities(nodes, map, topology.modules ?? [], style, quirks);
  const generic = genericAffinities(topology, map, addressOf, style, quirks, facts);
  return [
    encodeSrat([...processors, ...present, ...generic, ...hotPluggable], style.sratRevision),
    ...(numa.distances.length > 0
      ? [encodeSlit(distancesOf({ ...numa, nodes: localitiesOf(nodes, map, quirks) }, quirks))]
      : []),
    ...(hasHmat(topology)
      ? [encodeHmat(attributesOf({ ...numa, nodes: withProcessors(topology, nodes) }, quirks))]
      : []),
  ];
}

/** `-machine hmat=on`, without which QEMU takes nothing of what would be in it. */
function hasHmat({ hmat, numa }: Topology): boolean {
  const { localities = [], sideCaches = [] } = numa ?? {};
  return hmat ?? [...localities, ...sideCaches].length > 0;
}

/** Room for memory hotplug makes a node of the whole machine. QEMU hw/core/numa.c: numa_complete_configuration(). */
function nodesOf({ numa, hotplug, ram, processors }: Topology): readonly Node[] {
  if (numa && numa.nodes.length > 0) return numa.nodes;
  return hotplug ? [{ ram, processors: [...Array(processors).keys()] }] : [];
}

/** Sockets are dealt out where no node names a processor. QEMU hw/core/machine.c: machine_numa_finish_cpu_init() */
function withProcessors({ smp }: Topology, nodes: readonly Node[]): readonly Node[] {
  if (nodes.some(({ processors }) => processors.length > 0)) return nodes;
  const sockets = smp?.sockets ?? 1;
  return nodes.map((node, n) => (n < sockets ? { ...node, processors: [n] } : node));
}

/** The domains of the SLIT: the nodes, and with a quirk the windows too. */
const localitiesOf = (nodes: readonly Node[], { windows }: MemoryMap, quirks: Quirks): readonly Node[] =>
  quirks.has('slit-counts-windows') ? [...nodes, ...windows.map(() => ({ ram: 0n, processors: [] }))] : nodes;

/** One way will do for both. QEMU hw/core/numa.c: complete_init_numa_distance(). */
function distancesOf({ nodes, distances }: Numa, quirks: Quirks): number[][] {
  const given = (a: number, b: number) => distances.find(({ from, to }) => from === a && to === b)?.distance;
  const back = quirks.has('slit-forgets-way-back') ? () => undefined : (a: number, b: number) => given(b, a);
  return nodes.map((_, from) =>
    nodes.map((_, to) => given(from, to) ?? back(from, to) ?? (from === to ? LOCAL : REMOTE)),
  );
}
