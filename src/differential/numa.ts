/** Random NUMA: nodes, distances, latencies and bandwidths, side caches, Generic Initiators and Generic Ports. */
import fc from 'fast-check';
import type { Locality, Numa, SideCache } from '../machine/numa';
import type { Topology } from '../machine/topology';
import type { Traits } from '../target/real-and-modelled';

const MIB = 1n << 20n;

const below = (n: number) => fc.nat({ max: n - 1 });

interface NumaDraw {
  /** Of each node: its part of RAM, and whether processors go to it by turn. */
  readonly nodes: readonly { readonly share: number; readonly processors: boolean }[];
  /** By position among the pairs of nodes; both ways, unless there is one value alone. */
  readonly distances: { readonly there: readonly number[]; readonly back: readonly number[] | undefined } | undefined;
  readonly localities:
    | readonly {
        readonly initiator: number;
        readonly target: number;
        readonly latency: number;
        readonly bandwidth: number;
        readonly access: Locality['access'] | undefined;
        readonly cache: Locality['cache'] | undefined;
      }[]
    | undefined;
  /** Each of the target of a locality, by its position; of the level that comes next, and twice as large as the one before. */
  readonly sideCaches: readonly (Omit<SideCache, 'node' | 'level' | 'size'> & { readonly of: number })[];
  /** Whether there is an HMAT whatever is in it. */
  readonly hmat: boolean;
  /** For nodes without processors: whether they have a nearest node. */
  readonly nearest: boolean;
  readonly initiators: readonly { readonly device: number; readonly node: number }[];
  readonly ports: readonly { readonly bridge: number; readonly node: number }[];
  /** Of the bridges, by turn; some have none. */
  readonly bridges: readonly (number | undefined)[];
}

const distances = fc.array(fc.integer({ min: 11, max: 254 }), { minLength: 10, maxLength: 10 });

const anySideCache = fc.record({
  of: below(8),
  associativity: fc.constantFrom('none' as const, 'direct' as const, 'complex' as const),
  policy: fc.constantFrom('none' as const, 'write-back' as const, 'write-through' as const),
  line: fc.constantFrom(0, 8, 64, 128, 65535),
});

export const anyNuma = (traits: Traits): fc.Arbitrary<NumaDraw> =>
  fc.record({
    nodes: fc.array(fc.record({ share: below(4), processors: fc.boolean() }), { minLength: 1, maxLength: 5 }),
    distances: fc.option(fc.record({ there: distances, back: fc.option(distances, { nil: undefined }) }), {
      nil: undefined,
    }),
    localities: fc.option(
      fc.array(
        fc.record({
          initiator: below(5),
          target: below(5),
          latency: fc.integer({ min: 1, max: 2000 }),
          bandwidth: fc.integer({ min: 1, max: 2000 }),
          access: fc.constantFrom(undefined, undefined, 'read' as const, 'write' as const),
          cache: fc.constantFrom(undefined, undefined, undefined, 1 as const, 2 as const, 3 as const),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      { nil: undefined },
    ),
    sideCaches: fc.array(anySideCache, { maxLength: 3 }),
    hmat: fc.constantFrom(false, false, true),
    nearest: fc.boolean(),
    initiators: fc.array(fc.record({ device: below(8), node: below(5) }), {
      maxLength: traits.has('acpi-generic-initiator') ? 3 : 0,
    }),
    bridges: fc.array(fc.constantFrom(undefined, 0, 1, 2), { maxLength: 3 }),
    ports: fc.array(fc.record({ bridge: below(4), node: below(5) }), {
      maxLength: traits.has('acpi-generic-port') ? 3 : 0,
    }),
  });

/** That NUMA on `topology`: all of its RAM and all of its processors have a node. */
export function numaOf(draw: NumaDraw, topology: Topology): Pick<Topology, 'numa' | 'hmat' | 'hostBridges'> {
  const count = draw.nodes.length;
  const withProcessors = draw.nodes.flatMap(({ processors }, n) => (processors || n === 0 ? [n] : []));
  const turn = (processor: number) => withProcessors[processor % withProcessors.length];
  const all = Array.from({ length: topology.smp?.maxProcessors ?? topology.processors }, (_, processor) => processor);
  const ram = sharesOf(
    topology.ram,
    draw.nodes.map(({ share }) => share),
  );
  const nodes = draw.nodes.map((_, n) => ({
    ram: ram[n] ?? 0n,
    processors: all.filter((processor) => turn(processor) === n),
  }));
  const functions = [...topology.type3s.map(({ id }) => id), ...topology.hostBridges.flatMap((each) => each.rootPorts)];
  const bridges = topology.hostBridges.map(({ id }) => id);
  const nodeOf = (node: number) => node % count;
  const genericInitiators =
    functions.length === 0
      ? []
      : draw.initiators.map(({ device, node }) => ({
          device: functions[device % functions.length] ?? '',
          node: nodeOf(node),
        }));
  const genericPorts =
    bridges.length === 0
      ? []
      : draw.ports.map(({ bridge, node }) => ({
          hostBridge: bridges[bridge % bridges.length] ?? '',
          node: nodeOf(node),
        }));
  const mayInitiate = [...new Set([...all.map(turn), ...genericInitiators.map(({ node }) => node)])] as number[];
  const localities = localitiesOf(draw.localities ?? [], mayInitiate, count);
  const hmat = draw.hmat || localities.length > 0;
  return {
    numa: {
      nodes: hmat && draw.nearest ? nodes.map((node) => ({ ...node, ...nearestTo(node) })) : nodes,
      genericInitiators,
      genericPorts,
      localities,
      distances: draw.distances ? distancesOf(draw.distances, count) : [],
      sideCaches: sideCachesOf(draw.sideCaches, localities),
    },
    hmat,
    hostBridges: topology.hostBridges.map((bridge, n) => {
      const node = draw.bridges[n];
      return { ...bridge, ...(node !== undefined && { node: nodeOf(node) }) };
    }),
  };
}

/** Node 0 always has processors. */
const nearestTo = ({ processors }: Numa['nodes'][number]) => processors.length === 0 && { initiator: 0 };

/** Whole MiB; where nobody asks for any, the first one gets all. */
function sharesOf(total: bigint, shares: readonly number[]): bigint[] {
  const sum = BigInt(shares.reduce((a, b) => a + b, 0));
  if (sum === 0n) return shares.map((_, i) => (i === 0 ? total : 0n));
  const parts = shares.map((share) => (((total / MIB) * BigInt(share)) / sum) * MIB);
  const rest = total - parts.reduce((a, b) => a + b, 0n);
  const first = shares.findIndex((share) => share > 0);
  return parts.map((part, i) => (i === first ? part + rest : part));
}

function distancesOf({ there, back }: NonNullable<NumaDraw['distances']>, count: number): Numa['distances'] {
  const pairs = Array.from({ length: count }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const)).flat();
  return pairs.flatMap(([from, to], i) => [
    { from, to, distance: there[i % there.length] ?? 20 },
    ...(back ? [{ from: to, to: from, distance: back[i % back.length] ?? 20 }] : []),
  ]);
}

/** Each pair once. */
function localitiesOf(
  drawn: NonNullable<NumaDraw['localities']>,
  initiators: readonly number[],
  count: number,
): Numa['localities'] {
  const all = drawn.map(({ initiator, target, latency, bandwidth, access, cache }) => ({
    initiator: initiators[initiator % initiators.length] ?? 0,
    target: target % count,
    latency,
    bandwidth: BigInt(bandwidth) * MIB,
    ...(access && { access }),
    ...(cache && { cache }),
  }));
  const pair = ({ initiator, target, access, cache }: Locality) => [initiator, target, access, cache].join();
  return all.filter((one, i) => i === all.findIndex((a) => pair(a) === pair(one)));
}

function sideCachesOf(drawn: NumaDraw['sideCaches'], localities: Numa['localities']): SideCache[] {
  const made: SideCache[] = [];
  for (const { of, ...rest } of drawn) {
    const node = localities[of % Math.max(1, localities.length)]?.target;
    const level = made.filter((each) => each.node === node).length + 1;
    if (node !== undefined) made.push({ ...rest, node, level, size: MIB << BigInt(level) });
  }
  return made;
}
