import { contains, type Range } from '../codec/range';

/** Something that answers at addresses. Offsets are from the beginning of its range. */
export interface Responder {
  read(offset: bigint, length: number): Uint8Array;
  write(offset: bigint, bytes: Uint8Array): void;
}

export interface Mapping extends Range {
  readonly responder: Responder;
}

/** The physical address space. Where nothing answers, reads yield zeros and writes are lost. */
export class AddressSpace {
  #mappings: readonly Mapping[] = [];

  /** What answers from now on; where two overlap, the first. */
  map(mappings: readonly Mapping[]): void {
    this.#mappings = mappings;
  }

  read(address: bigint, length: number): Uint8Array {
    const at = this.#at(address);
    return at ? at.responder.read(address - at.base, length) : new Uint8Array(length);
  }

  write(address: bigint, bytes: Uint8Array): void {
    const at = this.#at(address);
    at?.responder.write(address - at.base, bytes);
  }

  #at(address: bigint): Mapping | undefined {
    return this.#mappings.find((mapping) => contains(mapping, address));
  }
}
