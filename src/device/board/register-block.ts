import { fromBytes, toBytes } from '../../codec/bytes';
import { hex } from '../../codec/range';
import type { Responder } from './address-space';

/** One 32-bit register: the access rule, and the side effect of a write. */
export interface RegisterDefinition {
  /** Bits that software can change. */
  readonly writable?: number;
  /** Bits that software clears by writing ones. */
  readonly clearable?: number;
  readonly reset?: number;
  /** Yields the value to store, given the one that the access rule leaves. */
  readonly onWrite?: (next: number) => number;
  /** In the place of any rule: yields the value to store, given the one that was written. */
  readonly onRawWrite?: (written: number) => number;
}

/**
 * A block of 32-bit registers. Where none is defined it reads as zero and ignores writes. Accesses of another width
 * read as zero and are ignored too, as in QEMU. CXL r3.1 Section 8.2.2: Accessing Component Registers.
 */
export class RegisterBlock implements Responder {
  readonly widest = 8;
  readonly #definitions = new Map<number, RegisterDefinition>();
  readonly #values = new Map<number, number>();
  #version = 0;

  /** `takesParts` is asked when part of a register is written: whether that part is taken, and the rest for zero. */
  constructor(private readonly takesParts = () => false) {}

  /** @throws Error if `offset` is taken. */
  define(offset: number, definition: RegisterDefinition): void {
    if (this.#definitions.has(offset)) throw new Error(`two registers at ${hex(offset)}`);
    this.#definitions.set(offset, definition);
    this.#values.set(offset, definition.reset ?? 0);
  }

  /** Rises with each change of any of them. */
  get version(): number {
    return this.#version;
  }

  /** All registers as they are after power-on. */
  reset(): void {
    this.#values.clear();
    for (const [offset, { reset = 0 }] of this.#definitions) this.#values.set(offset, reset);
    this.#version++;
  }

  read32(offset: number): number {
    return this.#values.get(offset) ?? 0;
  }

  /** Changes a register from the inside, whatever software can change of it. */
  set32(offset: number, value: number): void {
    this.#values.set(offset, value >>> 0);
    this.#version++;
  }

  write32(offset: number, value: number): void {
    const definition = this.#definitions.get(offset);
    if (!definition) return;
    const { writable = 0, clearable = 0, onWrite, onRawWrite } = definition;
    const next = ((this.read32(offset) & ~writable & ~(clearable & value)) | (value & writable)) >>> 0;
    this.#values.set(offset, onRawWrite?.(value) ?? onWrite?.(next) ?? next);
    this.#version++;
  }

  read(offset: bigint, length: number): Uint8Array {
    return toBytes(length === 4 ? this.read32(Number(offset)) : 0, length);
  }

  write(offset: bigint, bytes: Uint8Array): void {
    if (bytes.length === 4 || (bytes.length < 4 && this.takesParts())) {
      this.write32(Number(offset), Number(fromBytes(bytes)));
    }
  }
}
