/** Values as QEMU reads them from text: qapi/qobject-input-visitor.c, util/cutils.c, hw/core/qdev-properties-system.c. */
import type { PciPlace } from '../machine/topology';

const ON = new Set(['on', 'yes', 'true', 'y']);
const OFF = new Set(['off', 'no', 'false', 'n']);

export const isOn = (text: string | undefined): boolean => ON.has(`${text}`);
export const isOff = (text: string | undefined): boolean => OFF.has(`${text}`);

/** Hexadecimal, octal or decimal. Undefined if it is none. */
export function integer(text: string): bigint | undefined {
  const [, sign, digits] = /^([-+]?)(0x[\da-f]+|\d+)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const isOctal = /^0[0-7]+$/.test(digits);
  if (/^0\d+$/.test(digits) && !isOctal) return undefined;
  const value = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

/** Of a property that has been checked before; 0 where there is none. */
export const numberOf = (text: string | undefined): number => Number(integer(text ?? '0') ?? 0n);

/** Device and function of `addr`, in hexadecimal; undefined if it is none. hw/core/qdev-properties-system.c: set_pci_devfn() */
export function address(text: string): PciPlace | undefined {
  const [, device, fn = '0'] = /^(?:0x)?([\da-f]+)(?:\.(?:0x)?([\da-f]+))?$/i.exec(text) ?? [];
  const [n, f] = [Number.parseInt(`${device}`, 16), Number.parseInt(fn, 16)];
  return device !== undefined && n < 32 && f < 8 ? { device: n, fn: f } : undefined;
}
