import { type EventKind, type EventRecord, encodeEventRecord } from '../../codec/cxl/event-record';
import { EVENT_LOGS, type EventLogName } from '../../codec/cxl/mailbox/events';
import type { Quirks } from '../../ledger/quirks';
import type { Timestamp } from './timestamp';

/** QEMU hw/cxl/cxl-events.c: CXL_TEST_EVENT_OVERFLOW. */
const CAPACITY = 8;

const LAST_HANDLE = 0xffff;

interface Kept {
  readonly handle: number;
  readonly bytes: Uint8Array;
}

/** One log: records by age, and what became of those that found no room. */
export class EventLog {
  records: readonly Kept[] = [];
  overflowErrorCount = 0;
  /** In nanoseconds. */
  firstOverflowTimestamp = 0n;
  lastOverflowTimestamp = 0n;
  #nextHandle = 1;

  /** How many more records it can hold. */
  get room(): number {
    return CAPACITY - this.records.length;
  }

  /** False if the log is full. */
  add(record: (handle: number) => Uint8Array, timestamp: bigint, quirks: Quirks): boolean {
    if (this.room === 0 && quirks.has('event-overflow-replaces-oldest')) this.drop(1);
    if (this.room === 0) {
      if (quirks.has('event-overflow-forgotten')) return false;
      this.overflowErrorCount += 1;
      const isFirst = this.overflowErrorCount === 1 || quirks.has('event-overflow-has-one-time');
      if (isFirst) this.firstOverflowTimestamp = timestamp;
      this.lastOverflowTimestamp = timestamp;
      return false;
    }
    if (this.records.length === 0 && quirks.has('event-handles-start-over')) this.#nextHandle = 1;
    this.records = [...this.records, { handle: this.#nextHandle, bytes: record(this.#nextHandle) }];
    this.#nextHandle = this.#nextHandle === LAST_HANDLE ? 1 : this.#nextHandle + 1; // 0 is no handle
    return true;
  }

  /** Forgets the oldest `count` records, and that there was no room for others. */
  drop(count: number): void {
    this.records = this.records.slice(count);
    this.overflowErrorCount = 0;
    this.firstOverflowTimestamp = 0n;
    this.lastOverflowTimestamp = 0n;
  }
}

type Header = Partial<Omit<EventRecord['header'], 'id' | 'length' | 'handle' | 'timestamp'>>;

/** The event logs of a device. CXL r3.1 Section 8.2.9.2: Events. QEMU hw/cxl/cxl-events.c. */
export class EventLogs {
  readonly #logs: readonly EventLog[] = EVENT_LOGS.map(() => new EventLog());
  /** Logs that had records when the machine was reset: with the quirk `event-status-lost-at-reset` alone. */
  #forgotten = 0;

  constructor(
    private readonly quirks: Quirks,
    private readonly time: Timestamp,
  ) {}

  /** Undefined if there is no log with that code. */
  log = (code: number): EventLog | undefined => this.#logs[code];

  /** How many more records a log can hold. */
  room = (name: EventLogName): number => this.log(EVENT_LOGS.indexOf(name))?.room ?? 0;

  insert<K extends EventKind>(
    name: EventLogName,
    kind: K,
    header: Header,
    body: Parameters<typeof encodeEventRecord<K>>[2],
  ) {
    const own = EVENT_LOGS.indexOf(name);
    const code = this.quirks.has('event-in-wrong-log') ? (own + 1) % EVENT_LOGS.length : own;
    const timestamp = this.time.now;
    const added = this.log(code)?.add(
      (handle) => encodeEventRecord<K>(kind, { ...header, handle, timestamp }, body),
      timestamp,
      this.quirks,
    );
    if (added) this.#forgotten &= ~(1 << code);
  }

  /** CXL r3.1 Section 8.2.8.3.1: Event Status Register. */
  status(): number {
    if (this.quirks.has('event-status-never-set')) return 0;
    if (this.quirks.has('event-status-always-set')) return (1 << EVENT_LOGS.length) - 1;
    const bits = this.#logs.map(({ records }, code) => (records.length > 0 ? 1 << code : 0));
    return bits.reduce((a, b) => a | b, 0) & ~this.#forgotten;
  }

  /** Of the machine: the logs stay. */
  reset(): void {
    if (this.quirks.has('event-log-survives-as-cleared')) this.discardAll();
    if (this.quirks.has('event-status-lost-at-reset')) this.#forgotten = this.status();
  }

  discardAll(): void {
    for (const log of this.#logs) log.drop(log.records.length);
  }
}
