import { end, type Range } from '../codec/range';

/** Something that answers at addresses. Offsets are from the beginning of its range. */
export interface Responder {
  /**
   * Bytes of the widest access that it takes, of registers: what is wider, or lies at no multiple of its width, reaches
   * it in parts. Without, accesses are of any width. QEMU system/physmem.c: memory_access_size().
   */
  readonly widest?: number;
  read(offset: bigint, length: number): Uint8Array;
  write(offset: bigint, bytes: Uint8Array): void;
}

export interface Mapping extends Range {
  readonly responder: Responder;
}

type Placed = Mapping & { readonly end: bigint };

/** The physical address space. Where nothing answers, reads yield zeros and writes are lost. */
export class AddressSpace {
  #mappings: readonly Placed[] = [];

  /** What answers from now on; where two overlap, the first. */
  map(mappings: readonly Mapping[]): void {
    this.#mappings = mappings.map((mapping) => ({ ...mapping, end: end(mapping) }));
  }

  /** Valid until the next access. */
  read(address: bigint, length: number): Uint8Array {
    const whole = this.#mappings.find((each) => each.base <= address && address < each.end);
    if (whole && longest(whole, address, length) === length) {
      return whole.responder.read(address - whole.base, length).subarray(0, length);
    }
    const bytes = new Uint8Array(length);
    this.#eachPart(address, length, ({ responder }, offset, from, to) => {
      bytes.set(responder.read(offset, to - from).subarray(0, to - from), from);
    });
    return bytes;
  }

  write(address: bigint, bytes: Uint8Array): void {
    this.#eachPart(address, bytes.length, ({ responder }, offset, from, to) => {
      responder.write(offset, bytes.subarray(from, to));
    });
  }

  /** Calls `visit` with what answers, where in it, and which of the `length` bytes. */
  #eachPart(
    address: bigint,
    length: number,
    visit: (mapping: Mapping, offset: bigint, from: number, to: number) => void,
  ): void {
    for (let done = 0; done < length; ) {
      const at = address + BigInt(done);
      const mapping = this.#mappings.find((each) => each.base <= at && at < each.end);
      const to = done + Math.min(length - done, mapping ? longest(mapping, at, length - done) : this.#gap(at));
      if (mapping) visit(mapping, at - mapping.base, done, to);
      done = to;
    }
  }

  /** How many bytes from `address` on nothing answers for. */
  #gap(address: bigint): number {
    const next = this.#mappings.filter(({ base }) => base > address).map(({ base }) => Number(base - address));
    return Math.min(Number.MAX_SAFE_INTEGER, ...next);
  }
}

/** How many of `wanted` bytes an access at `address` may have. */
function longest({ end, responder: { widest } }: Placed, address: bigint, wanted: number): number {
  const rest = Number(end - address);
  if (widest === undefined) return Math.min(rest, wanted);
  let width = widest;
  while (width > 1 && (width > wanted || width > rest || address % BigInt(width) !== 0n)) width /= 2;
  return width;
}
