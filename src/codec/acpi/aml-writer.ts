/** Writes AML. ACPI 6.5 Section 20.2: AML Grammar Definition. A term is its bytes. */
import { toBytes } from '../bytes';
import { OP } from './aml/opcodes';

type Term = Uint8Array;

/** `Device (NAME) { ... }`, `Scope (NAME) { ... }`, `Name (NAME, value)`; names have up to four characters. */
export const device = (name: string, ...terms: Term[]): Term => sized(OP.device, nameOf(name), ...terms);

export const scope = (name: string, ...terms: Term[]): Term => sized(OP.scope, nameOf(name), ...terms);

export const name = (called: string, value: number | string | Term): Term =>
  join(OP.name, nameOf(called), constant(value));

/** `Method (NAME, parameters) { ... }`. */
export const method = (called: string, parameters: number, ...terms: Term[]): Term =>
  sized(OP.method, nameOf(called), Uint8Array.of(parameters), ...terms);

export const when = (condition: Term, ...terms: Term[]): Term => sized(OP.if, condition, ...terms);

export const give = (value: number | string | Term): Term => join(OP.return, constant(value));

export const buffer = (bytes: Uint8Array): Term => sized(OP.buffer, constant(bytes.length), bytes);

export const list = (...elements: (number | string | Term)[]): Term =>
  sized(OP.package, Uint8Array.of(elements.length), ...elements.map(constant));

export const store = (value: Term, target: Term): Term => join(OP.store, value, target);

/** `CreateDWordField (buffer, offset, NAME)`. */
export const dwordField = (of: Term, offset: number, called: string): Term =>
  join(0x8a, of, constant(offset), nameOf(called));

export const and = (a: Term, b: number, target: Term): Term => join(0x7b, a, constant(b), target);
export const or = (a: Term, b: number, target: Term): Term => join(0x7d, a, constant(b), target);
export const equal = (a: Term, b: number | Term): Term => join(0x93, a, constant(b));
export const not = (a: Term): Term => join(OP.logicalNot, a);
export const either = (a: Term, b: Term): Term => join(0x91, a, b);

export const argument = (n: number): Term => Uint8Array.of(OP.arg0 + n);
export const local = (n: number): Term => Uint8Array.of(OP.local0 + n);
export const object = (called: string): Term => nameOf(called);

function constant(value: number | string | Term): Term {
  if (typeof value === 'number') return integer(value);
  return typeof value === 'string' ? Buffer.from(`\x0d${value}\0`, 'latin1') : value;
}

function integer(value: number): Term {
  if (value <= 1) return Uint8Array.of(value);
  if (value <= 0xff) return Uint8Array.of(OP.byte, value);
  return value <= 0xffff ? Uint8Array.of(OP.word, ...toBytes(value, 2)) : Uint8Array.of(OP.dword, ...toBytes(value, 4));
}

/** A leading backslash is the root. */
function nameOf(path: string): Uint8Array {
  const root = path.startsWith('\\') ? '\\' : '';
  return Buffer.from(root + path.slice(root.length).padEnd(4, '_'), 'latin1');
}

const join = (opcode: number, ...parts: Uint8Array[]): Term => Buffer.concat([opcodeOf(opcode), ...parts]);

const opcodeOf = (opcode: number): Uint8Array =>
  opcode > 0xff ? Uint8Array.of(opcode >> 8, opcode & 0xff) : Uint8Array.of(opcode);

/** Section 20.2.4: Package Length Encoding, in three bytes, which count themselves. */
function sized(opcode: number, ...parts: Uint8Array[]): Term {
  const body = Buffer.concat(parts);
  const length = body.length + 3;
  if (length > 0xf_ffff) throw new RangeError(`an AML object of ${length} bytes`);
  return Buffer.concat([
    opcodeOf(opcode),
    Uint8Array.of(0x80 | (length & 0xf), (length >> 4) & 0xff, length >> 12),
    body,
  ]);
}
