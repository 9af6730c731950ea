/** The tree of `/proc/iomem`. Linux kernel/resource.c; what goes in when, arch/x86/kernel/e820.c and drivers/cxl/acpi.c. */
import { E820_TYPE, type E820Entry, joinE820 } from '../codec/acpi/e820';
import { end, overlap, type Range } from '../codec/range';
import type { Resource } from '../machine/host';

const NAMES: Readonly<Record<number, string>> = {
  [E820_TYPE.RAM]: 'System RAM',
  [E820_TYPE.RESERVED]: 'Reserved',
  [E820_TYPE.ACPI]: 'ACPI Tables',
  [E820_TYPE.NVS]: 'ACPI Non-volatile Storage',
  [E820_TYPE.UNUSABLE]: 'Unusable memory',
  [E820_TYPE.SOFT_RESERVED]: 'Soft Reserved',
};

/** One resource, which changes as others are put into it. */
export class ResourceNode implements Resource {
  readonly children: ResourceNode[] = [];

  constructor(
    readonly name: string,
    readonly base: bigint,
    readonly size: bigint,
  ) {}

  /** Puts `node` below this one. Linux __insert_resource(): it takes in what it covers. False if it would cut something. */
  insert(node: ResourceNode): boolean {
    const inside = this.children.find((child) => covers(child, node) && !covers(node, child));
    if (inside) return inside.insert(node);
    const hit = this.children.filter((child) => overlap(child, node));
    if (!hit.every((child) => covers(node, child))) return false;
    for (const child of hit) this.remove(child);
    node.children.push(...hit);
    this.children.push(node);
    this.children.sort((a, b) => (a.base < b.base ? -1 : 1));
    return true;
  }

  remove(child: ResourceNode): void {
    const at = this.children.indexOf(child);
    if (at >= 0) this.children.splice(at, 1);
  }

  /** Takes out what lies directly in this resource over `range`, with all that is inside. */
  clear(range: Range): void {
    for (const child of this.children.filter((each) => overlap(each, range))) this.remove(child);
  }

  /** Linux insert_resource_expand_to_fit(): grows until it cuts nothing. */
  insertExpanded(node: ResourceNode): ResourceNode {
    let grown = node;
    while (!this.insert(grown)) {
      const cut = this.children.filter((child) => overlap(child, grown));
      const base = [grown, ...cut].reduce((low, { base }) => (base < low ? base : low), grown.base);
      const top = [grown, ...cut].reduce((high, range) => (end(range) > high ? end(range) : high), end(grown));
      grown = new ResourceNode(node.name, base, top - base);
    }
    return grown;
  }

  /**
   * The lowest free range of `size` bytes inside this resource, at the first multiple of `align` or a number of `step`s
   * behind it. Linux get_free_mem_region(). Undefined if there is none.
   */
  free(size: bigint, align: bigint, step = align): Range | undefined {
    for (let base = alignUp(this.base, align); base + size <= end(this); base += step) {
      if (!this.children.some((child) => overlap(child, { base, size }))) return { base, size };
    }
    return undefined;
  }
}

/** What the memory map makes of it: Linux e820__reserve_resources(), and the late half of it. */
export function memoryResources(memoryMap: readonly E820Entry[]): ResourceNode {
  const root = new ResourceNode('iomem', 0n, 1n << 64n);
  const late = (entry: E820Entry) => entry.type === E820_TYPE.RESERVED || entry.type === E820_TYPE.SOFT_RESERVED;
  const map = joinE820(memoryMap); // e820__update_table()
  for (const entry of [...map.filter((e) => !late(e)), ...map.filter(late)]) {
    root.insertExpanded(new ResourceNode(NAMES[entry.type] ?? 'Unknown E820 type', entry.base, entry.size));
  }
  return root;
}

const covers = (outer: Range, inner: Range): boolean => outer.base <= inner.base && end(inner) <= end(outer);

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
