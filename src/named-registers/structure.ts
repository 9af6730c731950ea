import type { FieldNames } from '../codec/register';

/** A register of a structure. */
export interface NamedRegister {
  /** From the start of the structure. */
  readonly at: number;
  readonly name: string;
  readonly register?: FieldNames;
}

/** What software finds in a block of registers: a capability, or what precedes all of them. */
export interface Structure {
  /** In the words of the specification. */
  readonly name: string;
  /** From the start of the block. */
  readonly start: number;
  /** Bytes; undefined where nobody here knows. */
  readonly size: number | undefined;
  readonly registers: readonly NamedRegister[];
  /** Of a DVSEC that CXL defines: its id. */
  readonly dvsec?: number;
}

/** What is known of a kind of structure, wherever it is. */
export type Kind = Omit<Structure, 'start'>;

export const unknown = (what: string): Kind => ({ name: what, size: undefined, registers: [] });

/** 32 bits. */
export const wordAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at & ~3, true);
