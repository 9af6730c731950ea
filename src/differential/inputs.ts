/** Inputs of mailbox commands, right ones and such as are not: the fields of their layouts, with numbers that were drawn. */
import { COMMAND_ROWS } from '../codec/cxl/mailbox/command';
import type { CommandRow } from '../codec/cxl/mailbox/row';
import { struct, uuid } from '../codec/struct';
import type { CommandDraw } from './draw';

/** Which length an input has: as many bytes as the command takes, none, one less, one more; what the mailbox holds, one more than that. */
export const LENGTHS = ['right', 'none', 'short', 'long', 'held', 'above'] as const;

/** With the largest that the register can say. */
export const ALL_LENGTHS = [...LENGTHS, 'largest'] as const;

/** In bytes; the fields are followed by zeros. */
const FILLED: Readonly<Partial<Record<CommandDraw['length'], number>>> = { held: 2048, above: 2049, largest: 0xf_ffff };

/** The input that `draw` makes for a command; `uuids` are what it may ask for. */
export function inputOf(opcode: number, { numbers, length }: CommandDraw, uuids: readonly string[]): Uint8Array {
  const row: Partial<CommandRow> = COMMAND_ROWS.get(opcode) ?? {};
  const layouts = [row.input, row.more?.at(-1)].flatMap((layout) => layout?.fields ?? []);
  const numberOf = (i: number) => (numbers.length > 0 ? (numbers[i % numbers.length] ?? 0n) : 0n);
  const fields = layouts.map(({ field, type }, i) => {
    if (type === uuid) return uuidFor(numberOf(i), uuids);
    return bytesOf(BigInt(row.drawn?.[field] ?? numberOf(i)), type.size);
  });
  const right = Buffer.concat([...fields, bytesOf(numberOf(layouts.length), row.data?.bytes ?? 0)]);
  const filled = FILLED[length];
  if (filled !== undefined) return bytesIn(right, filled);
  if (length === 'none') return new Uint8Array();
  if (length === 'short') return right.subarray(0, Math.max(0, right.length - 1));
  return length === 'long' ? Buffer.concat([right, Uint8Array.of(1)]) : right;
}

function bytesIn(beginning: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(beginning.subarray(0, length));
  return bytes;
}

const Uuid = struct('UUID', { uuid });
const UNKNOWN = '5a5a5a5a-5a5a-5a5a-5a5a-5a5a5a5a5a5a';

const uuidFor = (number: bigint, uuids: readonly string[]): Uint8Array =>
  Uuid.encode({ uuid: uuids[Number(number % BigInt(uuids.length + 1))] ?? UNKNOWN });

/** The low bytes of a number, and zeros. */
function bytesOf(number: bigint, width: number): Uint8Array {
  const bytes = Buffer.alloc(Math.max(8, width));
  bytes.writeBigUInt64LE(BigInt.asUintN(64, number));
  return bytes.subarray(0, width);
}
