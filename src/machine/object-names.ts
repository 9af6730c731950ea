/** How the objects and devices of a topology are called, in the order in which QEMU makes them. */
import type { Topology, Type3 } from './topology';

/** The memory backend of NUMA node `n`. */
export const nodeBackend = (n: number): string => `node${n}`;
export const genericInitiatorName = (n: number): string => `gi${n}`;
export const genericPortName = (n: number): string => `gp${n}`;

/** The backends of a device's own, by ascending DPA and then its labels; names begin with its id, or with `name`. */
export const backendNames = (
  { id, volatile, persistent, dynamic, labelArea, backend }: Type3,
  name = id,
): { readonly id: string; readonly size: bigint }[] =>
  [
    ...(backend === undefined ? [{ id: `${name}-volatile`, size: volatile }] : []),
    ...(backend === undefined ? [{ id: `${name}-persistent`, size: persistent }] : []),
    { id: `${name}-dynamic`, size: dynamic?.capacity ?? 0n },
    { id: `${name}-labels`, size: labelArea },
  ].filter(({ size }) => size > 0n);

/** Of all objects. Those of ACPI come before memory. QEMU system/vl.c: object_create_early(), object_create_late(). */
export function objectNames({ numa, type3s }: Topology): string[] {
  const { genericInitiators = [], genericPorts = [], nodes = [] } = numa ?? {};
  return [
    ...genericInitiators.map(({ id }, n) => id ?? genericInitiatorName(n)),
    ...genericPorts.map(({ id }, n) => id ?? genericPortName(n)),
    ...nodes.flatMap(({ ram }, n) => (ram > 0n ? [nodeBackend(n)] : [])),
    ...type3s.flatMap((type3) => backendNames(type3).map(({ id }) => id)),
  ];
}

/** Ids of all devices. */
export const deviceIds = ({
  hostBridges,
  switches = [],
  type3s,
  pciePorts = [],
  testDevices,
  others = [],
}: Topology): string[] => [
  ...hostBridges.flatMap(({ id, rootPorts }) => [id, ...rootPorts]),
  ...switches.flatMap(({ id, downstreamPorts, mailbox }) => [id, ...downstreamPorts, ...(mailbox ? [mailbox] : [])]),
  ...[...type3s, ...pciePorts, ...testDevices, ...others].map(({ id }) => id),
];
