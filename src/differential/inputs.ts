/** Inputs of mailbox commands, right ones and such as are not: fields of the right widths, with numbers that were drawn. */
import type { CommandDraw } from './draw';

const UUID = 'uuid';
/** Bytes of each field; `UUID` is that of a log or a feature, `is` the number of one that takes no other. */
type Widths = readonly (number | typeof UUID | { readonly is: number; readonly bytes: number })[];

/** CXL r3.1 Section 8.2.9; reserved bytes are fields too. What is not listed takes no input. */
const INPUTS: Readonly<Record<number, Widths>> = {
  256: [1],
  257: [1, 1, 1, 3, 2],
  259: [1, 1, 1, 1, 1],
  513: [1, 1, 2, 4, 0x78, 0x80],
  514: [1, 1],
  769: [8],
  1025: [UUID, 4, 4],
  1280: [4, 2, 2],
  1281: [UUID, 2, 2, 1],
  1282: [UUID, 4, 2, 1, 9, 2],
  1536: [1, 1, 1, 1, 1, 3, 1, 1, 3, 2, 1],
  16641: [8, 1],
  16642: [4, 4],
  16643: [4, 4, 16],
  16898: [1, 1, 1, 1, 2, 2, 2, 2],
  17152: [8, 8],
  17153: [8],
  17154: [8, 64],
  17155: [8, 8],
  17156: [8, 8, 1],
  17410: [1, 1, 2, 4, 8, 8],
  18432: [1, 1],
  18433: [4, 4],
  18434: [4, 4, 8, 8, 8],
  18435: [4, 4, 8, 8, 8],
  20737: [{ is: 3, bytes: 1 }, 1, 1, 1],
  20738: [1, { is: 2, bytes: 1 }], // reset: PERST# stays asserted for a time that two machines do not share
  21248: [1, { is: 0, bytes: 1 }, { is: 12, bytes: 2 }, { is: 0, bytes: 1 }, 1, 1, 2, { is: 0, bytes: 7 }],
};

/** Which length an input has: as many bytes as the command takes, none, one less, one more. */
export const LENGTHS = ['right', 'none', 'short', 'long'] as const;

/** The input that `draw` makes for a command; `uuids` are what it may ask for. */
export function inputOf(opcode: number, { numbers, length }: CommandDraw, uuids: readonly Uint8Array[]): Uint8Array {
  const fields = (INPUTS[opcode] ?? []).map((width, i) => {
    const number = numbers.length > 0 ? (numbers[i % numbers.length] ?? 0n) : 0n;
    if (width === UUID) return uuidFor(number, uuids);
    return typeof width === 'number' ? bytesOf(number, width) : bytesOf(BigInt(width.is), width.bytes);
  });
  const right = Buffer.concat(fields);
  if (length === 'none') return new Uint8Array();
  if (length === 'short') return right.subarray(0, Math.max(0, right.length - 1));
  return length === 'long' ? Buffer.concat([right, Uint8Array.of(1)]) : right;
}

const UNKNOWN = Buffer.alloc(16, 0x5a);

const uuidFor = (number: bigint, uuids: readonly Uint8Array[]): Uint8Array =>
  uuids[Number(number % BigInt(uuids.length + 1))] ?? UNKNOWN;

/** The low bytes of a number, and zeros. */
function bytesOf(number: bigint, width: number): Uint8Array {
  const bytes = Buffer.alloc(Math.max(8, width));
  bytes.writeBigUInt64LE(BigInt.asUintN(64, number));
  return bytes.subarray(0, width);
}
