/** CXL r3.1 Section 8.2.9.2: Events: the logs of a device, and the commands that read and clear them. */
import { DecodeError } from '../../decode-error';
import { struct, text, u8, u16, u64 } from '../../struct';
import { decodeEventRecord, EVENT_RECORD_SIZE, type EventRecord } from '../event-record';
import type { CommandRows } from './row';

/** In the order of their codes, which is that of the bits of the Event Status register and of the Event Interrupt Policy too. */
export const EVENT_LOGS = ['informational', 'warning', 'failure', 'fatal', 'dynamic capacity'] as const;

/** The logs whose bits are set in an Event Status register. */
export const logsIn = (status: number): EventLogName[] => EVENT_LOGS.filter((_, code) => (status >> code) & 1);

export type EventLogName = (typeof EVENT_LOGS)[number];

/** Their codes. */
const EVENT_LOG = { informational: 0, warning: 1, failure: 2, fatal: 3, dynamicCapacity: 4 } as const;

/** Section 8.2.9.2.2: Get Event Records (Opcode 0100h). */
const GetEventRecords = struct('Get Event Records input', { log: u8 });

/** What precedes the records. Times are in nanoseconds. */
export const EventRecordsHeader = struct('Get Event Records', {
  flags: u8,
  reserved: u8,
  overflowErrorCount: u16,
  firstOverflowTimestamp: u64,
  lastOverflowTimestamp: u64,
  count: u16,
  reserved2: text(10),
});

/** Of {@link EventRecordsHeader}. */
export const EVENT_RECORDS_FLAG = { overflow: 1, more: 2 } as const;

/** Section 8.2.9.2.3: Clear Event Records (Opcode 0101h): what precedes the handles. */
export const ClearEventRecords = struct('Clear Event Records', {
  log: u8,
  flags: u8,
  count: u8,
  reserved: u8,
  reserved2: u16,
});

/** Of {@link ClearEventRecords}: whatever the log holds, and no handles. */
export const CLEAR_ALL = 1;

const EventRecordHandle = struct('event record handle', { handle: u16 });

/** The handles behind the header, `count` of them. @throws DecodeError if they are not all there. */
export const decodeHandles = (input: Uint8Array, count: number): number[] =>
  EventRecordHandle.decodeAll(input, count, ClearEventRecords.size).map(({ handle }) => handle);

/** @throws DecodeError for a payload that is not as long as it says. */
export function decodeEventRecords(payload: Uint8Array): {
  readonly overflow: boolean;
  readonly more: boolean;
  readonly overflowErrorCount: number;
  readonly records: readonly EventRecord[];
} {
  const { flags, overflowErrorCount, count } = EventRecordsHeader.decode(payload);
  const length = EventRecordsHeader.size + count * EVENT_RECORD_SIZE;
  if (payload.length !== length) {
    throw new DecodeError('Get Event Records', `has ${payload.length} bytes and ${count} records`);
  }
  return {
    overflow: (flags & EVENT_RECORDS_FLAG.overflow) !== 0,
    more: (flags & EVENT_RECORDS_FLAG.more) !== 0,
    overflowErrorCount,
    records: Array.from({ length: count }, (_, i) =>
      decodeEventRecord(payload, EventRecordsHeader.size + i * EVENT_RECORD_SIZE),
    ),
  };
}

/**
 * Section 8.2.9.2.4: Get Event Interrupt Policy (Opcode 0102h), a byte for each log: mode in bits 1:0, vector in 7:4. A
 * fifth byte, of the dynamic capacity log, follows since CXL 3.0.
 */
export const EventInterruptPolicy = struct('Event Interrupt Policy', {
  informational: u8,
  warning: u8,
  failure: u8,
  fatal: u8,
});

const FifthEventInterruptPolicy = struct('fifth byte of an Event Interrupt Policy', { dynamicCapacity: u8 });

/** Of an Event Interrupt Policy, interrupt mode. */
export const INTERRUPT_MODE = { mask: 3, msi: 1 } as const;
const VECTOR_SHIFT = 4;

/** What Get Event Interrupt Policy answers, by log: the mode in words, and the vector. */
export const decodeInterruptPolicy = (output: Uint8Array) =>
  [...output].map((setting, code) => ({
    log: EVENT_LOGS[code],
    mode: (setting & INTERRUPT_MODE.mask) === INTERRUPT_MODE.msi ? 'MSI-X' : 'none',
    vector: setting >> VECTOR_SHIFT,
  }));

/** The modes in words, by log. */
const INTERRUPTS = Object.fromEntries(
  Object.keys(EVENT_LOG).map((log) => [log, { none: 0, 'MSI-X': INTERRUPT_MODE.msi }]),
);

export const EVENT_COMMANDS = {
  getEventRecords: {
    opcode: 0x0100,
    since: { device: '7.1' },
    asks: true,
    needsMedia: true,
    input: GetEventRecords,
    output: EventRecordsHeader,
    values: { log: EVENT_LOG },
    refusals: ['invalidInput'],
  },
  clearEventRecords: {
    opcode: 0x0101,
    since: { device: '7.1' },
    effects: ['immediateLogChange'],
    input: ClearEventRecords,
    more: [EventRecordHandle],
    values: { log: EVENT_LOG, flags: { clearAll: CLEAR_ALL } },
    refusals: ['invalidInput', 'invalidHandle'],
  },
  getEventInterruptPolicy: {
    opcode: 0x0102,
    since: { device: '7.1' },
    asks: true,
    output: EventInterruptPolicy,
    observed: { device: [{}] },
  },
  setEventInterruptPolicy: {
    opcode: 0x0103,
    since: { device: '7.1' },
    effects: ['immediateConfigurationChange'],
    input: EventInterruptPolicy,
    more: [FifthEventInterruptPolicy],
    values: INTERRUPTS,
  },
} as const satisfies CommandRows;
