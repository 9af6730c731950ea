/** ACPI 6.5 Section 20.2.5.4: Expression Opcodes Encoding; what they compute, Section 19.6. */
import type { Frame, Interpreter } from './interpreter';
import { ARITHMETIC, COMPARISON, CONSTANT_SIZE, LOGICAL, OP } from './opcodes';
import type { AmlReader } from './reader';
import { type AmlValue, asBuffer, asInteger, compare, copyOf, isReference } from './values';

/** What a buffer may be padded to with zeros, in bytes: far more than any in a real table. */
const BUFFER_LIMIT = 0x1_0000n;

/** The value of the expression that `reader` is at. @throws DecodeError for what is not understood, or only a machine knows. */
export function valueAt(reader: AmlReader, frame: Frame, engine: Interpreter): AmlValue {
  engine.enter(reader);
  const value = compute(reader, frame, engine);
  engine.leave();
  return value;
}

/** @throws DecodeError for what is no number */
export function integerAt(reader: AmlReader, frame: Frame, engine: Interpreter): bigint {
  const at = reader.at;
  const value = asInteger(valueAt(reader, frame, engine), engine.width);
  if (value === undefined) throw reader.error('no number', at);
  return value;
}

function compute(reader: AmlReader, frame: Frame, engine: Interpreter): AmlValue {
  if (reader.isName()) return named(reader, frame, engine);
  const at = reader.at;
  const op = reader.opcode();
  const size = CONSTANT_SIZE[op];
  if (size !== undefined) return reader.integer(size);
  if (op >= OP.local0 && op <= OP.arg6) return variable(op, frame, reader, at);
  const value = () => valueAt(reader, frame, engine);
  const integer = () => integerAt(reader, frame, engine);
  const store = (result: AmlValue): AmlValue => {
    engine.targetAt(reader, frame)?.set(result);
    return result;
  };
  const arithmetic = ARITHMETIC[op];
  if (arithmetic) return store(engine.fit(arithmetic(integer(), integer())));
  const logical = LOGICAL[op];
  if (logical) return engine.truth(logical(integer() !== 0n, integer() !== 0n));
  const comparison = COMPARISON[op];
  if (comparison) {
    const order = compare(value(), value(), engine.width);
    if (order === undefined) throw reader.error('values of these types do not compare', at);
    return engine.truth(comparison(order));
  }
  switch (op) {
    case OP.zero:
      return 0n;
    case OP.one:
      return 1n;
    case OP.ones:
      return engine.fit(-1n);
    case OP.string:
      return reader.string();
    case OP.buffer:
      return buffer(reader, frame, engine);
    case OP.package:
    case OP.varPackage:
      return elements(reader, frame, engine, op);
    case OP.store:
    case OP.copyObject:
      return store(copyOf(value()));
    case OP.increment:
    case OP.decrement: {
      const place = engine.targetAt(reader, frame);
      const before = asInteger(place?.get() ?? 0n, engine.width) ?? 0n;
      const after = engine.fit(op === OP.increment ? before + 1n : before - 1n);
      place?.set(after);
      return after;
    }
    case OP.not:
      return store(engine.fit(~integer()));
    case OP.divide: {
      const [dividend, divisor] = [integer(), integer()];
      if (divisor === 0n) throw reader.error('divides by zero', at);
      store(dividend % divisor);
      return store(dividend / divisor);
    }
    case OP.logicalNot:
      return engine.truth(integer() === 0n);
    case OP.toInteger:
      return store(integer());
    case OP.toBuffer: {
      const bytes = asBuffer(value(), engine.width);
      if (!bytes) throw reader.error('no bytes', at);
      return store(Uint8Array.from(bytes));
    }
    case OP.sizeOf: {
      const of = engine.targetAt(reader, frame)?.get();
      if (typeof of === 'string' || Array.isArray(of) || of instanceof Uint8Array) return BigInt(of.length);
      throw reader.error('has no size', at);
    }
    case OP.index: {
      reader.at = at;
      const place = engine.targetAt(reader, frame);
      if (place) return place;
      throw reader.error('no place', at);
    }
    case OP.refOf:
      return engine.targetAt(reader, frame) ?? 0n;
    case OP.derefOf: {
      const place = value();
      return isReference(place) ? place.get() : place;
    }
    case OP.acquire:
      engine.targetAt(reader, frame);
      reader.integer(2); // how long it may take
      return 0n;
    default:
      throw reader.error(`opcode 0x${op.toString(16)} is not understood`, at);
  }
}

function variable(op: number, { locals, args }: Frame, reader: AmlReader, at: number): AmlValue {
  const value = op <= OP.local7 ? locals[op - OP.local0] : args[op - OP.arg0];
  if (value === undefined) throw reader.error('a variable that holds nothing', at);
  return value;
}

/** An object, or what a method yields. */
function named(reader: AmlReader, frame: Frame, engine: Interpreter): AmlValue {
  const at = reader.at;
  const name = reader.name();
  const found = engine.find(name, frame);
  if (!found) throw reader.error(`there is no ${name} in ${frame.scope}`, at);
  const { path, object } = found;
  switch (object.kind) {
    case 'value':
      return object.value;
    case 'buffer field':
      return object.field.get();
    case 'method': {
      const args = Array.from({ length: object.parameters }, () => valueAt(reader, frame, engine));
      return engine.call(path, object, args, reader);
    }
    case 'register':
      throw reader.error(`${path} is a register, which only the machine can read`, at);
    default:
      return { name: path };
  }
}

function buffer(reader: AmlReader, frame: Frame, engine: Interpreter): Uint8Array {
  const end = reader.end();
  const size = integerAt(reader, frame, engine);
  if (size > BUFFER_LIMIT || reader.at > end) throw reader.error(`a buffer of ${size} bytes`);
  const body = reader.bytesTo(end);
  return Uint8Array.from({ length: Math.max(Number(size), body.length) }, (_, i) => body[i] ?? 0);
}

function elements(reader: AmlReader, frame: Frame, engine: Interpreter, op: number): AmlValue[] {
  const end = reader.end();
  const count = op === OP.package ? reader.byte() : Number(integerAt(reader, frame, engine));
  const found: AmlValue[] = [];
  while (reader.at < end) found.push(reader.isName() ? { name: reader.name() } : valueAt(reader, frame, engine));
  if (reader.at !== end || found.length > count) throw reader.error('a package that is longer than it says');
  return found;
}
