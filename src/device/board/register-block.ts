/** Registers as software meets them: what each keeps of a write, what a reset leaves, and what follows from an access. */
import { fromBytes } from '../../codec/bytes';
import { hex } from '../../codec/range';
import type { Responder } from './address-space';

/** A register of 32 bits that is not zero, or not read-only; or several alike, in a row. */
export interface Register {
  /** From the start of what it belongs to. */
  readonly at: number;
  /** Bytes; 4 unless given. */
  readonly size?: number;
  /** After a reset. */
  readonly value?: number;
  /** Bits that software can change. */
  readonly writable?: number;
  /** Bits that software clears by writing ones. */
  readonly clearable?: number;
  /** Bits that a reset leaves as they are. */
  readonly sticky?: number;
}

/** A write to a register, as software has made it. */
export interface RegisterWrite {
  /** All 32 bits: zeros for the bytes that it has not written. */
  readonly written: number;
  /** What the register held. */
  readonly before: number;
  /** The first byte that was written, within the register, and how many were. */
  readonly from: number;
  readonly length: number;
}

type Reaction = (write: RegisterWrite) => void;

interface BlockOptions {
  /** Accesses that are not of one register: a write of part of it can be taken for one of all of it. Taken, unless given. */
  readonly parts?: 'taken' | 'ignored' | 'widened';
  /** Bytes that are read behind the end; 0 unless given. */
  readonly beyond?: number;
  /** Asked when something is written that was not {@link RegisterBlock.claim claimed}: whether it keeps that. */
  readonly scratch?: () => boolean;
}

const WORD = 4;
const ALL_BITS = 0xffff_ffff;
const READ_ONLY = {};
const SCRATCH = { writable: ALL_BITS };

/** The one engine of all registers of the simulated machine. Where none is defined it reads as zero and ignores writes. */
export class RegisterBlock implements Responder {
  readonly widest = 8;
  readonly #bytes: Uint8Array;
  readonly #words: DataView;
  readonly #registers = new Map<number, Register>();
  readonly #rows: Register[] = [];
  readonly #frozen = new Map<number, number>();
  readonly #claimed: { readonly from: number; readonly to: number }[] = [];
  readonly #reactions = new Map<number, Reaction[]>();
  readonly #looks: { readonly from: number; readonly to: number; readonly look: (length: number) => void }[] = [];
  #version = 0;

  readonly #parts;
  readonly #beyond;

  constructor(
    readonly size: number,
    private readonly options: BlockOptions = {},
  ) {
    ({ parts: this.#parts = 'taken', beyond: this.#beyond = 0 } = options);
    this.#bytes = new Uint8Array(size);
    this.#words = new DataView(this.#bytes.buffer);
  }

  /** Registers of what begins at `start`. @throws Error if an offset is taken. */
  define(registers: readonly Register[], start = 0): void {
    for (const each of registers) {
      const at = start + each.at;
      const { size = WORD, value = 0 } = each;
      if (this.#registers.has(at)) throw new Error(`two registers at ${hex(at)}`);
      if (size > WORD) this.#rows.push({ ...each, at });
      else this.#registers.set(at, each);
      if (value !== 0) this.set32(at, value);
    }
  }

  /** Changes what a register is after a reset, and is now. */
  preset(at: number, value: number): void {
    this.#registers.set(at, { ...this.#registers.get(at), at, value });
    this.set32(at, value);
  }

  /** Says that some structure has these bytes. */
  claim(at: number, size: number): void {
    this.#claimed.push({ from: at, to: at + size });
  }

  /** Makes bits of a register read-only until the next reset. */
  freeze(at: number, bits: number): void {
    this.#frozen.set(at, bits);
  }

  /** Has `react` called whenever software has written to the register at `at`. */
  onWrite(at: number, react: Reaction): void {
    this.#reactions.set(at, [...(this.#reactions.get(at) ?? []), react]);
  }

  /** Has `look` called whenever software is about to read one of `size` bytes from `at` on, with the length of the access. */
  onRead(at: number, size: number, look: (length: number) => void): void {
    this.#looks.push({ from: at, to: at + size, look });
  }

  /** Rises with each change of any register. */
  get version(): number {
    return this.#version;
  }

  read32(at: number): number {
    return at < this.size ? this.#words.getUint32(at, true) : Math.imul(this.#beyond, 0x0101_0101) >>> 0;
  }

  /** Changes a register from the inside, whatever software can change of it. */
  set32(at: number, value: number): void {
    this.#words.setUint32(at, value, true);
    this.#version++;
  }

  /** Bytes as they are, without what follows from an access. */
  peek = (at: number, length: number): Uint8Array => this.#bytes.subarray(at, at + length);

  /** Changes bytes from the inside. */
  put(at: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, at);
    this.#version++;
  }

  /** At most 8 bytes, at a multiple of their number. */
  read(offset: bigint | number, length: number): Uint8Array {
    const at = Number(offset);
    if (at >= this.size) return new Uint8Array(length).fill(this.#beyond);
    if (length !== WORD && this.#parts !== 'taken') return new Uint8Array(length);
    for (const { from, to, look } of this.#looks) if (from < at + length && at < to) look(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** At most 8 bytes, at a multiple of their number. */
  write(offset: bigint | number, bytes: Uint8Array): void {
    const at = Number(offset);
    const { length } = bytes;
    if (at >= this.size) return;
    if (length !== WORD && this.#parts !== 'taken') {
      const widened = this.#parts === 'widened' && length < WORD && at % WORD === 0;
      if (widened) this.#change(at, Number(fromBytes(bytes)), 0, WORD);
      return;
    }
    for (let done = 0; done < length; ) {
      const from = (at + done) % WORD;
      const taken = Math.min(WORD - from, length - done);
      let written = 0;
      for (let i = 0; i < taken; i++) written |= (bytes[done + i] ?? 0) << (8 * (from + i));
      this.#change(at + done - from, written >>> 0, from, taken);
      done += taken;
    }
  }

  /** All is as it was at first, but for what is sticky, the registers at `kept`, and what nobody has claimed. */
  reset(...kept: number[]): void {
    const sticky = [...this.#registers].flatMap(([at, { sticky = 0 }]) =>
      sticky === 0 ? [] : [[at, sticky] as const],
    );
    const held = [...sticky, ...kept.map((at) => [at, ALL_BITS] as const)].map(
      ([at, bits]) => [at, bits, this.read32(at)] as const,
    );
    const rows = this.#rows
      .filter((row) => row.sticky)
      .map(({ at, size = 0 }) => [at, this.#bytes.slice(at, at + size)] as const);
    if (this.options.scratch?.()) for (const { from, to } of this.#claimed) this.#bytes.fill(0, from, to);
    else this.#bytes.fill(0);
    for (const [at, { value = 0 }] of this.#registers) this.set32(at, value);
    this.#frozen.clear();
    for (const [at, bytes] of rows) this.put(at, bytes);
    for (const [at, bits, value] of held) this.set32(at, (this.read32(at) & ~bits) | (value & bits));
    this.#version++;
  }

  #change(at: number, written: number, from: number, length: number): void {
    const { writable = 0, clearable = 0 } = this.#registers.get(at) ?? this.#other(at);
    const before = this.read32(at);
    const there = (ALL_BITS >>> (32 - 8 * length)) << (8 * from);
    const changed = writable & there & ~(this.#frozen.get(at) ?? 0);
    this.set32(at, (before & ~changed & ~(clearable & written)) | (written & changed));
    for (const react of this.#reactions.get(at) ?? []) react({ written, before, from, length });
  }

  #other(at: number): Partial<Register> {
    const row = this.#rows.find((each) => each.at <= at && at < each.at + (each.size ?? WORD));
    if (row) return row;
    const isFree = this.options.scratch?.() && !this.#claimed.some(({ from, to }) => from <= at && at < to);
    return isFree ? SCRATCH : READ_ONLY;
  }
}
