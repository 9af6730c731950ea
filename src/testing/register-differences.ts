/** Compares what software sees of two machines, register by register, and names what differs. */
import { hex } from '../codec/range';
import type { BlockName, RegisterDump } from '../machine/registers';
import { wordAt } from '../named-registers/structure';
import { registerAt } from '../named-registers/structures';

export interface RegisterDifference {
  /** The function or host bridge. */
  readonly of: string;
  /** Undefined if only one machine has the function, or the block. */
  readonly block?: BlockName;
  readonly offset?: number;
  /** In the words of the specification, down to the fields that differ. */
  readonly message: string;
}

/** All differences between two machines, function by function, in the order of `expected`; none if they look the same. */
export function compareRegisters(
  expected: readonly RegisterDump[],
  actual: readonly RegisterDump[],
): RegisterDifference[] {
  const missing = expected.filter(({ of }) => actual.every((each) => each.of !== of));
  const extra = actual.filter(({ of }) => expected.every((each) => each.of !== of));
  return [
    ...missing.map(({ of }) => ({ of, message: `${of} is missing` })),
    ...extra.map(({ of }) => ({ of, message: `${of} is there, and should not be` })),
    ...expected.flatMap((dump) => {
      const other = actual.find(({ of }) => of === dump.of);
      return other ? compareDumps(dump, other) : [];
    }),
  ];
}

const BLOCKS: readonly BlockName[] = ['configuration', 'component', 'device'];

function compareDumps(expected: RegisterDump, actual: RegisterDump): RegisterDifference[] {
  return BLOCKS.flatMap((block) => {
    const [a, b] = [expected.blocks[block], actual.blocks[block]];
    if (!a && !b) return [];
    const { of } = expected;
    if (!a || !b) return [{ of, block, message: `${of} has ${b ? '' : 'no '}${block} registers` }];
    return compareBlocks(of, block, a, b);
  });
}

function compareBlocks(of: string, block: BlockName, expected: Uint8Array, actual: Uint8Array): RegisterDifference[] {
  const [a, b] = [words(expected), words(actual)];
  const found: RegisterDifference[] = [];
  for (const [i, wanted] of a.entries()) {
    const got = b[i] ?? 0;
    if (got === wanted) continue;
    const offset = 4 * i;
    const { structure, register } = registerAt(block, expected, offset);
    const fields = (register?.register?.fields ?? []).filter(({ mask }) => ((wanted ^ got) & mask) !== 0);
    const names = fields.length > 0 ? `, ${fields.map(({ name }) => name).join(', ')}` : '';
    const name = [structure, register?.name].filter(Boolean).join(', ');
    const message = `${of} ${block} ${hex(offset)} (${name}${names}): ${hex(wanted)} expected, is ${hex(got)}`;
    found.push({ of, block, offset, message });
  }
  return found;
}

const words = (bytes: Uint8Array): number[] =>
  Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => wordAt(bytes, 4 * i));
