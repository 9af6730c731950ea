/** Structures of registers as data: one row for each register, from which offsets, names and masks are derived. */
import type { FieldNames } from './register';

export const ALL_BITS = 0xffff_ffff;

/** What software can do to a register, and what a reset does. */
export interface RegisterBits {
  /** After a reset. */
  readonly value?: number;
  /** Bits that software can change. */
  readonly writable?: number;
  /** Bits that software clears by writing ones. */
  readonly clearable?: number;
  /** Bits that a reset leaves as they are. */
  readonly sticky?: number;
}

/** What is different of a register. */
export interface RegisterChange extends RegisterBits {
  /** Bits that are set and cleared after a reset, whatever its value is otherwise. */
  readonly set?: number;
  readonly clear?: number;
}

/** Of 32 bits, or of several such in a row. */
export interface RegisterRow extends RegisterBits {
  /** From the start of the structure. */
  readonly at: number;
  /** In the words of the specification. */
  readonly name: string;
  /** Its fields; what software can change follows from them, unless the row says otherwise. */
  readonly register?: FieldNames & Pick<RegisterBits, 'writable' | 'clearable'>;
  /** Bytes; 4 unless given. */
  readonly size?: number;
}

export interface RegisterRows<K extends string> {
  readonly name: string;
  readonly rows: Readonly<Record<K, RegisterRow>>;
  /** The same, in the order of the rows. */
  readonly registers: readonly RegisterRow[];
  /** Where each is. */
  readonly at: Readonly<Record<K, number>>;
}

export function registerRows<K extends string>(name: string, rows: Readonly<Record<K, RegisterRow>>): RegisterRows<K> {
  const offsets = Object.entries<RegisterRow>(rows).map(([key, { at }]) => [key, at]);
  return { name, rows, registers: Object.values(rows), at: Object.fromEntries(offsets) };
}
