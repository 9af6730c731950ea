/** Which NUMA node memory belongs to. Linux drivers/acpi/numa/srat.c: acpi_numa_init(), acpi_parse_cfmws(). */
import type { MemoryAffinity } from '../codec/acpi/srat';
import { contains, overlap, type Range } from '../codec/range';

/** Nodes by proximity domain, in the order in which Linux meets the domains; windows without one get nodes of their own. */
export class NumaMap {
  readonly #nodes = new Map<number, number>();
  readonly #windows: { readonly window: Range; readonly node: number }[] = [];

  /** `affinities` is undefined where there is no SRAT; then all memory is on node 0. */
  constructor(
    private readonly affinities: readonly MemoryAffinity[] | undefined,
    windows: readonly Range[],
  ) {
    if (!affinities) return;
    for (const { domain } of affinities) this.#nodeOf(domain);
    let next = Math.max(-1, ...affinities.map(({ domain }) => domain)) + 1;
    for (const window of windows) {
      const affinity = affinities.find((memory) => overlap(memory, window)); // which then fills the window
      this.#windows.push({ window, node: this.#nodeOf(affinity ? affinity.domain : next++) });
    }
  }

  /** The node of memory that is added at `address`. Linux phys_to_target_node(), memory_add_physaddr_to_nid(). */
  nodeAt(address: bigint): number {
    const window = this.#windows.find((each) => contains(each.window, address));
    if (window) return window.node;
    const affinity = this.affinities?.find((memory) => contains(memory, address));
    return affinity ? this.#nodeOf(affinity.domain) : 0;
  }

  /** Linux acpi_map_pxm_to_node(). */
  #nodeOf(domain: number): number {
    const node = this.#nodes.get(domain) ?? this.#nodes.size;
    this.#nodes.set(domain, node);
    return node;
  }
}
