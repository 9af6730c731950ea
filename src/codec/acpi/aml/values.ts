/** What AML computes with. ACPI 6.5 Section 19.3.5: ASL Data Types, and their implicit conversions. */

/** Integers have the width of the table that they are in. Packages can be changed, and are. */
export type AmlValue = bigint | string | Uint8Array | AmlValue[] | AmlName | AmlReference;

/** A name in a package. */
export interface AmlName {
  readonly name: string;
}

/** A place that something can be stored in: what `Index` and `RefOf` yield. */
export interface AmlReference {
  get(): AmlValue;
  set(value: AmlValue): void;
}

export const isReference = (value: AmlValue): value is AmlReference =>
  typeof value === 'object' && 'get' in value && !(value instanceof Uint8Array) && !Array.isArray(value);

/** Undefined for what has no number. Section 19.3.5.7: of a buffer its first bytes, of a string its hexadecimal digits. */
export function asInteger(value: AmlValue, width: number): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') return BigInt(`0x${/^(?:0x)?([\da-f]{1,16})/i.exec(value)?.[1] ?? '0'}`);
  if (!(value instanceof Uint8Array)) return undefined;
  return value.subarray(0, width / 8).reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** Undefined for what has no bytes. */
export function asBuffer(value: AmlValue, width: number): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(`${value}\0`, 'latin1');
  if (typeof value !== 'bigint') return undefined;
  return Uint8Array.from({ length: width / 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** Negative, zero or positive; undefined for what cannot be compared. The first decides as what both are taken. */
export function compare(a: AmlValue, b: AmlValue, width: number): number | undefined {
  if (typeof a === 'bigint') {
    const other = asInteger(b, width);
    return other === undefined ? undefined : Number(a > other) - Number(a < other);
  }
  const [first, second] = [asBuffer(a, width), asBuffer(b, width)];
  return first && second && Buffer.compare(first, second);
}

/** A copy that shares nothing with the original. */
export function copyOf(value: AmlValue): AmlValue {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  return Array.isArray(value) ? value.map(copyOf) : value;
}
