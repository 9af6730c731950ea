import { expect } from 'expect';
import { COMMAND_ROWS, COMMANDS, commandNamed } from '../../src/codec/cxl/mailbox/command';
import { returnCodeNamed } from '../../src/codec/cxl/mailbox/return-code';
import type { CommandRow, PayloadLayout } from '../../src/codec/cxl/mailbox/row';
import { DecodeError } from '../../src/codec/decode-error';
import type { Answer } from '../../src/machine/memory-device';
import { showBytes } from '../../src/report/show-value';
import { bytes, range } from './parameter-types';

/** A row of a table: fields of a payload in words, `over temperature warning threshold`, with their values. */
type Row = Readonly<Record<string, string>>;

/** What follows the fields: hexadecimal digits, or `128 bytes`. */
const DATA = 'data';

const camel = (words: string): string => words.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());

/** `256M-258M and 260M-262M`, in place of `base` and `size` of each; or `none`. */
const EXTENTS = 'extents';

/** Of nothing; of `8 bytes of input`, all of them zero; or of fields, `offset 0, length 4`. */
export function encodeInputText(opcode: number, text: string): Uint8Array {
  if (text === '') return new Uint8Array();
  const [, length] = /^(\d+) bytes? of input$/.exec(text) ?? [];
  if (length !== undefined) return new Uint8Array(Number(length));
  const { input, more = [] }: Partial<CommandRow> = COMMAND_ROWS.get(opcode) ?? {};
  return encodeInput(opcode, rowsOf(text, [input, ...more]));
}

/** `slot info 0x02` as rows of a table. */
export function outputRows(opcode: number, text: string): Row[] {
  const { output, entry }: Partial<CommandRow> = COMMAND_ROWS.get(opcode) ?? {};
  return rowsOf(text, [output, entry]);
}

/** A field that is said again begins another row. */
function rowsOf(text: string, layouts: readonly (PayloadLayout | undefined)[]): Row[] {
  const fields = layouts.flatMap((layout) => (layout ? Object.keys(emptyOf(layout)) : []));
  const rows: Record<string, string>[] = [{}];
  for (const part of text.split(', ')) {
    const words = part.split(' ');
    const names = words.map((_, n) => words.slice(0, words.length - n).join(' '));
    const name = names.find((each) => each === DATA || each === EXTENTS || fields.includes(camel(each)));
    if (name === undefined) throw new SyntaxError(`${part}: not a field; fields are ${[...fields, DATA].join(', ')}`);
    const value = part.slice(name.length + 1);
    for (const given of name === EXTENTS ? extentsOf(value) : [{ [name]: value }]) {
      if (Object.keys(given).some((each) => each in (rows.at(-1) ?? {}))) rows.push({});
      Object.assign(rows.at(-1) ?? {}, given);
    }
  }
  return rows;
}

function extentsOf(text: string): Row[] {
  const ranges = text === 'none' ? [] : text.split(' and ').map(range);
  return ranges.map(({ base, size }) => ({ base: `${base}`, size: `${size}` }));
}

/** The input that the rows describe: the first has the fields of the command, each has one of what may follow. `count` is that of what follows, unless given. */
export function encodeInput(opcode: number, rows: readonly Row[]): Uint8Array {
  const layout = COMMAND_ROWS.get(opcode);
  if (!layout?.input) throw new SyntaxError('the command has no input with fields');
  const [first = {}] = rows;
  const entries = rows.map((row) => layout.more?.find((each) => Object.keys(fieldsIn(each, row, layout)).length > 0));
  const count = layout.more && { count: entries.filter((entry) => entry).length };
  const parts = [layout.input.encode({ ...count, ...fieldsIn(layout.input, first, layout) })];
  for (const [i, row] of rows.entries()) {
    const more = entries[i];
    if (more) parts.push(more.encode(fieldsIn(more, row, layout)));
    if (row[DATA] !== undefined) parts.push(dataOf(row[DATA]));
  }
  return Buffer.concat(parts);
}

/** The answer is Success, and says what the rows say. */
export function expectOutput(id: string, opcode: number, { code, output }: Answer, rows: readonly Row[]): void {
  expect({ [id]: returnCodeNamed(code) }).toEqual({ [id]: 'Success' });
  const what = commandNamed(opcode);
  expect({ [what]: DecodeError.of(id, () => decodeOutput(opcode, output, rows)) }).toEqual({
    [what]: expectedOutput(opcode, rows),
  });
}

export function expectNoOutput(id: string, { output }: Answer): void {
  expect({ [`output of ${id}`]: showBytes(output) }).toEqual({ [`output of ${id}`]: 'no bytes' });
}

/** What an output says of the fields of each row, in the rows' own order; the second and later rows are of its entries. */
function decodeOutput(opcode: number, output: Uint8Array, rows: readonly Row[]): Record<string, unknown>[] {
  const { output: layout, entry }: Partial<CommandRow> = COMMAND_ROWS.get(opcode) ?? {};
  const from = layout?.size ?? 0;
  return rows.map((row, i) => {
    const at = from + i * (entry?.size ?? 0);
    const rest = { [DATA]: Buffer.from(output.subarray(from)) };
    const decoded = {
      ...rest,
      ...(layout && fieldsOf(layout, output)),
      ...(entry && namesIn(entry, row) && fieldsOf(entry, output, at)),
    };
    return Object.fromEntries(
      Object.keys(row).map((name) => [name, (decoded as Record<string, unknown>)[camel(name)]]),
    );
  });
}

/** What was observed of a device, by field where the answer to a command has fields: `Success 0a0b`. */
export function decodeObservation(about: string, observed = 'nothing'): unknown {
  const [, answer, digits = ''] = /^(.*?) ?((?:[0-9a-f]{2})*)$/.exec(observed) ?? [];
  const opcode = COMMANDS.get(about);
  const output = opcode === undefined ? undefined : COMMAND_ROWS.get(opcode)?.output;
  const bytes = Buffer.from(digits, 'hex');
  if (answer !== 'Success' || bytes.length === 0) return observed;
  return output && bytes.length === output.size ? output.decode(bytes) : bytes;
}

/** The rows, with values as they are decoded. */
function expectedOutput(opcode: number, rows: readonly Row[]): Record<string, unknown>[] {
  const layout: Partial<CommandRow> = COMMAND_ROWS.get(opcode) ?? {};
  const parts = [layout.output, layout.entry].filter((each) => each !== undefined);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, text]) => {
        const part = parts.find((each) => camel(name) in emptyOf(each));
        if (!part && name !== DATA) throw new SyntaxError(`the output has no field ${name}`);
        return [name, part ? cellOf(part, camel(name), text, layout.values) : Buffer.from(dataOf(text))];
      }),
    ),
  );
}

/** Fields by name; of one that is repeated, the second is `name1`, the third `name2`. */
function fieldsOf(layout: PayloadLayout, bytes: Uint8Array, at = 0): Record<string, unknown> {
  const fields = Object.entries(layout.decode(bytes, at)).map(([name, value]) =>
    Array.isArray(value) ? value.map((each, i) => [i === 0 ? name : `${name}${i}`, each]) : [[name, value]],
  );
  return Object.fromEntries(fields.flat());
}

const emptyOf = (layout: PayloadLayout): Record<string, unknown> => fieldsOf(layout, new Uint8Array(layout.size));

const namesIn = (layout: PayloadLayout, row: Row): boolean => {
  const fields = emptyOf(layout);
  return Object.keys(row).some((name) => camel(name) in fields);
};

/** Those of the row that the layout has. */
function fieldsIn(layout: PayloadLayout, row: Row, { values }: CommandRow): Record<string, unknown> {
  const there = emptyOf(layout);
  const named = Object.entries(row).filter(([name, text]) => camel(name) in there && text !== '');
  return Object.fromEntries(named.map(([name, text]) => [camel(name), cellOf(layout, camel(name), text, values)]));
}

function cellOf(layout: PayloadLayout, field: string, text: string, values: CommandRow['values']): unknown {
  const word = values?.[field]?.[camel(text)];
  if (word !== undefined) return word;
  const kind = typeof emptyOf(layout)[field];
  if (kind === 'string') return text;
  const value = text.startsWith('-') ? -bytes(text.slice(1)) : bytes(text);
  return kind === 'bigint' ? value : Number(value);
}

function dataOf(text: string): Uint8Array {
  const [, count] = /^(\d+) bytes?$/.exec(text) ?? [];
  return count === undefined ? Buffer.from(text, 'hex') : new Uint8Array(Number(count)).fill(0xab);
}
