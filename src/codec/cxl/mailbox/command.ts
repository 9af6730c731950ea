/** CXL r3.1 Table 8-36, 8-126 and 8-215: all commands of the Component Command Interface that are known, and their opcodes. */
import { ALERT_COMMANDS } from './alerts';
import { DYNAMIC_CAPACITY_COMMANDS } from './dynamic-capacity';
import { EVENT_COMMANDS } from './events';
import { FEATURE_COMMANDS } from './features';
import { FIRMWARE_COMMANDS } from './firmware';
import { INFORMATION_COMMANDS } from './information';
import { LABEL_COMMANDS } from './labels';
import { LOG_COMMANDS } from './logs';
import { MAINTENANCE_COMMANDS } from './maintenance';
import { MANAGED_CAPACITY_COMMANDS } from './managed-capacity';
import { MEDIA_COMMANDS } from './media';
import { MEMORY_DEVICE_COMMANDS } from './memory-device';
import { nameIn, titled } from './names';
import { POISON_COMMANDS } from './poison';
import { returnCodeNamed } from './return-code';
import type { CommandRow, Component } from './row';
import { SWITCH_COMMANDS } from './switch';
import { TIMESTAMP_COMMANDS } from './timestamp';

const ROWS = {
  ...INFORMATION_COMMANDS,
  ...EVENT_COMMANDS,
  ...FIRMWARE_COMMANDS,
  ...TIMESTAMP_COMMANDS,
  ...LOG_COMMANDS,
  ...FEATURE_COMMANDS,
  ...MAINTENANCE_COMMANDS,
  ...MEMORY_DEVICE_COMMANDS,
  ...LABEL_COMMANDS,
  ...ALERT_COMMANDS,
  ...POISON_COMMANDS,
  ...MEDIA_COMMANDS,
  ...DYNAMIC_CAPACITY_COMMANDS,
  ...SWITCH_COMMANDS,
  ...MANAGED_CAPACITY_COMMANDS,
} as const;

export type CommandName = keyof typeof ROWS;

const all = Object.entries<CommandRow>(ROWS) as [CommandName, CommandRow][];

export const OPCODE = Object.fromEntries(all.map(([name, { opcode }]) => [name, opcode])) as {
  readonly [N in CommandName]: (typeof ROWS)[N]['opcode'];
};

/** By opcode, in the order of opcodes. */
export const COMMAND_ROWS: ReadonlyMap<number, CommandRow> = new Map(
  all.map(([, row]) => [row.opcode, row] as const).sort(([a], [b]) => a - b),
);

export const rowOf = (name: CommandName): CommandRow => ROWS[name];

/** Of those rows. */
const opcodesWhere = (is: (row: CommandRow) => unknown): number[] =>
  [...COMMAND_ROWS.values()].filter(is).map(({ opcode }) => opcode);

/** Commands that ask: they have no effect. */
export const QUESTIONS: ReadonlySet<number> = new Set(opcodesWhere(({ asks }) => asks));

/** Questions without input that a device can answer in any state. */
export const PLAIN_QUESTIONS = opcodesWhere(
  ({ asks, input, since, refusals }) => asks && !input && since?.device && !refusals?.includes('unsupported'),
);

/** Commands of the specification that no QEMU has. */
export const OF_NO_RELEASE = opcodesWhere(({ since }) => !since);

export interface Asked {
  /** The command, and which of several, for people to read. */
  readonly about: string;
  readonly opcode: number;
  readonly input: Uint8Array;
}

/** What is sent to see whether a component has changed: questions that leave it as it is. */
export const observationsOf = (component: Component): Asked[] =>
  [...COMMAND_ROWS.values()].flatMap(({ opcode, input: layout, observed }) =>
    (observed?.[component] ?? []).map(({ about, input }) => ({
      about: [commandNamed(opcode), about].filter(Boolean).join(' '),
      opcode,
      input: layout && input ? layout.encode(input) : new Uint8Array(),
    })),
  );

/** Bytes of input; undefined where it varies. */
export const inputLengthOf = ({ input, more, data }: CommandRow): number | undefined =>
  more || (data && !data.exactly) ? undefined : (input?.size ?? 0) + (data?.bytes ?? 0);

/** Opcodes by the names of their commands. */
export const COMMANDS = titled(OPCODE);

/** `Get Event Records`. */
export const commandNamed = (opcode: number): string =>
  nameIn(COMMANDS, opcode) ?? `command ${opcode.toString(16).padStart(4, '0')}h`;

/** A device refused a command. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';

  constructor(
    readonly opcode: number,
    readonly code: number,
  ) {
    super(`${commandNamed(opcode)} is answered with ${returnCodeNamed(code)}`);
  }
}
