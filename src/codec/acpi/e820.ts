/** ACPI 6.5 Section 15: System Address Map Interfaces; in the form of QEMU's fw_cfg file `etc/e820`. */
import { end, type Range, showRange } from '../range';
import { struct, u32, u64 } from '../struct';

/** Address range types; the last is Linux' own, which firmware that speaks EFI can bring about. */
export const E820_TYPE = {
  RAM: 1,
  RESERVED: 2,
  ACPI: 3,
  NVS: 4,
  UNUSABLE: 5,
  PERSISTENT: 7,
  SOFT_RESERVED: 0xefff_ffff,
} as const;

export interface E820Entry extends Range {
  /** A value of {@link E820_TYPE}, or a number that ACPI does not define. */
  readonly type: number;
}

const Entry = struct('E820 entry', { base: u64, size: u64, type: u32 });

export const encodeE820 = (entries: readonly E820Entry[]): Uint8Array => Buffer.concat(entries.map(Entry.encode));

/** @throws DecodeError if the last entry is cut short. */
export function decodeE820(map: Uint8Array): E820Entry[] {
  return Array.from({ length: Math.ceil(map.length / Entry.size) }, (_, i) => Entry.decode(map, i * Entry.size));
}

/** `RESERVED 0x110000000-0x210000000`. */
export function showE820(entry: E820Entry): string {
  const [name] = Object.entries(E820_TYPE).find(([, type]) => type === entry.type) ?? [`type ${entry.type}`];
  return `${name} ${showRange(entry)}`;
}

/** By ascending address, with one entry for those of one type that touch each other. */
export function joinE820(entries: readonly E820Entry[]): E820Entry[] {
  const found: E820Entry[] = [];
  for (const entry of [...entries].sort((a, b) => (a.base < b.base ? -1 : 1))) {
    const last = found.at(-1);
    if (last?.type !== entry.type || end(last) !== entry.base) found.push(entry);
    else found.splice(-1, 1, { ...last, size: last.size + entry.size });
  }
  return found;
}
