/** Writes the little AML that names devices. ACPI 6.5 Section 20.2: AML Grammar Definition. */
import { toBytes } from '../bytes';

/** `Device (NAME) { ... }`, `Scope (NAME) { ... }`, `Name (NAME, value)`; names have up to four characters. */
export const device = (name: string, ...terms: Uint8Array[]): Uint8Array => sized([0x5b, 0x82], nameOf(name), ...terms);

export const scope = (name: string, ...terms: Uint8Array[]): Uint8Array => sized([0x10], nameOf(name), ...terms);

/** A value is an integer or a string. */
export const name = (called: string, value: number | string): Uint8Array =>
  Buffer.concat([Uint8Array.of(0x08), nameOf(called), typeof value === 'string' ? text(value) : integer(value)]);

const text = (value: string): Uint8Array => Buffer.from(`\x0d${value}\0`, 'latin1');

function integer(value: number): Uint8Array {
  if (value <= 1) return Uint8Array.of(value);
  if (value <= 0xff) return Uint8Array.of(0x0a, value);
  return value <= 0xffff ? Uint8Array.of(0x0b, ...toBytes(value, 2)) : Uint8Array.of(0x0c, ...toBytes(value, 4));
}

/** A leading backslash is the root. */
function nameOf(path: string): Uint8Array {
  const root = path.startsWith('\\') ? '\\' : '';
  return Buffer.from(root + path.slice(root.length).padEnd(4, '_'), 'latin1');
}

/** Section 20.2.4: Package Length Encoding, in two bytes, which count themselves. */
function sized(opcode: readonly number[], ...parts: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  const length = body.length + 2;
  if (length > 0xfff) throw new RangeError(`an AML object of ${length} bytes`);
  return Buffer.concat([Uint8Array.from(opcode), Uint8Array.of(0x40 | (length & 0xf), length >> 4), body]);
}
