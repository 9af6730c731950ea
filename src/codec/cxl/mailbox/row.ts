/** What is known of a mailbox command, in one row: opcode tables, effects logs, payloads and questions are derived from it. */
import type { Struct } from '../../struct';
import type { EffectName } from './effect';
import type { RefusalName } from './return-code';

// biome-ignore lint/suspicious/noExplicitAny: of whatever fields
export type PayloadLayout = Struct<any>;

/** Who takes commands: a Type 3 device, the mailbox of a switch, or a Type 3 device from its fabric manager. */
export type Component = 'device' | 'switch' | 'managed';

type FieldValues = Readonly<Record<string, string | number | bigint>>;

/** A command that is sent to see whether a component has changed. */
interface Observation {
  /** Which of several, for people to read. */
  readonly about?: string;
  readonly input?: FieldValues;
}

export interface CommandRow {
  readonly opcode: number;
  /** The first QEMU release whose component has it: as tried, and by hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set[] and its like. */
  readonly since?: Readonly<Partial<Record<Component, string>>>;
  /** Whether only devices with dynamic capacity have it. */
  readonly ofDynamicCapacity?: true;
  /** As the Command Effects Log lists them; a command that has none may change something still. */
  readonly effects?: readonly EffectName[];
  /** Whether its background operation can be aborted, by what has Background Abort. */
  readonly isAbortable?: true;
  /** Whether it asks, and changes nothing. */
  readonly asks?: true;
  /** Of no use while the media are disabled, as QEMU has it. CXL r3.1 Section 8.2.9.9.5.1: Sanitize. */
  readonly needsMedia?: true;
  readonly input?: PayloadLayout;
  /** Follows the input, once for each row of a table that has one of its fields. */
  readonly more?: readonly PayloadLayout[];
  /** Bytes that follow the input: so many, or as many as an ordinary input has. */
  readonly data?: { readonly bytes: number; readonly exactly?: true };
  readonly output?: PayloadLayout;
  /** Follows the output, as often as it goes in. */
  readonly entry?: PayloadLayout;
  /** Words for the values of fields. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** Besides those that any command can meet: Unsupported, Invalid Payload Length, Busy, Media Disabled. */
  readonly refusals?: readonly RefusalName[];
  /** What is sent to see whether a component of that kind has changed. */
  readonly observed?: Readonly<Partial<Record<Component, readonly Observation[]>>>;
  /** What fields have where an input is drawn: anything else would ask for nothing, or for what two machines do not share. */
  readonly drawn?: Readonly<Record<string, number>>;
}

export type CommandRows = Readonly<Record<string, CommandRow>>;
