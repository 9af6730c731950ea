import { fromBytes, toBytes } from '../../codec/bytes';
import {
  BACKGROUND_RUNS,
  CapabilitiesArray,
  DEVICE_CAPABILITY,
  DeviceCapabilityHeader,
  decodeCommand,
  encodeBackgroundStatus,
  encodeCommand,
  encodeReturnCode,
  MAILBOX,
  MAILBOX_ROWS,
  MailboxCapability,
  MailboxControl,
  MEDIA_DISABLED,
  MEDIA_READY,
  MEMORY_DEVICE_ROWS,
  MemoryDeviceStatus,
} from '../../codec/cxl/device';
import { OPCODE } from '../../codec/cxl/mailbox/command';
import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import { type Register, RegisterBlock } from '../board/register-block';
import { registersOf } from '../board/rows';
import type { EventLogs } from './event-logs';
import type { Commands } from './mailbox';
import { PAYLOAD_SHIFT, PAYLOAD_SIZE } from './payload-size';

/** Where QEMU has the capabilities; the version of the first differs. */
const LAYOUT = [
  { id: DEVICE_CAPABILITY.status, version: 1, offset: 0x80, length: 8 },
  { id: DEVICE_CAPABILITY.mailbox, version: 1, offset: 0x88, length: 0x820 },
  { id: DEVICE_CAPABILITY.memoryDeviceStatus, version: 1, offset: 0x8a8, length: 8 },
];
const SIZE = 0x1000;
const EVENT_STATUS_AT = 0x80;
const MAILBOX_AT = 0x88;
const CONTROL_AT = MAILBOX_AT + MAILBOX.control;
const STATUS_AT = 0x8a8;
/** Of either status. */
const STATUS_SIZE = 8;

/** Of Mailbox Capabilities: what QEMU sets beside the vector. */
const READY_TIME_AND_TYPE = 0x007f_f800;

const LOW_16_BITS = 0xffff;

/** What Get Supported Logs does not fill. */
const SUPPORTED_LOGS_RESERVED = { at: 2, size: 6 };
type RegisterFacts = Pick<Facts, 'deviceStatusVersion' | 'backgroundVector' | 'changeOf'>;

/** What software can change of the mailbox, and what a reset leaves of it. */
function mailboxRegisters(facts: RegisterFacts): Register[] {
  const { backgroundVector: vector } = facts;
  const interrupt = vector !== undefined && { backgroundInterrupt: true, vector };
  const value = MailboxCapability.encode({ payloadSize: PAYLOAD_SHIFT, ...interrupt });
  const own = READY_TIME_AND_TYPE | MailboxCapability.encode({ backgroundInterrupt: true, vector: 0xf });
  const fixed = MailboxCapability.encode({ payloadSize: 0x1f }) | (interrupt ? own : 0);
  const rows = registersOf(MAILBOX_ROWS, facts, { capability: { value }, payload: { size: PAYLOAD_SIZE } });
  return rows.map((row) => (row.at === MAILBOX.capability ? { ...row, sticky: (row.sticky ?? 0) & ~fixed } : row));
}

/** CXL r3.1 Section 8.2.8: CXL Device Register Interface. A command is done when the write of the doorbell returns. */
export class DeviceRegisters extends RegisterBlock {
  #lastInBackground = false;
  /** Whether software has overwritten Memory Device Status: if that can be changed at all. */
  #isOverwritten = false;

  constructor(
    private readonly commands: Commands,
    events: Pick<EventLogs, 'status'>,
    private readonly facts: RegisterFacts,
    private readonly quirks: Quirks,
  ) {
    super(SIZE);
    this.define(mailboxRegisters(facts), MAILBOX_AT);
    const statuses = registersOf(MEMORY_DEVICE_ROWS, facts);
    this.define(statuses, STATUS_AT);
    this.onWrite(MAILBOX_AT + MAILBOX.control, () => {
      if (MailboxControl.decode(this.read32(CONTROL_AT)).doorbell) this.#execute();
    });
    this.onWrite(STATUS_AT, () => {
      this.#isOverwritten = statuses.length > 0;
    });
    this.onRead(EVENT_STATUS_AT, STATUS_SIZE, () => this.set32(EVENT_STATUS_AT, events.status()));
    this.onRead(MAILBOX_AT + MAILBOX.status, 8, (length) => this.#showWhetherItRuns(length));
    this.onRead(MAILBOX_AT + MAILBOX.background, 8, (length) => this.#showProgress(length));
    this.onRead(STATUS_AT, STATUS_SIZE, () => this.#showMedia());
    this.reset();
  }

  override reset(): void {
    super.reset();
    this.put(0, CapabilitiesArray.encode({ version: 1, count: LAYOUT.length }));
    for (const [i, { version, ...header }] of LAYOUT.entries()) {
      const own = i === 0 ? this.facts.deviceStatusVersion : version;
      const encoded = DeviceCapabilityHeader.encode({ ...header, version: own });
      this.put(CapabilitiesArray.size + i * DeviceCapabilityHeader.size, encoded);
    }
    this.#lastInBackground = false;
    this.#isOverwritten = false;
  }

  /** Whether software wants an interrupt when a background operation is over. */
  get wantsBackgroundInterrupt(): boolean {
    return MailboxControl.decode(this.read32(CONTROL_AT)).backgroundInterrupt;
  }

  override read(offset: bigint, length: number): Uint8Array {
    const at = Number(offset);
    return super.read(at - this.#misread(at, length), length);
  }

  /** How far before `at` the bytes are that a read yields. */
  #misread(at: number, length: number): number {
    const { quirks } = this;
    const isEventStatus = at >= EVENT_STATUS_AT && at < MAILBOX_AT;
    const isRegister = isEventStatus || (at >= MAILBOX_AT && at < MAILBOX_AT + 8 && length < 4);
    if (isRegister && quirks.has('every-partial-read-from-start')) return at % 8;
    return !isEventStatus && quirks.has('partial-reads-from-start') ? this.#within(at, length) : 0;
  }

  override write(offset: bigint, bytes: Uint8Array): void {
    const at = Number(offset);
    if (at < MAILBOX_AT && this.quirks.has('capability-array-write-crashes')) {
      throw new MachineCrash('SIGSEGV', 'the region has no write');
    }
    if (this.#takes(at - MAILBOX_AT, bytes.length)) super.write(at, bytes);
  }

  /** QEMU has its own idea of which widths there are: hw/cxl/cxl-device-utils.c: mailbox_reg_write(). */
  #takes(at: number, length: number): boolean {
    const { quirks } = this;
    if (at < 0 || at >= MAILBOX.payload) return true;
    if (length < 4 && quirks.has('mailbox-narrow-write-aborts')) throw new MachineCrash('SIGABRT', 'mailbox_reg_write');
    if (at >= MAILBOX.background) {
      return quirks.has(length === 8 ? 'background-status-by-wide-reads' : 'background-status-takes-words');
    }
    if (at === MAILBOX.status && quirks.has('mailbox-status-writable')) return true;
    const own = length === 8 ? at === MAILBOX.command : length === 4 && at < MAILBOX.command;
    return own || !quirks.has('mailbox-registers-by-one-width');
  }

  /** Where the bit is set before any operation, it is so by the first access to the whole register. */
  #showWhetherItRuns(length: number): void {
    const status = MAILBOX_AT + MAILBOX.status;
    if (length < 8 && this.quirks.has('background-bit-before-any')) return;
    const others = this.read32(status) & ~BACKGROUND_RUNS;
    this.set32(status, others | (this.#saysBackground() ? BACKGROUND_RUNS : 0));
  }

  #showProgress(length: number): void {
    const { background, quirks } = this.commands.context;
    const { opcode, percentage, code } = background;
    const stale = quirks.has('background-status-by-wide-reads') || quirks.has('background-status-takes-words');
    if (length < 8 && stale) return;
    this.put(MAILBOX_AT + MAILBOX.background, toBytes(encodeBackgroundStatus({ opcode, percentage, code }), 8));
  }

  #showMedia(): void {
    const { state, quirks } = this.commands.context;
    if (this.#isOverwritten && !state.memoryDeviceStatus) return;
    const disabled = state.mediaDisabled && !quirks.has('media-status-always-ready');
    const mediaStatus = disabled ? MEDIA_DISABLED : MEDIA_READY;
    this.set32(STATUS_AT, MemoryDeviceStatus.encode({ mediaStatus, mailboxReady: true }));
    if (state.memoryDeviceStatus) this.put(STATUS_AT, state.memoryDeviceStatus);
  }

  #saysBackground(): boolean {
    const { background, quirks } = this.commands.context;
    const { running, percentage, code } = background;
    const begun = this.#lastInBackground && percentage === 0;
    if (running) return begun || !quirks.has('background-bit-of-last-command');
    const over = percentage === 100 || code === RETURN_CODE.aborted;
    return !over && quirks.has('background-bit-before-any');
  }

  /** How far into a register that is read whole an access begins; 0 in the mailbox, and in what QEMU has no handler for. */
  #within(at: number, length: number): number {
    const array = LAYOUT[0]?.offset ?? 0;
    if (at < array) return at % Math.max(length, 4);
    const isMailbox = at >= MAILBOX_AT && at < STATUS_AT;
    return isMailbox || at >= STATUS_AT + 8 ? 0 : at % 8;
  }

  #execute(): void {
    const command = MAILBOX_AT + MAILBOX.command;
    const payload = MAILBOX_AT + MAILBOX.payload;
    const { opcode, length: given } = decodeCommand(fromBytes(this.peek(command, 8)));
    const length = this.quirks.has('payload-length-in-16-bits') ? given & LOW_16_BITS : given;
    const input = Buffer.alloc(length); // zeros stand for what lies behind the mailbox
    input.set(this.peek(payload, Math.min(length, PAYLOAD_SIZE)));
    const { at, size } = SUPPORTED_LOGS_RESERVED;
    const held = Uint8Array.from(this.peek(payload + at, size));
    const { code, output } = this.commands.execute(opcode, input);
    this.#lastInBackground = code === RETURN_CODE.backgroundStarted;
    const keeps = this.quirks.has('supported-logs-keep-payload');
    if (!keeps) this.put(payload, new Uint8Array(PAYLOAD_SIZE));
    this.put(payload, output.subarray(0, PAYLOAD_SIZE));
    const shows = keeps && opcode === OPCODE.getSupportedLogs && code === RETURN_CODE.success;
    if (shows) this.put(payload + at, held);
    const kept = this.commands.context.facts.commandKeepsOpcode ? opcode : 0;
    this.put(command, toBytes(encodeCommand(kept, output.length), 8));
    this.put(MAILBOX_AT + MAILBOX.status, toBytes(encodeReturnCode(code), 8));
    this.set32(CONTROL_AT, MailboxControl.encode({ doorbell: false }, this.read32(CONTROL_AT)));
  }
}
