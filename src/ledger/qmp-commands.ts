/** QMP's commands for CXL devices and their arguments, by the release that brought them: QEMU qapi/cxl.json. `path` is left out: it is the device. */
import { precedes } from './release';

/** Integers by their QAPI type, which bounds them; `size` is one of 64 bits too. Enumerations by their values. */
export type ArgumentType =
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'int16'
  | 'str'
  | 'bool'
  | 'list'
  | readonly string[];

export interface Argument {
  readonly type: ArgumentType;
  readonly optional?: boolean;
  /** The first release that has it, if that is not the command's. */
  readonly from?: string;
  /** Its type before a release. */
  readonly formerly?: { readonly before: string; readonly type: ArgumentType };
}

interface CommandRow {
  readonly from: string;
  /** In the order in which QEMU looks for them. */
  readonly arguments: Readonly<Record<string, Argument>>;
}

const EVENT_LOG = ['informational', 'warning', 'failure', 'fatal'] as const;
const CORRECTABLE = [
  'cache-data-ecc',
  'mem-data-ecc',
  'crc-threshold',
  'retry-threshold',
  'cache-poison-received',
  'mem-poison-received',
  'physical',
] as const;

const NEW: Argument = { type: 'uint8', optional: true, from: '11.0' };

/** Of the records of all kinds, before what is special to one. */
const COMMON = {
  log: { type: EVENT_LOG },
  flags: { type: 'uint32', formerly: { before: '11.0', type: 'uint8' } },
  'maint-op-class': NEW,
  'maint-op-subclass': NEW,
  'ld-id': { ...NEW, type: 'uint16' },
  'head-id': NEW,
} as const satisfies Record<string, Argument>;

const MEDIA = {
  dpa: { type: 'uint64' },
  descriptor: { type: 'uint8' },
  type: { type: 'uint8' },
  'transaction-type': { type: 'uint8' },
  channel: { type: 'uint8', optional: true },
  rank: { type: 'uint8', optional: true },
} as const satisfies Record<string, Argument>;

/** QEMU asks for it where it has it; nothing is said by it here unless a scenario does. */
const SUB_TYPE = { 'sub-type': NEW } as const;

const PLDM = { 'is-comp-id-pldm': { ...NEW, type: 'bool' } } as const satisfies Record<string, Argument>;
const COMPONENT = { 'component-id': { ...NEW, type: 'str' }, ...PLDM } as const satisfies Record<string, Argument>;

const CAPACITY = {
  region: { type: 'uint8' },
  tag: { type: 'str', optional: true },
  extents: { type: 'list' },
} as const satisfies Record<string, Argument>;

const COMMANDS = {
  'cxl-inject-general-media-event': {
    from: '8.1',
    arguments: {
      ...COMMON,
      ...MEDIA,
      device: { type: 'uint32', optional: true },
      'component-id': { type: 'str', optional: true },
      ...PLDM,
      'cme-ev-flags': NEW,
      'cme-count': { ...NEW, type: 'uint32' },
      ...SUB_TYPE,
    },
  },
  'cxl-inject-dram-event': {
    from: '8.1',
    arguments: {
      ...COMMON,
      ...MEDIA,
      'nibble-mask': { type: 'uint32', optional: true },
      'bank-group': { type: 'uint8', optional: true },
      bank: { type: 'uint8', optional: true },
      row: { type: 'uint32', optional: true },
      column: { type: 'uint16', optional: true },
      'correction-mask': { type: 'list', optional: true },
      ...COMPONENT,
      'sub-channel': NEW,
      'cme-ev-flags': NEW,
      'cvme-count': { ...NEW, type: 'uint32' },
      ...SUB_TYPE,
    },
  },
  'cxl-inject-memory-module-event': {
    from: '8.1',
    arguments: {
      ...COMMON,
      type: { type: 'uint8' },
      'health-status': { type: 'uint8' },
      'media-status': { type: 'uint8' },
      'additional-status': { type: 'uint8' },
      'life-used': { type: 'uint8' },
      temperature: { type: 'int16' },
      'dirty-shutdown-count': { type: 'uint32' },
      'corrected-volatile-error-count': { type: 'uint32' },
      'corrected-persistent-error-count': { type: 'uint32' },
      ...COMPONENT,
      ...SUB_TYPE,
    },
  },
  'cxl-inject-poison': { from: '8.1', arguments: { start: { type: 'uint64' }, length: { type: 'uint64' } } },
  'cxl-inject-uncorrectable-errors': { from: '8.0', arguments: { errors: { type: 'list' } } },
  'cxl-inject-correctable-error': { from: '8.0', arguments: { type: { type: CORRECTABLE } } },
  'cxl-add-dynamic-capacity': {
    from: '9.1',
    arguments: {
      'host-id': { type: 'uint16' },
      'selection-policy': { type: ['free', 'contiguous', 'prescriptive', 'enable-shared-access'] },
      ...CAPACITY,
    },
  },
  'cxl-release-dynamic-capacity': {
    from: '9.1',
    arguments: {
      'host-id': { type: 'uint16' },
      'removal-policy': { type: ['tag-based', 'prescriptive'] },
      'forced-removal': { type: 'bool', optional: true },
      'sanitize-on-release': { type: 'bool', optional: true },
      ...CAPACITY,
    },
  },
} as const satisfies Record<string, CommandRow>;

/** Arguments that a release such as `10.0.13` has of each command that it has; the newest one unless it is given. */
export function qmpCommandsOf(release?: string): ReadonlyMap<string, ReadonlyMap<string, Argument>> {
  const has = (from?: string) => from === undefined || release === undefined || !precedes(release, from);
  const rows = Object.entries<CommandRow>(COMMANDS).filter(([, { from }]) => has(from));
  return new Map(
    rows.map(([name, { arguments: all }]) => {
      const there = Object.entries(all).filter(([, { from }]) => has(from));
      return [name, new Map(there.map(([argument, row]) => [argument, asOf(row, release)]))];
    }),
  );
}

/** With the type that it has in that release. */
function asOf({ formerly, ...row }: Argument, release: string | undefined): Argument {
  const isFormer = formerly !== undefined && release !== undefined && precedes(release, formerly.before);
  return isFormer ? { ...row, type: formerly.type } : row;
}
