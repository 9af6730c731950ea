import { end, type Range } from '../../codec/range';

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

/** Its bounds are numbers, for each access is compared with them: nothing answers at addresses of more than 53 bits. */
type Placed = Mapping & { readonly from: number; readonly to: number };

/** The physical address space. Where nothing answers, reads yield zeros and writes are lost. */
export class AddressSpace {
  #mappings: readonly Placed[] = [];

  /** What answers from now on; where two overlap, the first. */
  map(mappings: readonly Mapping[]): void {
    this.#mappings = mappings.map((each) => ({ ...each, from: Number(each.base), to: Number(end(each)) }));
  }

  /** Valid until the next access. */
  read(address: bigint, length: number): Uint8Array {
    const whole = this.#wholeAt(Number(address), length);
    if (whole) return exactly(length, whole.responder.read(address - whole.base, length));
    const bytes = new Uint8Array(length);
    this.#eachPart(address, length, ({ responder }, offset, from, to) => {
      bytes.set(exactly(to - from, responder.read(offset, to - from)), from);
    });
    return bytes;
  }

  write(address: bigint, bytes: Uint8Array): void {
    const whole = this.#wholeAt(Number(address), bytes.length);
    if (whole) whole.responder.write(address - whole.base, bytes);
    else {
      this.#eachPart(address, bytes.length, ({ responder }, offset, from, to) => {
        responder.write(offset, bytes.subarray(from, to));
      });
    }
  }

  /** What takes an access in one piece, as most are. */
  #wholeAt(address: number, length: number): Placed | undefined {
    const mapping = this.#at(address);
    return mapping && longest(mapping, address, length) === length ? mapping : undefined;
  }

  #at(address: number): Placed | undefined {
    for (const each of this.#mappings) if (each.from <= address && address < each.to) return each;
    return undefined;
  }

  /** Calls `visit` with what answers, where in it, and which of the `length` bytes. */
  #eachPart(
    address: bigint,
    length: number,
    visit: (mapping: Mapping, offset: bigint, from: number, to: number) => void,
  ): void {
    for (let done = 0; done < length; ) {
      const at = address + BigInt(done);
      const mapping = this.#at(Number(at));
      const size = mapping ? longest(mapping, Number(at), length - done) : this.#gap(Number(at));
      const to = done + Math.min(length - done, size);
      if (mapping) visit(mapping, at - mapping.base, done, to);
      done = to;
    }
  }

  /** How many bytes from `address` on nothing answers for. */
  #gap(address: number): number {
    const next = this.#mappings.filter(({ from }) => from > address).map(({ from }) => from - address);
    return Math.min(Number.MAX_SAFE_INTEGER, ...next);
  }
}

/** How many of `wanted` bytes an access at `address` may have. */
function longest({ to, responder: { widest } }: Placed, address: number, wanted: number): number {
  const rest = to - address;
  if (widest === undefined) return Math.min(rest, wanted);
  let width = widest;
  while (width > 1 && (width > wanted || width > rest || address % width !== 0)) width /= 2;
  return width;
}

/** Without what a responder has said beyond what it was asked. */
const exactly = (length: number, bytes: Uint8Array): Uint8Array =>
  bytes.length === length ? bytes : bytes.subarray(0, length);
