/** What SRAT, HMAT and CEDT have in common: structures that follow one another, each with its type and length. */
import { DecodeError } from '../decode-error';
import { hex } from '../range';

/** What all structures of a table begin with; their length includes it. */
interface Header {
  readonly size: number;
  decode(bytes: Uint8Array, at: number): { readonly type: number; readonly length: number };
}

/** A structure in a table, of a type and with a length that its own header gives. */
export interface Structure {
  readonly type: number;
  /** Where it begins in the table. */
  readonly at: number;
  /** The whole of it. */
  readonly bytes: Uint8Array;
}

/** What follows one another from `at` to the end of a table. @throws DecodeError for a length that cannot be. */
export function structuresOf(table: Uint8Array, at: number, header: Header): Structure[] {
  const found: Structure[] = [];
  for (let next = at; next < table.length; ) {
    const { type, length } = header.decode(table, next);
    const bytes = table.subarray(next, next + length);
    if (length < header.size || bytes.length < length)
      throw new DecodeError(`structure at ${hex(next)}`, `length ${length}`);
    found.push({ type, at: next, bytes });
    next += length;
  }
  return found;
}

/** `bytes`, of which all is known. @throws DecodeError unless there are `size` of them. */
export function exactly(what: string, { at, bytes }: Structure, size: number): Uint8Array {
  if (bytes.length !== size) throw new DecodeError(`${what} at ${hex(at)}`, `length ${bytes.length}, not ${size}`);
  return bytes;
}
