/** Media that are RAM of a NUMA node as well: one memory backend for both, which QEMU lets pass before 9.1 (quirk `backend-shared`). */
import type { Range } from '../../codec/range';
import { nodeBackend } from '../../machine/object-names';
import type { Topology, Type3 } from '../../machine/topology';
import { Media } from './media';

/** What a device has by its backend, all of which it takes; undefined where its backends are its own. */
export function onNode(type3: Type3, { numa, ram }: Topology, store: Media, map: readonly Range[]) {
  const { backend, volatile, persistent } = type3;
  const nodes = numa?.nodes ?? [];
  const n = nodes.findIndex((_, node) => nodeBackend(node) === backend);
  const size = nodes[n]?.ram;
  if (size === undefined || size > ram || (volatile > 0n && persistent > 0n)) return undefined;
  const before = nodes.slice(0, n).reduce((sum, node) => sum + node.ram, 0n);
  return {
    type3: { ...type3, [volatile > 0n ? 'volatile' : 'persistent']: size },
    media: new NodeMedia(store, map, before),
  };
}

/** RAM from an offset on, which is at `map` in the address space of processors. */
class NodeMedia extends Media {
  constructor(
    private readonly store: Media,
    private readonly map: readonly Range[],
    private readonly from: bigint,
  ) {
    super();
  }

  override read(offset: bigint, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#eachPart(offset, length, (address, part) =>
      bytes.set(this.store.read(address, part.to - part.from), part.from),
    );
    return bytes;
  }

  override write(offset: bigint, bytes: Uint8Array): void {
    this.#eachPart(offset, bytes.length, (address, { from, to }) =>
      this.store.write(address, bytes.subarray(from, to)),
    );
  }

  #eachPart(offset: bigint, length: number, visit: (address: bigint, part: { from: number; to: number }) => void) {
    const start = this.from + offset; // in RAM, as if it were in one piece
    let before = 0n;
    for (const { base, size } of this.map) {
      const [from, to] = [max(start, before), min(start + BigInt(length), before + size)];
      if (from < to) visit(base + from - before, { from: Number(from - start), to: Number(to - start) });
      before += size;
    }
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
