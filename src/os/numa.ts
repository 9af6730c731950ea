/** Which NUMA nodes there are, and what belongs to them. Linux drivers/acpi/numa/srat.c: acpi_numa_init(), acpi_parse_cfmws(). */
import type { Distances } from '../codec/acpi/slit';
import type { SratStructure } from '../codec/acpi/srat';
import { contains, end, overlap, type Range } from '../codec/range';
import type { Acpi } from '../driver/acpi';
import type { NumaNode } from '../machine/host';

/** Linux include/linux/topology.h. */
const LOCAL = 10;
const REMOTE = 20;

/** Nodes by proximity domain, in the order in which Linux meets the domains; windows without one get nodes of their own. */
export class NumaMap {
  /** Nodes that a Generic Initiator is on. */
  readonly #genericInitiators: ReadonlySet<number>;
  /** Nodes that are online without memory. Nothing but its memory brings that of a window online. */
  readonly #populated: ReadonlySet<number>;
  readonly #nodes = new Map<number, number>();
  readonly #memory: readonly (Range & { readonly node: number })[];
  readonly #windows: readonly (Range & { readonly node: number })[];

  /** By node; those of windows are not among them, for the SLIT is read before there are any. */
  readonly #distances = new Map<string, number>();

  /** `srat` is undefined where there is none; then all memory is on node 0. */
  static async from(acpi: Acpi): Promise<NumaMap> {
    const [affinities, windows, distances] = await Promise.all([acpi.affinities(), acpi.windows(), acpi.distances()]);
    return new NumaMap(
      affinities,
      windows.map(({ window }) => window),
      distances,
    );
  }

  constructor(srat: readonly SratStructure[] | undefined, windows: readonly Range[], slit: Distances = []) {
    const enabled = (srat ?? []).flatMap((s) => (s.kind !== 'unknown' && s.enabled ? [s] : []));
    // a Generic Port has no node: drivers/acpi/numa/hmat.c: srat_parse_genport_affinity()
    const initiators = enabled.filter(({ kind }) => kind !== 'memory' && kind !== 'Generic Port');
    this.#populated = new Set(srat ? initiators.map(({ domain }) => this.#nodeOf(domain)) : [0]);
    const generic = initiators.filter(({ kind }) => kind === 'Generic Initiator');
    this.#genericInitiators = new Set(generic.map(({ domain }) => this.#nodeOf(domain)));
    const memory = enabled.filter((affinity) => affinity.kind === 'memory');
    this.#memory = memory.map(({ base, size, domain }) => ({ base, size, node: this.#nodeOf(domain) }));
    for (const [from, a] of this.#nodes) {
      for (const [to, b] of this.#nodes)
        this.#distances.set(`${a},${b}`, slit[from]?.[to] ?? (a === b ? LOCAL : REMOTE));
    }
    let next = Math.max(-1, ...this.#nodes.keys()) + 1;
    this.#windows = (srat ? windows : []).flatMap((window) => {
      const inside = this.#memory.filter((each) => overlap(each, window));
      return inside.length > 0 ? filled(window, inside) : [{ ...window, node: this.#nodeOf(next++) }];
    });
  }

  /** The node of memory that is added at `address`. Linux phys_to_target_node(), memory_add_physaddr_to_nid(). */
  nodeAt(address: bigint): number {
    return [...this.#windows, ...this.#memory].find((range) => contains(range, address))?.node ?? 0;
  }

  /** The nodes that are online with that system RAM. */
  nodes(ram: readonly Range[]): NumaNode[] {
    const memory = new Map([...this.#populated].map((node) => [node, 0n]));
    for (const { node, size } of ram.flatMap((range) => this.#parts(range))) {
      memory.set(node, (memory.get(node) ?? 0n) + size);
    }
    const online = [...memory].sort(([a], [b]) => a - b);
    return online.map(([id, size]) => ({
      id,
      memory: size,
      genericInitiator: this.#genericInitiators.has(id),
      distances: online.map(([other]) => this.#distance(id, other)),
    }));
  }

  /** How much of `range` is on which node; what the SRAT leaves out counts as where the range begins. */
  #parts(range: Range) {
    const parts = this.#memory.flatMap(({ node, ...memory }) =>
      overlap(memory, range) ? [{ node, size: min(end(memory), end(range)) - max(memory.base, range.base) }] : [],
    );
    const rest = parts.reduce((left, { size }) => left - size, range.size);
    return rest > 0n ? [...parts, { node: this.nodeAt(range.base), size: rest }] : parts;
  }

  /** Linux __node_distance(). */
  #distance(from: number, to: number): number {
    return this.#distances.get(`${from},${to}`) ?? (from === to ? LOCAL : REMOTE);
  }

  /** Linux acpi_map_pxm_to_node(). */
  #nodeOf(domain: number): number {
    const node = this.#nodes.get(domain) ?? this.#nodes.size;
    this.#nodes.set(domain, node);
    return node;
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Linux arch/x86/mm/numa.c: numa_fill_memblks(): each begins where the one before ends, and together they fill the window. */
function filled(window: Range, inside: readonly (Range & { readonly node: number })[]) {
  const sorted = [...inside].sort((a, b) => (a.base < b.base ? -1 : 1));
  return sorted.map(({ node }, i) => {
    const base = i === 0 ? window.base : end(sorted[i - 1] as Range);
    const last = i + 1 === sorted.length ? window : (sorted[i] as Range);
    return { base, size: end(last) - base, node };
  });
}
