/** What SRAT, HMAT and CEDT have in common: structures that follow one another, each with its type and length. */
import { DecodeError } from '../decode-error';

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
    if (length < header.size || bytes.length < length) {
      const left = `its header has ${header.size} bytes, and ${table.length - next} are left`;
      throw new DecodeError(`structure of type ${type}`, `its length is ${length}; ${left}`, next);
    }
    found.push({ type, at: next, bytes });
    next += length;
  }
  return found;
}

/** What `decode` makes of each of them. @throws DecodeError, with the offset in the table, as it does */
export const decodeStructures = <T>(table: Uint8Array, at: number, header: Header, decode: (of: Structure) => T): T[] =>
  structuresOf(table, at, header).map((structure) => DecodeError.within(structure.at, () => decode(structure)));

/** `bytes`, of which all is known. @throws DecodeError unless there are `size` of them. */
export function exactly(what: string, bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length !== size) throw new DecodeError(what, `length ${bytes.length}, not ${size}`);
  return bytes;
}
