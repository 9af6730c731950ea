/** ACPI 6.5 Section 20.2.2: SuperName: where values are stored. */

import { integerAt, valueAt } from './expressions';
import type { Frame, Interpreter } from './interpreter';
import { OP } from './opcodes';
import type { AmlReader } from './reader';
import { type AmlReference, type AmlValue, asInteger, isReference } from './values';

/** The place that `reader` is at; undefined where the result is wanted nowhere. @throws DecodeError for what is no place */
export function targetAt(reader: AmlReader, frame: Frame, engine: Interpreter): AmlReference | undefined {
  if (reader.isName()) return named(reader, frame, engine);
  const at = reader.at;
  const op = reader.opcode();
  if (op === OP.zero || op === OP.debug) return undefined;
  if (op >= OP.local0 && op <= OP.local7) return slot(frame.locals, op - OP.local0, reader);
  if (op >= OP.arg0 && op <= OP.arg6) return slot(frame.args, op - OP.arg0, reader);
  if (op === OP.index) return indexed(reader, frame, engine);
  if (op === OP.derefOf) {
    const place = valueAt(reader, frame, engine);
    if (isReference(place)) return place;
  }
  throw reader.error('no place to store anything in', at);
}

/** A variable, or an element of a package. What is a place already is stored through. */
function slot(values: AmlValue[], i: number, reader: AmlReader): AmlReference {
  return {
    get: () => {
      const value = values[i];
      if (value === undefined) throw reader.error('a variable that holds nothing');
      return value;
    },
    set: (value) => {
      values[i] = value;
    },
  };
}

function named(reader: AmlReader, frame: Frame, engine: Interpreter): AmlReference {
  const at = reader.at;
  const name = reader.name();
  const object = engine.find(name, frame)?.object;
  if (object?.kind === 'buffer field') return object.field;
  if (object?.kind === 'value') {
    return {
      get: () => object.value,
      set: (value) => {
        object.value = value;
      },
    };
  }
  if (object?.kind === 'other') return { get: () => ({ name }), set: () => {} };
  throw reader.error(`nothing can be stored in ${name}`, at);
}

/** Section 19.6.63: Index: an element of a package, a byte of a buffer. */
function indexed(reader: AmlReader, frame: Frame, engine: Interpreter): AmlReference {
  const at = reader.at;
  const source = valueAt(reader, frame, engine);
  const index = Number(integerAt(reader, frame, engine));
  const place = source instanceof Uint8Array ? byteOf(source, index, engine) : undefined;
  const found = place ?? (Array.isArray(source) ? slot(source, index, reader) : undefined);
  if (!found || (source as { length: number }).length <= index) throw reader.error(`nothing has index ${index}`, at);
  targetAt(reader, frame, engine)?.set(found);
  return found;
}

const byteOf = (bytes: Uint8Array, index: number, { width }: Interpreter): AmlReference => ({
  get: () => BigInt(bytes[index] ?? 0),
  set: (value) => {
    bytes[index] = Number((asInteger(value, width) ?? 0n) & 0xffn);
  },
});

/** Some bits of a buffer. @throws DecodeError if it has not so many */
export function bitsOf(
  bytes: Uint8Array,
  bit: number,
  bits: number,
  engine: Interpreter,
  reader: AmlReader,
): AmlReference {
  if (bit + bits > bytes.length * 8) throw reader.error(`bits ${bit} to ${bit + bits} of ${bytes.length} bytes`);
  const mask = (1n << BigInt(bits)) - 1n;
  const whole = () => bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
  return {
    get: () => (whole() >> BigInt(bit)) & mask,
    set: (value) => {
      const number = (asInteger(value, engine.width) ?? 0n) & mask;
      const changed = (whole() & ~(mask << BigInt(bit))) | (number << BigInt(bit));
      for (let i = 0; i < bytes.length; i++) bytes[i] = Number((changed >> BigInt(8 * i)) & 0xffn);
    },
  };
}
