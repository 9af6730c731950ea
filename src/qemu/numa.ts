/** NUMA as QEMU takes it: `-numa` of hw/core/numa.c, Generic Initiators and Generic Ports of hw/acpi/pci.c. */

import type { Locality, Numa, SideCache } from '../machine/numa';
import { genericInitiatorName, genericPortName, nodeBackend } from '../machine/object-names';
import { needObject, type QemuOffer } from './offer';
import type { Properties } from './type3';

/** Of `-numa`; a list is a key for each of its values. */
export type NumaOption = Readonly<Record<string, string | bigint | readonly bigint[]>>;

/**
 * `-object` of what has, or belongs to, a node; the RAM of a node that is in `shared` is a file, which can be seen from
 * outside. @throws NotApplicable for what the QEMU lacks.
 */
export function numaObjects(
  { nodes, genericInitiators, genericPorts }: Numa,
  offer: QemuOffer,
  shared: readonly (string | undefined)[] = [],
): Properties[] {
  if (genericInitiators.length > 0) needObject(offer, 'acpi-generic-initiator');
  if (genericPorts.length > 0) needObject(offer, 'acpi-generic-port');
  return [
    ...nodes.flatMap(({ ram }, n) => (ram > 0n ? [ramObject(nodeBackend(n), ram, shared)] : [])),
    ...genericInitiators.map(({ device, node }, n) => ({
      'qom-type': 'acpi-generic-initiator',
      id: genericInitiatorName(n),
      ...(device !== undefined && { 'pci-dev': device }),
      ...onNode(node),
    })),
    ...genericPorts.map(({ hostBridge, node }, n) => ({
      'qom-type': 'acpi-generic-port',
      id: genericPortName(n),
      ...(hostBridge !== undefined && { 'pci-bus': hostBridge }),
      ...onNode(node),
    })),
  ];
}

export const numaOptions = ({ nodes, distances, localities, sideCaches = [] }: Numa): NumaOption[] => [
  ...nodes.map(({ ram, processors, initiator }, n) => ({
    type: 'node',
    nodeid: BigInt(n),
    cpus: processors.map(BigInt),
    ...(ram > 0n && { memdev: nodeBackend(n) }),
    ...(initiator !== undefined && { initiator: BigInt(initiator) }),
  })),
  ...distances.map(({ from, to, distance }) => ({
    type: 'dist',
    src: BigInt(from),
    dst: BigInt(to),
    val: BigInt(distance),
  })),
  ...localities.flatMap(localityOptions),
  ...[...sideCaches].sort((a, b) => a.level - b.level).map(sideCacheOption),
];

const ramObject = (id: string, size: bigint, shared: readonly (string | undefined)[]): Properties =>
  shared.includes(id)
    ? { 'qom-type': 'memory-backend-file', id, size, 'mem-path': id, share: true }
    : { 'qom-type': 'memory-backend-ram', id, size };

const onNode = (node: number | undefined) => node !== undefined && { node: BigInt(node) };

const HIERARCHIES = ['memory', 'first-level', 'second-level', 'third-level'];

function localityOptions({ initiator, target, latency, bandwidth, access, cache }: Locality): NumaOption[] {
  const hierarchy = `${HIERARCHIES[cache ?? 0]}`;
  const between = { type: 'hmat-lb', initiator: BigInt(initiator), target: BigInt(target), hierarchy };
  const kind = access ?? 'access';
  return [
    ...(latency === undefined ? [] : [{ ...between, 'data-type': `${kind}-latency`, latency: BigInt(latency) }]),
    ...(bandwidth === undefined ? [] : [{ ...between, 'data-type': `${kind}-bandwidth`, bandwidth }]),
  ];
}

const sideCacheOption = ({ node, level, size, associativity, policy, line }: SideCache): NumaOption => ({
  type: 'hmat-cache',
  'node-id': BigInt(node),
  size,
  level: BigInt(level),
  associativity,
  policy,
  line: BigInt(line),
});
