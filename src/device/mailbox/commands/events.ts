import {
  CLEAR_ALL,
  ClearEventRecords,
  decodeHandles,
  EVENT_LOGS,
  EVENT_RECORDS_FLAG,
  EventInterruptPolicy,
  EventRecordsHeader,
  INTERRUPT_MODE,
} from '../../../codec/cxl/mailbox/events';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { MachineCrash } from '../../../machine/crash';
import type { EventLog } from '../event-logs';
import { PAYLOAD_SIZE } from '../payload-size';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';
import { lockEventLogs } from './overrun';

/** MSI-X vectors of the event logs; the dynamic capacity log names none. QEMU 10.0 and later. */
const VECTORS = [2, 3, 4, 5, 0];

/** As many as fit into a payload of 2 KiB. */
const RECORDS_AT_ONCE = 15;

const HANDLE_SIZE = 2;

export function eventCommands(context: CommandContext): Handlers {
  const { quirks, events, facts } = context;
  let policy = new Uint8Array(facts.eventLogs);

  function getRecords([code = 0]: Uint8Array): Uint8Array {
    if (quirks.has('event-commands-idle')) return EventRecordsHeader.encode({});
    lockEventLogs(context);
    const log = logOf(code);
    const records = log.records.slice(0, RECORDS_AT_ONCE);
    const left = quirks.has('more-event-records-always') ? log.records.length : log.records.length - records.length;
    const { overflowErrorCount, firstOverflowTimestamp, lastOverflowTimestamp } = log;
    const flags = (left > 0 ? EVENT_RECORDS_FLAG.more : 0) | (overflowErrorCount > 0 ? EVENT_RECORDS_FLAG.overflow : 0);
    const header = { flags, overflowErrorCount, firstOverflowTimestamp, lastOverflowTimestamp, count: records.length };
    return Buffer.concat([EventRecordsHeader.encode(header), ...records.map(({ bytes }) => bytes)]);
  }

  function clearRecords(input: Uint8Array): Uint8Array {
    if (quirks.has('event-commands-idle')) {
      if (input.length > PAYLOAD_SIZE) throw new MachineCrash('SIGABRT', 'cxl_process_mailbox');
      return input;
    }
    if (input.length < ClearEventRecords.size) {
      if (quirks.has('payload-length-unchecked')) return NOTHING;
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    const { log: code, flags, count } = ClearEventRecords.decode(input);
    const length = ClearEventRecords.size + count * HANDLE_SIZE;
    const tooLong = input.length > length && !isAccepted(input);
    if (input.length < length || tooLong) throw new Refused(RETURN_CODE.invalidPayloadLength);
    lockEventLogs(context);
    const log = logOf(code);
    if (flags & CLEAR_ALL && !quirks.has('clear-all-event-records-ignored')) clearAll(log);
    else clearOldest(log, decodeHandles(input, count));
    return NOTHING;
  }

  /** Though it is longer than what it holds. */
  const isAccepted = (input: Uint8Array): boolean =>
    (input.length > PAYLOAD_SIZE && !quirks.has('event-commands-idle')) ||
    quirks.has('event-payload-too-long-accepted');

  /** Only after records were lost is everything to be cleared unseen. */
  function clearAll(log: EventLog): void {
    if (log.overflowErrorCount === 0) throw new Refused(RETURN_CODE.invalidInput);
    log.drop(log.records.length);
  }

  /** All or none of them; an older record must not stay behind. */
  function clearOldest(log: EventLog, handles: readonly number[]): void {
    const named = quirks.has('surplus-event-handles-ignored') ? handles.slice(0, log.records.length) : handles;
    const wrong = quirks.has('wrong-event-handle-is-invalid-input')
      ? RETURN_CODE.invalidInput
      : RETURN_CODE.invalidHandle;
    const valid = named.every((handle, i) => log.records[i]?.handle === handle);
    if (!valid && !quirks.has('event-records-cleared-out-of-order')) throw new Refused(wrong);
    log.drop(named.length);
  }

  function logOf(code: number): EventLog {
    const log = events.log(quirks.has('event-log-unchecked') ? code % EVENT_LOGS.length : code);
    if (!log) throw new Refused(RETURN_CODE.invalidInput);
    return log;
  }

  function getPolicy(): Uint8Array {
    return quirks.has('event-policy-preset') ? policy.map((setting) => setting | INTERRUPT_MODE.msi) : policy;
  }

  /** A fifth byte, for dynamic capacity, may follow. */
  function setPolicy(input: Uint8Array): Uint8Array {
    const tooLong = input.length > policy.length && !isAccepted(input);
    const tooShort = input.length < EventInterruptPolicy.size && !quirks.has('payload-length-unchecked');
    if (tooShort || tooLong) throw new Refused(RETURN_CODE.invalidPayloadLength);
    if (quirks.has('event-interrupt-policy-ignored')) return input;
    policy = policy.map((setting, log) => {
      const mode = log < input.length ? (input[log] ?? 0) & INTERRUPT_MODE.mask : setting & INTERRUPT_MODE.mask;
      const vector = VECTORS[quirks.has('event-policy-one-vector') ? 0 : log] ?? 0;
      return mode === INTERRUPT_MODE.msi ? mode | (vector << 4) : 0;
    });
    return NOTHING;
  }

  return {
    getEventRecords: getRecords,
    clearEventRecords: clearRecords,
    getEventInterruptPolicy: getPolicy,
    setEventInterruptPolicy: setPolicy,
  };
}
