/** CXL r3.1 Section 8.2.9.2.1: Event Records: a common header, and 80 bytes whose layout its UUID tells. */
import { DecodeError } from '../decode-error';
import { type Fields, repeat, struct, text, u8, u16, u24, u32, u64, uuid } from '../struct';
import { HEALTH } from './mailbox/alerts';

/** Table 8-42: Common Event Record Format. */
const EventRecordHeader = struct('Event Record', {
  id: uuid,
  length: u8,
  flags: u24,
  handle: u16,
  relatedHandle: u16,
  timestamp: u64,
  maintenanceClass: u8,
  maintenanceSubclass: u8,
  logicalDevice: u16,
  head: u8,
  reserved: text(11),
});

/** Of every record, its header included. */
export const EVENT_RECORD_SIZE = 128;

/** Where an error was met. The physical address has flags in its low bits. */
const MEDIA_ERROR = {
  physicalAddress: u64,
  descriptor: u8,
  type: u8,
  transactionType: u8,
  validity: u16,
  channel: u8,
  rank: u8,
};

/** Where in DRAM, within a rank. */
const DRAM_ADDRESS = { nibbleMask: u24, bankGroup: u8, bank: u8, row: u24, column: u16 };

const COMPONENT = { componentId: text(16) };
const CORRECTED_ERRORS = { correctedErrorFlags: u8, correctedErrorCount: u24, subType: u8 };

/** Section 8.2.9.2.1.1: General Media Event Record. */
const GeneralMedia = struct('General Media Event Record', {
  ...MEDIA_ERROR,
  device: u24,
  ...COMPONENT,
  ...CORRECTED_ERRORS,
  reserved: text(41),
});

/** Section 8.2.9.2.1.2: DRAM Event Record. */
const Dram = struct('DRAM Event Record', {
  ...MEDIA_ERROR,
  ...DRAM_ADDRESS,
  correctionMask: repeat(4, u64),
  ...COMPONENT,
  subChannel: u8,
  ...CORRECTED_ERRORS,
  reserved: u8,
});

/** Section 8.2.9.2.1.3: Memory Module Event Record. */
const MemoryModule = struct('Memory Module Event Record', {
  type: u8,
  ...HEALTH,
  validity: u16,
  ...COMPONENT,
  subType: u8,
  reserved: text(42),
});

/** CXL r3.2 Section 8.2.10.2.1.4: Memory Sparing Event Record. */
const MemorySparing = struct('Memory Sparing Event Record', {
  reserved: u16,
  sparingFlags: u8,
  result: u8,
  validity: u16,
  reserved2: text(6),
  sparesAvailable: u16,
  channel: u8,
  rank: u8,
  ...DRAM_ADDRESS,
  ...COMPONENT,
  subChannel: u8,
  reserved3: text(37),
});

/** Section 8.2.9.2.1.6: Dynamic Capacity Event Record, with one extent. */
const DynamicCapacity = struct('Dynamic Capacity Event Record', {
  type: u8,
  validity: u8,
  host: u16,
  updatedRegion: u8,
  flags: u8,
  reserved: u16,
  dpa: u64,
  size: u64,
  tag: uuid,
  sharedSequence: u16,
  reserved2: text(30),
  availableExtents: u32,
  availableTags: u32,
});

const KINDS = {
  'general media': { id: 'fbcd0a77-c260-417f-85a9-088b1621eba6', body: GeneralMedia },
  DRAM: { id: '601dcbb3-9c06-4eab-b8af-4e9bfb5c9624', body: Dram },
  'memory module': { id: 'fe927475-dd59-4339-a586-79bab113b774', body: MemoryModule },
  'memory sparing': { id: 'e71f3a40-2d29-4092-8a39-4d1c966c7c65', body: MemorySparing },
  'dynamic capacity': { id: 'ca95afa7-f183-4018-8c2f-95268e101a2a', body: DynamicCapacity },
} as const;

export type EventKind = keyof typeof KINDS;

type Body<K extends EventKind> = (typeof KINDS)[K]['body'] extends { decode(...args: never[]): infer F } ? F : never;

export type EventRecord = {
  readonly [K in EventKind]: {
    readonly kind: K;
    readonly header: HeaderFields;
    readonly body: Body<K>;
  };
}[EventKind];

type HeaderFields = ReturnType<typeof EventRecordHeader.decode>;

/** `header.id` and `header.length` follow from the kind. Fields left out are zero. */
export function encodeEventRecord<K extends EventKind>(
  kind: K,
  header: Partial<Omit<HeaderFields, 'id' | 'length'>>,
  body: Partial<Body<K>>,
): Uint8Array {
  const { id, body: layout } = KINDS[kind];
  const encoded = (layout as typeof GeneralMedia).encode(body as Partial<Fields<never>>);
  return Buffer.concat([EventRecordHeader.encode({ ...header, id, length: EVENT_RECORD_SIZE }), encoded]);
}

/** @throws DecodeError if the record is cut short, or of a kind that is not defined here. */
export function decodeEventRecord(bytes: Uint8Array, at = 0): EventRecord {
  const header = EventRecordHeader.decode(bytes, at);
  const kind = (Object.keys(KINDS) as EventKind[]).find((each) => KINDS[each].id === header.id);
  if (!kind) throw new DecodeError('Event Record', `is of the unknown kind ${header.id}`, at);
  return { kind, header, body: KINDS[kind].body.decode(bytes, at + EventRecordHeader.size) } as EventRecord;
}
