/** CXL r3.1 Section 8.2.9.9.5: Sanitize and media operations, and Section 8.2.9.9.6: Persistent memory security. */
import { struct, u8, u16, u32, u64 } from '../../struct';
import type { CommandRows } from './row';

/** Section 8.2.9.9.5.3: Media Operations (Opcode 4402h); what follows depends on the operation. */
export const MediaOperation = struct('Media Operations', { class: u8, subclass: u8, reserved: u16, ranges: u32 });

/** By class and subclass. */
export const MEDIA_OPERATION = {
  discovery: { class: 0, subclass: 0 },
  sanitize: { class: 1, subclass: 0 },
  zero: { class: 1, subclass: 1 },
} as const;

/** Follows {@link MediaOperation} for a discovery, which has no ranges. */
export const MediaOperationDiscovery = struct('Media Operations, discovery', { startIndex: u16, operations: u16 });

/** Follows {@link MediaOperation}, so often as it has ranges. In bytes. */
export const DpaRange = struct('Media Operations, DPA range', { dpa: u64, length: u64 });

/** What a discovery yields; the operations follow, two bytes each. */
export const DiscoveredMediaOperations = struct('Media Operations, discovered', {
  rangeGranularity: u64,
  supported: u16,
  returned: u16,
});
export const DiscoveredMediaOperation = struct('Media Operations, discovered operation', { class: u8, subclass: u8 });

/** What ranges are made of, in bytes. QEMU CXL_CACHE_LINE_SIZE. */
export const CACHE_LINE = 64n;

/** Section 8.2.9.9.6.1: Get Security State (Opcode 4500h). */
export const SecurityState = struct('Get Security State', { state: u32 });

export const MEDIA_COMMANDS = {
  sanitize: {
    opcode: 0x4400,
    since: { device: '8.2' },
    effects: ['immediateDataChange', 'securityStateChange', 'backgroundOperation'],
    isAbortable: true,
  },
  mediaOperations: {
    opcode: 0x4402,
    since: { device: '10.1' },
    effects: ['immediateDataChange', 'backgroundOperation'],
    input: MediaOperation,
    more: [MediaOperationDiscovery, DpaRange],
    output: DiscoveredMediaOperations,
    values: { class: { general: 0, sanitize: 1 }, subclass: { discovery: 0, sanitize: 0, zero: 1 } },
    refusals: ['invalidInput', 'unsupported'],
  },
  getSecurityState: {
    opcode: 0x4500,
    since: { device: '8.2' },
    asks: true,
    output: SecurityState,
    observed: { device: [{}] },
  },
} as const satisfies CommandRows;
