/** What a mailbox is given and what it answers, by the names of fields, as far as the command has a layout. */
import { COMMAND_ROWS, commandNamed, OPCODE } from '../codec/cxl/mailbox/command';
import { decodeDcConfiguration, decodeDcExtents } from '../codec/cxl/mailbox/dynamic-capacity';
import { showEffects } from '../codec/cxl/mailbox/effect';
import { decodeEventRecords, EVENT_LOGS, EventInterruptPolicy } from '../codec/cxl/mailbox/events';
import { COMMAND_EFFECTS_LOG, decodeCel, GetLogInput } from '../codec/cxl/mailbox/logs';
import { decodePoisonList } from '../codec/cxl/mailbox/poison';
import type { CommandRow } from '../codec/cxl/mailbox/row';
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
  const decode = DECODERS[opcode] ?? byLayout(COMMAND_ROWS.get(opcode) ?? {});
  try {
    return plain(decode(output, input));
  } catch (error) {
    if (error instanceof DecodeError) return { 'cannot be decoded': error.message };
    throw error;
  }
}

const byLayout =
  ({ output: head, entry, values = {} }: Partial<CommandRow>): Decode =>
  (output) => {
    if (!head) return undefined;
    const count = entry ? Math.floor((output.length - head.size) / entry.size) : 0;
    const entries = Array.from({ length: Math.max(0, count) }, (_, i) =>
      worded(entry?.decode(output, head.size + i * entry.size) ?? {}, values),
    );
    return { ...worded(head.decode(output), values), ...(entries.length > 0 && { entry: entries }) };
  };

/** With the words that values of fields have. */
const worded = (fields: object, values: NonNullable<CommandRow['values']>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const [word] = Object.entries(values[name] ?? {}).find(([, each]) => each === value) ?? [];
      return [name, word ?? value];
    }),
  );

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
  const { input: layout, values = {} }: Partial<CommandRow> = COMMAND_ROWS.get(opcode) ?? {};
  if (!layout || input.length < layout.size)
    return `${bytesIn(input.length)} ${Buffer.from(input.subarray(0, SHOWN)).toString('hex')}`;
  const given = Object.entries(layout.decode(input)).filter(([, value]) => value !== '' && value !== 0 && value !== 0n);
  const named = worded(Object.fromEntries(given), values);
  const more = input.length > layout.size ? [bytesIn(input.length - layout.size)] : [];
  const shown = Object.entries(named).map(([name, value]) => `${name} ${showField(value)}`);
  return [...shown, ...more].join(', ') || 'all zero';
}

const bytesIn = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;

const showField = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'bigint' ? hex(value) : `${plain(value)}`;
