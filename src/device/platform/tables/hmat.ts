/** What the HMAT says. QEMU hw/acpi/hmat.c: hmat_build_table(). */
import type { HmatStructure, MemoryProximity } from '../../../codec/acpi/hmat';
import { type DataType, HIERARCHIES, type Locality } from '../../../codec/acpi/hmat-locality';
import type { SideCache } from '../../../codec/acpi/hmat-side-cache';
import type { Quirks } from '../../../ledger/quirks';
import type { Locality as Between, Node, Numa } from '../../../machine/numa';

const MIB = 1n << 20n;
const ACCESSES = ['access', 'read', 'write'] as const;

/** A matrix for each hierarchy and kind of data of which something is known, then the side caches by node and level. */
export function attributesOf(numa: Numa, quirks: Quirks): HmatStructure[] {
  const matrices = HIERARCHIES.flatMap((own, cache) => {
    const between = numa.localities.filter((each) => (each.cache ?? 0) === cache);
    const hierarchy = quirks.has('hmat-forgets-hierarchy') ? 'memory' : own;
    return [
      ...ACCESSES.flatMap((access) => latencies(hierarchy, access, between, numa, quirks)),
      ...ACCESSES.flatMap((access) => bandwidths(hierarchy, access, between, numa, quirks)),
    ];
  });
  return [...numa.nodes.flatMap((node, n) => proximity(node, n, quirks)), ...matrices, ...sideCaches(numa, quirks)];
}

function proximity({ ram, processors, initiator }: Node, memory: number, quirks: Quirks): MemoryProximity[] {
  if (ram === 0n && !quirks.has('hmat-memory-of-empty-nodes')) return [];
  const nearest = processors.length > 0 ? memory : quirks.has('hmat-forgets-initiators') ? undefined : initiator;
  return [{ kind: 'memory proximity', memory, ...(nearest !== undefined && { initiator: nearest }) }];
}

type Hierarchy = Locality['hierarchy'];
type Access = (typeof ACCESSES)[number];

function latencies(
  hierarchy: Hierarchy,
  access: Access,
  all: readonly Between[],
  numa: Numa,
  quirks: Quirks,
): Locality[] {
  const known = all.filter((each) => (each.access ?? 'access') === access && each.latency !== undefined);
  return matrix(dataType(access, 'latency', quirks), hierarchy, known, numa, quirks, ({ latency }) => latency);
}

function bandwidths(
  hierarchy: Hierarchy,
  access: Access,
  all: readonly Between[],
  numa: Numa,
  quirks: Quirks,
): Locality[] {
  const known = all.filter((each) => (each.access ?? 'access') === access && each.bandwidth !== undefined);
  const first = ({ initiator }: Between) => known.find((each) => each.initiator === initiator && each.target === 0);
  const one = quirks.has('hmat-one-bandwidth');
  return matrix(dataType(access, 'bandwidth', quirks), hierarchy, known, numa, quirks, (between) => {
    const { bandwidth = 0n } = one ? (first(between) ?? {}) : between;
    return bandwidth > 0n ? Number(bandwidth / MIB) : undefined;
  });
}

const dataType = (access: Access, of: 'latency' | 'bandwidth', quirks: Quirks): DataType =>
  `${quirks.has('hmat-forgets-access') ? 'access' : access} ${of}`;

/** Initiators have processors or a Generic Initiator; any node may be a target. */
function matrix(
  dataType: DataType,
  hierarchy: Hierarchy,
  known: readonly Between[],
  { nodes, genericInitiators }: Numa,
  quirks: Quirks,
  tell: (locality: Between) => number | undefined,
): Locality[] {
  if (known.length === 0) return [];
  const initiators = [...nodes.keys()].filter(
    (n) => nodes[n]?.processors.length || genericInitiators.some(({ node }) => node === n),
  );
  const targets = [...nodes.keys()];
  const value = (from: number, to: number) => {
    const found = known.find(({ initiator, target }) => initiator === from && target === to);
    return found && tell(found);
  };
  const rows = quirks.has('hmat-rows-by-node') ? [...initiators.keys()] : initiators;
  const values = rows.map((from) => targets.map((to) => value(from, to)));
  return [{ kind: 'locality', hierarchy, dataType, initiators, targets, values }];
}

const sideCaches = ({ nodes, sideCaches: given = [] }: Numa, quirks: Quirks): SideCache[] =>
  nodes.flatMap((_, domain) => {
    const all = given.filter(({ node }) => node === domain).sort((a, b) => a.level - b.level);
    const caches = quirks.has('hmat-one-side-cache') ? all.slice(0, 1) : all;
    return caches.map(({ level, size, associativity, policy, line }) => ({
      kind: 'side cache' as const,
      domain,
      size,
      levels: caches.length,
      level,
      associativity,
      policy,
      line,
      smbiosHandles: [],
    }));
  });
