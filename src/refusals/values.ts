/** Values of properties, as QEMU reads them from text: qapi/string-input-visitor.c, util/cutils.c, hw/core/qdev-properties.c. */
import type { PropertyType } from '../ledger/property';
import type { JsonKind } from '../options/option';
import { parseSize } from '../options/size';
import { address, integer, isOff, isOn } from '../options/value';

export { address, integer, isOn };

const BITS = { uint8: 8n, uint16: 16n, uint32: 32n, uint64: 64n } as const;
const SPEEDS = new Set(['2_5', '5', '8', '16', '32', '64']);
const WIDTHS = new Set(['1', '2', '4', '8', '12', '16', '32']);

/** Undefined if it is none. */
export function size(text: string): bigint | undefined {
  try {
    return parseSize(text);
  } catch {
    return undefined;
  }
}

/** What QEMU has against a value of JSON that is not of the kind that a property takes. qapi/qobject-input-visitor.c */
export function complaintAboutKind(type: PropertyType, key: string, kind: JsonKind): string | undefined {
  if (type === 'list') return undefined;
  if (type === 'address') {
    return kind === 'integer' || kind === 'string'
      ? undefined
      : `Invalid parameter type for '${key}', expected int or str`;
  }
  if (type === 'size' || type in BITS) return kind === 'integer' ? undefined : `Parameter '${key}' expects uint64`;
  const expected = type === 'bool' ? 'boolean' : 'string';
  return kind === expected ? undefined : `Invalid parameter type for '${key}', expected: ${expected}`;
}

/** What QEMU has against a value of property `key`, if anything; `owner` is the type that has the property. */
export function complaintAbout(type: PropertyType, key: string, text: string, owner: string): string | undefined {
  if (type === 'bool') return isOn(text) || isOff(text) ? undefined : `Parameter '${key}' expects 'on' or 'off'`;
  if (type === 'size') return size(text) === undefined ? `Parameter '${key}' expects a size` : undefined;
  if (type === 'address') return address(text) ? undefined : `Property '${owner}.${key}' doesn't take value '${text}'`;
  if (type === 'link speed' || type === 'link width') {
    const known = type === 'link speed' ? SPEEDS : WIDTHS;
    return known.has(text) ? undefined : `Parameter '${key}' does not accept value '${text}'`;
  }
  if (type in BITS) return complaintAboutInteger(type as keyof typeof BITS, key, text);
  return undefined;
}

function complaintAboutInteger(type: keyof typeof BITS, key: string, text: string): string | undefined {
  const given = integer(text);
  const value = given !== undefined && given < 0n && given >= -(1n << 63n) ? BigInt.asUintN(64, given) : given;
  if (value === undefined || value >= 1n << 64n || value < 0n) return `Parameter '${key}' expects integer`;
  return value >= 1n << BITS[type] ? `Parameter '${key}' expects ${type}_t` : undefined;
}
