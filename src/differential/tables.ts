/** The memory map and the ACPI tables that describe memory: their fields by name, and then their bytes. */
import { decodeCedt } from '../codec/acpi/cedt';
import { findTable } from '../codec/acpi/find-table';
import { decodeHmat } from '../codec/acpi/hmat';
import { decodeSlit } from '../codec/acpi/slit';
import { decodeSrat } from '../codec/acpi/srat';
import { DecodeError } from '../codec/decode-error';
import { hex } from '../codec/range';
import type { Comparator, Specimen } from './comparator';
import type { Tree } from './difference';

const DECODERS: Readonly<Record<string, (table: Uint8Array) => unknown>> = {
  CEDT: decodeCedt,
  SRAT: decodeSrat,
  SLIT: decodeSlit,
  HMAT: decodeHmat,
};

const LINE = 16;

export const tables: readonly Comparator[] = [
  { name: 'E820', observe: async ({ handover }) => handover.memoryMap as readonly object[] as Tree },
  ...Object.entries(DECODERS).map(([name, decode]) => ({
    name,
    observe: async (specimen: Specimen): Promise<Tree> => {
      const table = await tableIfAny(specimen, name);
      return table && { fields: decode(table) as Tree, bytes: bytesByLine(table) };
    },
  })),
];

/** A whole table, if the machine has one of that signature. */
export async function tableIfAny({ machine, handover }: Specimen, signature: string): Promise<Uint8Array | undefined> {
  return findTable(machine.readBlock.bind(machine), handover.rsdp, signature).catch((error: Error) => {
    if (error instanceof DecodeError) return undefined;
    throw error;
  });
}

/** In hexadecimal, 16 to a line, by offset. */
export const bytesByLine = (bytes: Uint8Array): Tree =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(bytes.length / LINE) }, (_, i) => [
      `at ${hex(i * LINE)}`,
      Buffer.from(bytes.subarray(i * LINE, (i + 1) * LINE)).toString('hex'),
    ]),
  );
