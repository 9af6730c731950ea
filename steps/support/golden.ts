/** Captured tables, and in what another one differs from them. */
import { join } from 'node:path';
import { decodeCedt } from '../../src/codec/acpi/cedt';
import { decodeHmat } from '../../src/codec/acpi/hmat';
import { decodeSrat } from '../../src/codec/acpi/srat';
import { TableHeader } from '../../src/codec/acpi/table';
import { captured } from '../../src/codec/captured';
import { DecodeError } from '../../src/codec/decode-error';
import { hex } from '../../src/codec/range';
import { showBytes } from '../../src/report/show-value';

const GOLDEN = join(__dirname, '../../src/codec/acpi/golden');

const STRUCTURES: Readonly<Record<string, (table: Uint8Array) => readonly { readonly kind: string }[]>> = {
  CEDT: decodeCedt,
  SRAT: decodeSrat,
  HMAT: decodeHmat,
};

/** The one that differs from `table` in the fewest bytes. */
export function closestGolden(table: Uint8Array, names: readonly string[]): Uint8Array {
  const all = names.map((name) => captured(join(GOLDEN, `${name}.hex`)));
  const [closest] = all.sort((a, b) => differing(a, table) - differing(b, table));
  return closest as Uint8Array;
}

function differing(a: Uint8Array, b: Uint8Array): number {
  const longest = a.length > b.length ? a : b;
  return longest.filter((_, i) => a[i] !== b[i]).length;
}

/** Two tables by field, as far as they can be decoded and differ so; else 16 bytes a line, without those that are alike. */
export function comparable(
  table: Uint8Array,
  golden: Uint8Array,
): { readonly found: unknown; readonly expected: unknown } {
  const [found, expected] = [fieldsOf(table), fieldsOf(golden)];
  if (found && expected && JSON.stringify(found, text) !== JSON.stringify(expected, text)) return { found, expected };
  const lines = [...linesOf(table), ...linesOf(golden)].map(([at]) => at);
  const unlike = lines.filter((at) => linesOf(table).get(at) !== linesOf(golden).get(at));
  const pick = (from: Uint8Array) => Object.fromEntries(unlike.map((at) => [at, linesOf(from).get(at)]));
  return { found: pick(table), expected: pick(golden) };
}

/** Without the checksum, which differs wherever anything does. */
function fieldsOf(table: Uint8Array): object | undefined {
  try {
    const { checksum, ...header } = TableHeader.decode(table);
    const structures = STRUCTURES[header.signature]?.(table) ?? [];
    return {
      header,
      ...Object.fromEntries(structures.map(({ kind, ...fields }, i) => [`${kind} (structure ${i})`, fields])),
    };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

const LINE = 16;

const linesOf = (table: Uint8Array): Map<string, string> =>
  new Map(
    Array.from({ length: Math.ceil(table.length / LINE) }, (_, i) => [
      `bytes from ${hex(i * LINE)}`,
      showBytes(table.subarray(i * LINE, (i + 1) * LINE)),
    ]),
  );

const text = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? hex(value) : value);
