import type { CommandName } from '../../../codec/cxl/mailbox/command';
import type { Facts } from '../../../ledger/facts';
import type { Quirks } from '../../../ledger/quirks';
import type { VirtualClock } from '../../board/clock';
import type { Media } from '../../board/media';
import type { Background, BackgroundWork } from '../background';
import type { DynamicCapacity } from '../dynamic-capacity';
import type { EventLogs } from '../event-logs';
import type { PoisonList } from '../poison-list';
import type { Timestamp } from '../timestamp';

/** Yields the output, or what is left to do in the background. @throws Refused */
type Run = (input: Uint8Array) => Uint8Array | BackgroundWork;

/** What a component does on a command, and where it departs from the command's row. */
interface Handler {
  readonly run: Run;
  readonly inputLength?: number;
  /** What an input that the mailbox does not hold leaves behind, accepted or not: with the quirk `payload-read-behind-mailbox` alone. */
  readonly readBehind?: (input: Uint8Array) => void;
  /** Whether the device does not know it any more. */
  readonly isLost?: () => boolean;
}

export type Handlers = Readonly<Partial<Record<CommandName, Run | Handler>>>;

/** A command of a component. QEMU hw/cxl/cxl-mailbox-utils.c: struct cxl_cmd. */
export interface Command extends Omit<Handler, 'inputLength'> {
  readonly opcode: number;
  /** Bytes of input; undefined where it varies, and `run` looks for itself. */
  readonly inputLength: number | undefined;
  /** What the Command Effects Log says of it: bits of `EFFECT`. */
  readonly effects: number;
  readonly needsMedia: boolean;
}

/** What commands change that is neither media nor log. */
export interface DeviceState {
  /** From the start of a Sanitize to the end of one that succeeds. */
  mediaDisabled: boolean;
  /** Over what Memory Device Status says, and how many bytes were overwritten from there on: overrun.ts. */
  memoryDeviceStatus?: Uint8Array | undefined;
  overrun?: number;
}

/** In bytes. */
export interface Capacities {
  volatile: bigint;
  persistent: bigint;
  readonly labelArea: bigint;
  readonly dynamic?: { readonly capacity: bigint };
}

/** What commands work on. */
export interface CommandContext {
  readonly device: Capacities;
  readonly media: Media;
  /** What the Label Storage Area holds. */
  readonly labels: Media;
  readonly background: Background;
  readonly state: DeviceState;
  readonly clock: VirtualClock;
  readonly timestamp: Timestamp;
  readonly events: EventLogs;
  readonly poison: PoisonList;
  readonly dynamicCapacity: DynamicCapacity;
  /** What to do when the machine is reset. */
  readonly atReset: (() => void)[];
  readonly quirks: Quirks;
  readonly facts: Facts;
}

/** A command ends with a return code other than success. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    /** Of `RETURN_CODE`. */
    readonly code: number,
    /** Whether the output has been emptied before: with the quirk `refused-command-yields-its-input` that matters. */
    readonly emptied = false,
  ) {
    super(`return code ${code.toString(16)}h`);
  }
}

export const NOTHING = new Uint8Array();

/** As long as a command reads it, where its length is not checked: what is missing is zero. */
export function padded(input: Uint8Array, length: number): Uint8Array {
  if (input.length === length) return input;
  const bytes = new Uint8Array(length);
  bytes.set(input.subarray(0, length));
  return bytes;
}
