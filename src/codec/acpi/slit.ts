/** ACPI 6.5 Section 5.2.17: System Locality Information Table (SLIT). */
import { DecodeError } from '../decode-error';
import { struct, u64 } from '../struct';
import { encodeTable, TableHeader } from './table';

/** By the domain that memory is reached from, then the domain that it belongs to: 10 is local, 255 out of reach. */
export type Distances = readonly (readonly number[])[];

const Preamble = struct('SLIT', { localities: u64 });

/** A whole SLIT; its checksum is left to firmware. @throws RangeError unless there are as many columns as rows. */
export function encodeSlit(distances: Distances): Uint8Array {
  const { length } = distances;
  if (distances.some((row) => row.length !== length)) throw new RangeError('distances are not square');
  const preamble = Preamble.encode({ localities: BigInt(length) });
  return encodeTable('SLIT', Buffer.concat([preamble, Uint8Array.from(distances.flat())]));
}

/** @throws DecodeError unless the table is as long as its localities need. */
export function decodeSlit(table: Uint8Array): Distances {
  const localities = Number(Preamble.decode(table, TableHeader.size).localities);
  const matrix = table.subarray(TableHeader.size + Preamble.size);
  if (matrix.length !== localities ** 2)
    throw new DecodeError('SLIT', `${matrix.length} distances for ${localities} localities`, TableHeader.size);
  return Array.from({ length: localities }, (_, from) => [
    ...matrix.subarray(from * localities, (from + 1) * localities),
  ]);
}
