/** CXL r3.1 Section 8.2.9.9.4: Media and Poison Management. Lengths count {@link POISON_LINE}. */
import { DecodeError } from '../../decode-error';
import { hex, type Range } from '../../range';
import { struct, text, u8, u16, u32, u64 } from '../../struct';
import type { CommandRows } from './row';

/** What is poisoned, or not, in one piece: in bytes. */
export const POISON_LINE = 64;

/** What a Media Error Record says of where the poison comes from, in bits 2:0 of its address. */
const POISON_SOURCES = [
  'unknown',
  'external',
  'internal',
  'injected',
  'reserved',
  'reserved',
  'reserved',
  'vendor',
] as const;

export type PoisonSource = (typeof POISON_SOURCES)[number];

/** Section 8.2.9.9.4.1: Get Poison List (Opcode 4300h). */
export const PoisonRange = struct('Get Poison List input', { address: u64, length: u64 });
export const PoisonListHeader = struct('Get Poison List', {
  flags: u8,
  reserved: u8,
  overflowTimestamp: u64,
  count: u16,
  reserved2: text(20),
});
const MediaErrorRecord = struct('Media Error Record', { address: u64, length: u32, reserved: u32 });

/** Of {@link PoisonListHeader}. */
export const POISON_LIST_FLAG = { more: 1, overflow: 2, scanning: 4 } as const;

/** Sections 8.2.9.9.4.2 and 8.2.9.9.4.3: Inject and Clear Poison (Opcodes 4301h, 4302h); bits 5:0 of the address are reserved. */
export const PoisonAddress = struct('Inject Poison', { address: u64 });

/** Of a range in bytes. */
export const encodePoisonRange = ({ base, size }: Range): Uint8Array =>
  PoisonRange.encode({ address: base, length: size / BigInt(POISON_LINE) });

/** Section 8.2.9.9.4.4: Get Scan Media Capabilities (Opcode 4303h). */
export const ScanMediaCapabilities = struct('Get Scan Media Capabilities', { estimatedMilliseconds: u32 });

/** Section 8.2.9.9.4.5: Scan Media (Opcode 4304h). */
export const ScanMediaInput = struct('Scan Media', { address: u64, length: u64, flags: u8 });

/** Section 8.2.9.9.4.6: Get Scan Media Results (Opcode 4305h): what precedes the records. */
export const ScanMediaResults = struct('Get Scan Media Results', {
  restartAddress: u64,
  restartLength: u64,
  flags: u8,
  reserved: u8,
  count: u16,
  reserved2: text(12),
});

/** Of {@link ScanMediaResults}. */
export const SCAN_RESULTS_FLAG = { more: 1, scanStopped: 2 } as const;

export interface MediaError {
  readonly dpa: Range;
  readonly source: PoisonSource;
}

export function encodeMediaError({ dpa, source }: MediaError): Uint8Array {
  const address = dpa.base | BigInt(POISON_SOURCES.indexOf(source));
  return MediaErrorRecord.encode({ address, length: Number(dpa.size / BigInt(POISON_LINE)) });
}

/** @throws DecodeError for reserved bits that are not zero. */
function decodeMediaError(bytes: Uint8Array, at: number): MediaError {
  const { address, length } = MediaErrorRecord.decode(bytes, at);
  const line = BigInt(POISON_LINE);
  const low = Number(address % line);
  const source = POISON_SOURCES[low];
  if (source === undefined)
    throw new DecodeError(
      `Media Error Record at DPA ${hex(address - BigInt(low))}`,
      `the low bits of its address are ${low}, and no source of errors; sources are 0-${POISON_SOURCES.length - 1} (${POISON_SOURCES.join(', ')})`,
    );
  return { dpa: { base: address - BigInt(low), size: BigInt(length) * line }, source };
}

/** @throws DecodeError for a payload that is not as long as it says. */
export function decodePoisonList(payload: Uint8Array) {
  const { flags, overflowTimestamp, count } = PoisonListHeader.decode(payload);
  if (payload.length !== PoisonListHeader.size + count * MediaErrorRecord.size) {
    throw new DecodeError('Get Poison List', `has ${payload.length} bytes and ${count} records`);
  }
  return {
    more: (flags & POISON_LIST_FLAG.more) !== 0,
    overflow: (flags & POISON_LIST_FLAG.overflow) !== 0,
    scanning: (flags & POISON_LIST_FLAG.scanning) !== 0,
    overflowTimestamp,
    errors: Array.from({ length: count }, (_, i) =>
      decodeMediaError(payload, PoisonListHeader.size + i * MediaErrorRecord.size),
    ),
  };
}

export const POISON_COMMANDS = {
  getPoisonList: {
    opcode: 0x4300,
    since: { device: '8.1' },
    asks: true,
    needsMedia: true,
    input: PoisonRange,
    output: PoisonListHeader,
    entry: MediaErrorRecord,
    values: {
      flags: {
        moreMediaErrorRecords: POISON_LIST_FLAG.more,
        poisonListOverflow: POISON_LIST_FLAG.overflow,
        scanMediaInProgress: POISON_LIST_FLAG.scanning,
      },
    },
    refusals: ['invalidInput', 'invalidPhysicalAddress'],
  },
  injectPoison: {
    opcode: 0x4301,
    since: { device: '8.1' },
    needsMedia: true,
    input: PoisonAddress,
    refusals: ['invalidPhysicalAddress', 'injectPoisonLimitReached'],
  },
  clearPoison: {
    opcode: 0x4302,
    since: { device: '8.1' },
    needsMedia: true,
    input: PoisonAddress,
    data: { bytes: POISON_LINE, exactly: true },
    refusals: ['invalidPhysicalAddress'],
  },
  getScanMediaCapabilities: {
    opcode: 0x4303,
    since: { device: '9.1' },
    asks: true,
    input: PoisonRange,
    output: ScanMediaCapabilities,
    refusals: ['invalidInput', 'invalidPhysicalAddress'],
  },
  scanMedia: {
    opcode: 0x4304,
    since: { device: '9.1' },
    effects: ['backgroundOperation'],
    isAbortable: true,
    input: ScanMediaInput,
    refusals: ['invalidInput', 'invalidPhysicalAddress'],
  },
  getScanMediaResults: {
    opcode: 0x4305,
    since: { device: '9.1' },
    asks: true,
    output: ScanMediaResults,
    entry: MediaErrorRecord,
    refusals: ['unsupported'],
  },
} as const satisfies CommandRows;
