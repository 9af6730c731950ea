/** ACPI 6.5 Section 5.2.16: System Resource Affinity Table (SRAT). */
import { DecodeError } from '../decode-error';
import { hex, type Range } from '../range';
import { struct, u8, u16, u32, u64 } from '../struct';
import { encodeTable, TableHeader } from './table';

/** Section 5.2.16.2: Memory Affinity Structure. */
export interface MemoryAffinity extends Range {
  readonly domain: number;
  readonly enabled: boolean;
  readonly hotPluggable: boolean;
}

const PROCESSOR = 0;
const MEMORY = 1;
const ENABLED = 1;
const HOT_PLUGGABLE = 2;

/** Between the table's header and the first structure. */
const Preamble = struct('SRAT', { one: u32, reserved: u64 });
const EntryHeader = struct('SRAT structure', { type: u8, length: u8 });

/** Section 5.2.16.1: Processor Local APIC/SAPIC Affinity Structure. */
const ProcessorLayout = struct('Processor Affinity', {
  type: u8,
  length: u8,
  domainLow: u8,
  apicId: u8,
  flags: u32,
  sapicEid: u8,
  domainMiddle: u16,
  domainHigh: u8,
  clockDomain: u32,
});

const MemoryLayout = struct('Memory Affinity', {
  type: u8,
  length: u8,
  domain: u32,
  reserved: u16,
  base: u64,
  size: u64,
  reserved2: u32,
  flags: u32,
  reserved3: u64,
});

/** A whole SRAT of processors 0 to `processors` in domain 0, and memory; its checksum is left to firmware. */
export function encodeSrat(processors: number, memory: readonly MemoryAffinity[]): Uint8Array {
  const cpus = Array.from({ length: processors }, (_, apicId) =>
    ProcessorLayout.encode({ type: PROCESSOR, length: ProcessorLayout.size, apicId, flags: ENABLED }),
  );
  return encodeTable('SRAT', Buffer.concat([Preamble.encode({ one: 1 }), ...cpus, ...memory.map(encodeMemory)]));
}

function encodeMemory({ domain, base, size, enabled, hotPluggable }: MemoryAffinity): Uint8Array {
  const flags = (enabled ? ENABLED : 0) | (hotPluggable ? HOT_PLUGGABLE : 0);
  return MemoryLayout.encode({ type: MEMORY, length: MemoryLayout.size, domain, base, size, flags });
}

/** The memory affinities, disabled ones included. @throws DecodeError for a length that cannot be. */
export function decodeMemoryAffinities(table: Uint8Array): MemoryAffinity[] {
  const found: MemoryAffinity[] = [];
  for (let at = TableHeader.size + Preamble.size; at < table.length; ) {
    const { type, length } = EntryHeader.decode(table, at);
    if (length === 0 || at + length > table.length)
      throw new DecodeError(`SRAT structure at ${hex(at)}`, `length ${length}`);
    if (type === MEMORY) {
      const { domain, base, size, flags } = MemoryLayout.decode(table.subarray(0, at + length), at);
      found.push({ domain, base, size, enabled: (flags & ENABLED) !== 0, hotPluggable: (flags & HOT_PLUGGABLE) !== 0 });
    }
    at += length;
  }
  return found;
}

/** The ranges that memory can be hot-plugged into. */
export const hotPluggable = (table: Uint8Array): Range[] =>
  decodeMemoryAffinities(table).filter((memory) => memory.enabled && memory.hotPluggable);
