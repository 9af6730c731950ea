/** ACPI 6.5 Section 20.2.5.2: Named Objects Encoding. */

import { integerAt, valueAt } from './expressions';
import type { Frame, Interpreter } from './interpreter';
import { join } from './namespace';
import { BODY_AFTER, CREATE_BIT_FIELD, CREATE_FIELD, OP } from './opcodes';
import type { AmlReader } from './reader';
import { bitsOf } from './targets';

/** Defines what `op` does, whose operands `reader` is at; false if it defines nothing. */
export function defineAt(op: number, reader: AmlReader, limit: number, frame: Frame, engine: Interpreter): boolean {
  const named = () => join(frame.scope, reader.name());
  const other = (path: string) => engine.define(path, { kind: 'other' }, frame);
  const extra = BODY_AFTER[op];
  if (extra !== undefined) {
    const end = reader.end(limit);
    const path = named();
    engine.define(path, { kind: op === OP.device ? 'device' : 'scope' }, frame);
    reader.at += extra;
    engine.run(reader, end, { ...frame, scope: path });
    return true;
  }
  if (CREATE_FIELD[op] !== undefined || op === OP.createField) {
    createField(op, reader, frame, engine);
    return true;
  }
  switch (op) {
    case OP.name:
      engine.define(named(), { kind: 'value', value: valueAt(reader, frame, engine) }, frame);
      return true;
    case OP.alias: {
      const original = engine.find(reader.name(), frame);
      if (!original) throw reader.error('an alias of nothing');
      engine.define(named(), original.object, frame);
      return true;
    }
    case OP.scope: {
      const end = reader.end(limit);
      const name = reader.name();
      const scope = engine.find(name, frame)?.path;
      if (scope === undefined) throw reader.error(`there is no scope ${name}`);
      engine.run(reader, end, { ...frame, scope });
      return true;
    }
    case OP.method: {
      const end = reader.end(limit);
      const path = named();
      const parameters = reader.byte() & 7;
      engine.define(path, { kind: 'method', parameters, from: reader.at, to: end }, frame);
      if (reader.at > end) throw reader.error(`runs past the end of ${path}`);
      reader.at = end;
      return true;
    }
    case OP.region:
      other(named());
      reader.at += 1; // space
      valueAt(reader, frame, engine);
      valueAt(reader, frame, engine);
      return true;
    case OP.mutex:
      other(named());
      reader.at += 1; // flags
      return true;
    case OP.event:
      other(named());
      return true;
    case OP.field:
    case OP.indexField:
    case OP.bankField:
      fields(op, reader, limit, frame, engine);
      return true;
    default:
      return false;
  }
}

function createField(op: number, reader: AmlReader, frame: Frame, engine: Interpreter): void {
  const at = reader.at;
  const buffer = valueAt(reader, frame, engine);
  const index = Number(integerAt(reader, frame, engine));
  const bits = CREATE_FIELD[op] ?? Number(integerAt(reader, frame, engine));
  const bit = op === OP.createField || op === CREATE_BIT_FIELD ? index : index * 8;
  if (!(buffer instanceof Uint8Array)) throw reader.error('no buffer', at);
  const path = join(frame.scope, reader.name());
  engine.define(path, { kind: 'buffer field', field: bitsOf(buffer, bit, bits, engine, reader) }, frame);
}

const RESERVED = 0;
const ACCESS = 1;
const CONNECTION = 2;
const EXTENDED_ACCESS = 3;

/** Section 20.2.5.2: FieldList: names, each with how many bits it has, and what says how to access those that follow. */
function fields(op: number, reader: AmlReader, limit: number, frame: Frame, engine: Interpreter): void {
  const end = reader.end(limit);
  reader.name(); // the region, or the index register
  if (op !== OP.field) reader.name(); // the data register, or the bank register
  if (op === OP.bankField) valueAt(reader, frame, engine);
  reader.at += 1; // flags
  while (reader.at < end) {
    const kind = reader.peek();
    if (kind > EXTENDED_ACCESS) {
      engine.define(join(frame.scope, reader.segment()), { kind: 'register' }, frame);
      reader.length();
      continue;
    }
    reader.at += 1;
    if (kind === RESERVED) reader.length();
    else if (kind === CONNECTION) valueAt(reader, frame, engine);
    else reader.at += kind === ACCESS ? 2 : 3;
  }
  if (reader.at !== end) throw reader.error('runs past the end of a field');
}
