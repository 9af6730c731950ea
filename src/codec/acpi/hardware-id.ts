import type { AmlValue } from './aml/values';

/** The text form of a `_HID` or `_CID`: `ACPI0016`, `PNP0A08`. ACPI 6.5 Section 19.6.36: EISAID. */
export function hardwareId(value: AmlValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'bigint') return undefined;
  const raw = Buffer.alloc(4);
  raw.writeUInt32LE(Number(value & 0xffff_ffffn));
  const swapped = raw.readUInt32BE();
  const letters = [26, 21, 16].map((shift) => String.fromCharCode(((swapped >>> shift) & 0x1f) + 0x40)).join('');
  return letters + (swapped & 0xffff).toString(16).toUpperCase().padStart(4, '0');
}

/** The integer that stands for such a text. */
export function eisaId(id: string): number {
  const letters = [...id.slice(0, 3)].reduce((bits, letter) => (bits << 5) | (letter.charCodeAt(0) - 0x40), 0);
  const raw = Buffer.alloc(4);
  raw.writeUInt16BE(letters, 0);
  raw.writeUInt16BE(Number.parseInt(id.slice(3), 16), 2);
  return raw.readUInt32LE();
}
