/** QMP's commands for CXL devices, one a row: arguments by the release that brought them, and the event record that they become: QEMU qapi/cxl.json. `path` is left out: it is the device. */
import type { EventKind } from '../codec/cxl/event-record';
import { EVENT_LOGS } from '../codec/cxl/mailbox/events';
import type { CorrectableError, UncorrectableError } from '../codec/cxl/ras';
import { isIn } from './property';
import { precedes } from './release';

/** Integers by their QAPI type, which bounds them; `size` is one of 64 bits too. Enumerations by their values. */
export type ArgumentType =
  | ('uint8' | 'uint16' | 'uint32' | 'uint64' | 'int16' | 'str' | 'bool')
  | ('integers' | 'extents' | 'errors') // lists of them
  | readonly string[];

export interface Argument {
  readonly type: ArgumentType;
  /** Whether a scenario need not give it; where a QEMU does not do without it, it gets 0. */
  readonly optional?: boolean;
  /** The first release that has it, if that is not the command's. */
  readonly from?: string;
  /** Its type before a release. */
  readonly formerly?: { readonly before: string; readonly type: ArgumentType };
  /** The field of the event record that it becomes, and how many bits or, of a list, values of it. */
  readonly field?: string;
  readonly of?: 'header';
  readonly length?: number;
  /** The bit that says that it was given: of a validity field, or in the header of the flags. A boolean one has to be true. */
  readonly valid?: number;
  /** It counts only with this one. */
  readonly with?: string;
  /** A bit of another field that is set where it was given. */
  readonly sets?: { readonly field: string; readonly bit: number };
  /** Why `fuzz` does not draw it; or what it always draws. */
  readonly undrawn?: string;
  readonly drawn?: number;
}

interface CommandRow {
  readonly from: string;
  /** In the order in which QEMU looks for them. */
  readonly arguments: Readonly<Record<string, Argument>>;
  /** What it makes a record of. */
  readonly record?: EventKind;
  /** Whether an informational event that needs maintenance is refused. */
  readonly refusesUrgent?: true;
}

/** QEMU qapi/cxl.json: CxlUncorErrorType. */
export const UNCORRECTABLE: Readonly<Record<string, UncorrectableError>> = {
  'cache-data-parity': 'cacheDataParity',
  'cache-address-parity': 'cacheAddressParity',
  'cache-be-parity': 'cacheByteEnableParity',
  'cache-data-ecc': 'cacheDataEcc',
  'mem-data-parity': 'memDataParity',
  'mem-address-parity': 'memAddressParity',
  'mem-be-parity': 'memByteEnableParity',
  'mem-data-ecc': 'memDataEcc',
  'reinit-threshold': 'reinitThreshold',
  'rsvd-encoding': 'reservedEncoding',
  'poison-received': 'poisonReceived',
  'receiver-overflow': 'receiverOverflow',
  internal: 'internal',
  'cxl-ide-tx': 'ideTransmit',
  'cxl-ide-rx': 'ideReceive',
};

/** QEMU qapi/cxl.json: CxlCorErrorType. */
export const CORRECTABLE: Readonly<Record<string, CorrectableError>> = {
  'cache-data-ecc': 'cacheDataEcc',
  'mem-data-ecc': 'memDataEcc',
  'crc-threshold': 'crcThreshold',
  'retry-threshold': 'retryThreshold',
  'cache-poison-received': 'cachePoisonReceived',
  'mem-poison-received': 'memPoisonReceived',
  physical: 'physicalLayer',
};

const NEW = { type: 'uint8', optional: true, from: '11.0' } as const;
const HEADER = { ...NEW, of: 'header' } as const;

/** Of the records of all kinds, before what is special to one. */
const COMMON = {
  log: { type: EVENT_LOGS.filter((log) => log !== 'dynamic capacity') },
  flags: {
    type: 'uint32',
    formerly: { before: '11.0', type: 'uint8' },
    of: 'header',
    field: 'flags',
    length: 24,
  },
  'maint-op-class': { ...HEADER, field: 'maintenanceClass' },
  'maint-op-subclass': { ...HEADER, field: 'maintenanceSubclass', valid: 6 },
  'ld-id': { ...HEADER, type: 'uint16', field: 'logicalDevice', valid: 7 },
  'head-id': { ...HEADER, field: 'head', valid: 8 },
} as const satisfies Record<string, Argument>;

const MEDIA = {
  dpa: { type: 'uint64', field: 'physicalAddress' },
  descriptor: { type: 'uint8', field: 'descriptor' },
  type: { type: 'uint8', field: 'type' },
  'transaction-type': { type: 'uint8', field: 'transactionType' },
  channel: { type: 'uint8', optional: true, field: 'channel', valid: 0 },
  rank: { type: 'uint8', optional: true, field: 'rank', valid: 1 },
} as const satisfies Record<string, Argument>;

/** QEMU asks for it where it has it; nothing is said by it here unless a scenario does. */
const SUB_TYPE = { 'sub-type': { ...NEW, field: 'subType' } } as const;

/** CXL r3.2 Table 8-57: of Memory Event Descriptor: Threshold Event. */
const THRESHOLD_EVENT = { field: 'descriptor', bit: 1 } as const;

const CORRECTED = { ...NEW, type: 'uint32', field: 'correctedErrorCount', length: 24, sets: THRESHOLD_EVENT } as const;
const CORRECTED_FLAGS = { 'cme-ev-flags': { ...NEW, field: 'correctedErrorFlags' } } as const;

const OWN_MEMORY = 'QEMU takes bytes of its own memory with it';

const component = (valid: number, from = '8.1') =>
  ({
    'component-id': { type: 'str', optional: true, from, field: 'componentId', valid, undrawn: OWN_MEMORY },
    'is-comp-id-pldm': { ...NEW, type: 'bool', valid: valid + 1, with: 'component-id', undrawn: OWN_MEMORY },
  }) as const satisfies Record<string, Argument>;

const CAPACITY = {
  region: { type: 'uint8' },
  tag: { type: 'str', optional: true },
  extents: { type: 'extents' },
} as const satisfies Record<string, Argument>;

const HOST = { 'host-id': { type: 'uint16', drawn: 0 } } as const;

const COMMANDS = {
  'cxl-inject-general-media-event': {
    from: '8.1',
    record: 'general media',
    refusesUrgent: true,
    arguments: {
      ...COMMON,
      ...MEDIA,
      device: { type: 'uint32', optional: true, field: 'device', length: 24, valid: 2 },
      ...component(3),
      ...CORRECTED_FLAGS,
      'cme-count': CORRECTED,
      ...SUB_TYPE,
    },
  },
  'cxl-inject-dram-event': {
    from: '8.1',
    record: 'DRAM',
    refusesUrgent: true,
    arguments: {
      ...COMMON,
      ...MEDIA,
      'nibble-mask': { type: 'uint32', optional: true, field: 'nibbleMask', length: 24, valid: 2 },
      'bank-group': { type: 'uint8', optional: true, field: 'bankGroup', valid: 3 },
      bank: { type: 'uint8', optional: true, field: 'bank', valid: 4 },
      row: { type: 'uint32', optional: true, field: 'row', length: 24, valid: 5 },
      column: { type: 'uint16', optional: true, field: 'column', valid: 6 },
      'correction-mask': { type: 'integers', optional: true, field: 'correctionMask', length: 4, valid: 7 },
      ...component(8, '11.0'),
      'sub-channel': { ...NEW, field: 'subChannel', valid: 10 },
      ...CORRECTED_FLAGS,
      'cvme-count': CORRECTED,
      ...SUB_TYPE,
    },
  },
  'cxl-inject-memory-module-event': {
    from: '8.1',
    record: 'memory module',
    arguments: {
      ...COMMON,
      type: { type: 'uint8', field: 'type' },
      'health-status': { type: 'uint8', field: 'healthStatus' },
      'media-status': { type: 'uint8', field: 'mediaStatus' },
      'additional-status': { type: 'uint8', field: 'additionalStatus' },
      'life-used': { type: 'uint8', field: 'lifeUsed' },
      temperature: { type: 'int16', field: 'temperature' },
      'dirty-shutdown-count': { type: 'uint32', field: 'dirtyShutdownCount' },
      'corrected-volatile-error-count': { type: 'uint32', field: 'correctedVolatileErrorCount' },
      'corrected-persistent-error-count': { type: 'uint32', field: 'correctedPersistentErrorCount' },
      ...component(0, '11.0'),
      ...SUB_TYPE,
    },
  },
  'cxl-inject-poison': { from: '8.1', arguments: { start: { type: 'uint64' }, length: { type: 'uint64' } } },
  'cxl-inject-uncorrectable-errors': {
    from: '8.0',
    arguments: { errors: { type: 'errors', undrawn: 'their headers are long lists' } },
  },
  'cxl-inject-correctable-error': { from: '8.0', arguments: { type: { type: Object.keys(CORRECTABLE) } } },
  'cxl-add-dynamic-capacity': {
    from: '9.1',
    arguments: {
      ...HOST,
      'selection-policy': { type: ['free', 'contiguous', 'prescriptive', 'enable-shared-access'] },
      ...CAPACITY,
    },
  },
  'cxl-release-dynamic-capacity': {
    from: '9.1',
    arguments: {
      ...HOST,
      'removal-policy': { type: ['tag-based', 'prescriptive'] },
      'forced-removal': { type: 'bool', optional: true },
      'sanitize-on-release': { type: 'bool', optional: true },
      ...CAPACITY,
    },
  },
} as const satisfies Record<string, CommandRow>;

export type QmpCommandName = keyof typeof COMMANDS;

export const QMP_COMMANDS: Readonly<Record<QmpCommandName, CommandRow>> = COMMANDS;

/** Arguments that a release such as `10.0.13` has of each command that it has; the newest one unless it is given. */
export function qmpCommandsOf(release?: string): ReadonlyMap<string, ReadonlyMap<string, Argument>> {
  const rows = Object.entries<CommandRow>(COMMANDS).filter(([, { from }]) => isIn(release, from));
  return new Map(
    rows.map(([name, { arguments: all }]) => {
      const there = Object.entries(all).filter(([, { from }]) => isIn(release, from));
      return [name, new Map(there.map(([argument, row]) => [argument, asOf(row, release)]))];
    }),
  );
}

/** With the type that it has in that release. */
function asOf({ formerly, ...row }: Argument, release: string | undefined): Argument {
  const isFormer = formerly !== undefined && release !== undefined && precedes(release, formerly.before);
  return isFormer ? { ...row, type: formerly.type } : row;
}
