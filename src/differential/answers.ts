/** What a mailbox is given and what it answers, by the names of fields, as far as the command has a layout. */
import { commandNamed, OPCODE, showEffects } from '../codec/cxl/mailbox/command';
import { decodeDcConfiguration, decodeDcExtents } from '../codec/cxl/mailbox/dynamic-capacity';
import { decodeEventRecords, EVENT_LOGS, EventInterruptPolicy } from '../codec/cxl/mailbox/events';
import { type CommandLayout, LAYOUTS } from '../codec/cxl/mailbox/layouts';
import { COMMAND_EFFECTS_LOG, decodeCel, GetLogInput } from '../codec/cxl/mailbox/logs';
import { decodePoisonList } from '../codec/cxl/mailbox/poison';
import { DecodeError } from '../codec/decode-error';
import { hex } from '../codec/range';
import type { Tree } from './difference';
import { bytesByLine } from './tables';

type Decode = (output: Uint8Array, input: Uint8Array) => unknown;

/** Of commands whose output is no layout with entries of one kind. */
const DECODERS: Readonly<Record<number, Decode>> = {
  [OPCODE.getEventRecords]: decodeEventRecords,
  [OPCODE.getEventInterruptPolicy]: (output) => EventInterruptPolicy.decode(output),
  [OPCODE.getLog]: effectsIn,
  [OPCODE.getPoisonList]: decodePoisonList,
  [OPCODE.getDynamicCapacityConfiguration]: decodeDcConfiguration,
  [OPCODE.getDynamicCapacityExtentList]: decodeDcExtents,
};

/** Its fields, and then its bytes, of which some may belong to no field. */
export function describeOutput(opcode: number, output: Uint8Array, input: Uint8Array): Tree {
  if (output.length === 0) return undefined;
  return { fields: fieldsOf(opcode, output, input), bytes: bytesByLine(output) };
}

function fieldsOf(opcode: number, output: Uint8Array, input: Uint8Array): Tree {
  const decode = DECODERS[opcode] ?? byLayout(LAYOUTS[opcode] ?? {});
  try {
    return plain(decode(output, input));
  } catch (error) {
    if (error instanceof DecodeError) return { 'cannot be decoded': error.message };
    throw error;
  }
}

const byLayout =
  ({ output: head, entry, values = {} }: CommandLayout): Decode =>
  (output) => {
    if (!head) return undefined;
    const worded = (fields: object) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => {
          const [word] = Object.entries(values[name] ?? {}).find(([, each]) => each === value) ?? [];
          return [name, word ?? value];
        }),
      );
    const count = entry ? Math.floor((output.length - head.size) / entry.size) : 0;
    const entries = Array.from({ length: Math.max(0, count) }, (_, i) =>
      worded(entry?.decode(output, head.size + i * entry.size) ?? {}),
    );
    return { ...worded(head.decode(output)), ...(entries.length > 0 && { entry: entries }) };
  };

/** By command; of another log, or from the middle of an entry, there are no fields. */
function effectsIn(output: Uint8Array, input: Uint8Array): unknown {
  const { log, offset } = GetLogInput.decode(input);
  if (log !== COMMAND_EFFECTS_LOG || offset % 4 !== 0) return undefined;
  return Object.fromEntries(decodeCel(output).map(({ opcode, effect }) => [commandNamed(opcode), showEffects(effect)]));
}

/** With bytes, and text that is none, as hexadecimal digits. */
function plain(value: unknown): Tree {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'string')
    return /^[\x20-\x7e]*$/.test(value) ? value : Buffer.from(value, 'latin1').toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value as Tree;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

/** Digits of an input without fields that are shown, in bytes. */
const SHOWN = 24;

/** `log fatal`, `offset 0x100, length 0x8`; without parentheses and what is zero. */
export function showInput(opcode: number, input: Uint8Array): string {
  if (input.length === 0) return 'no input';
  if (opcode === OPCODE.getEventRecords && input.length === 1) return `log ${EVENT_LOGS[input[0] ?? 0] ?? input[0]}`;
  const { input: layout } = LAYOUTS[opcode] ?? {};
  if (!layout || input.length !== layout.size)
    return `${input.length} ${input.length === 1 ? 'byte' : 'bytes'} ${Buffer.from(input.subarray(0, SHOWN)).toString('hex')}`;
  const given = Object.entries(layout.decode(input) as Record<string, number | bigint | string>).filter(
    ([, value]) => BigInt(typeof value === 'string' ? 1 : value) !== 0n && value !== '',
  );
  const shown = given.map(
    ([name, value]) => `${name} ${typeof value === 'string' ? printable(value) : hex(BigInt(value))}`,
  );
  return shown.join(', ') || 'all zero';
}

const printable = (text: string): string => `${plain(text)}`;
