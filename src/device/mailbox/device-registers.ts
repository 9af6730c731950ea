import { toBytes } from '../../codec/bytes';
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
  MailboxCapability,
  MailboxControl,
  MEDIA_DISABLED,
  MEDIA_READY,
  MemoryDeviceStatus,
} from '../../codec/cxl/device';
import { OPCODE } from '../../codec/cxl/mailbox/command';
import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import type { Responder } from '../board/address-space';
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
const STATUS_AT = 0x8a8;

/** Of Mailbox Capabilities: what QEMU sets beside the vector. */
const READY_TIME_AND_TYPE = 0x007f_f800;

const LOW_16_BITS = 0xffff;

/** Which bytes of the mailbox software can write. */
const CAPABILITY = { from: MAILBOX.capability, to: MAILBOX.control };
const REGISTERS = [
  { from: MAILBOX.control, to: MAILBOX.control + 4 },
  { from: MAILBOX.command, to: MAILBOX.command + 8 },
];
const PROGRESS = { from: MAILBOX.background, to: MAILBOX.background + 8 };
/** What Get Supported Logs does not fill. */
const SUPPORTED_LOGS_RESERVED = { at: 2, size: 6 };
const STATUS = { from: MAILBOX.status, to: MAILBOX.background };
const PAYLOAD = { from: MAILBOX.payload, to: MAILBOX.payload + PAYLOAD_SIZE };

/** CXL r3.1 Section 8.2.8: CXL Device Register Interface. A command is done when the write of the doorbell returns. */
export class DeviceRegisters implements Responder {
  readonly widest = 8;
  readonly #bytes = Buffer.alloc(SIZE);
  #lastInBackground = false;
  /** Over what Memory Device Status says: with the quirk `memory-device-status-writable` alone. */
  #written = new Uint8Array();

  constructor(
    private readonly commands: Commands,
    private readonly events: Pick<EventLogs, 'status'>,
    private readonly facts: Pick<Facts, 'deviceStatusVersion' | 'backgroundVector'>,
    private readonly quirks: Quirks,
  ) {
    this.reset();
  }

  reset(): void {
    const mailbox = this.#bytes.subarray(MAILBOX_AT, STATUS_AT);
    if (this.quirks.has('mailbox-survives-reset')) this.#bytes.fill(0, 0, MAILBOX_AT);
    else this.#bytes.fill(0);
    this.#bytes.set(CapabilitiesArray.encode({ version: 1, count: LAYOUT.length }));
    const { deviceStatusVersion, backgroundVector } = this.facts;
    for (const [i, { version, ...header }] of LAYOUT.entries()) {
      const encoded = DeviceCapabilityHeader.encode({ ...header, version: i === 0 ? deviceStatusVersion : version });
      this.#bytes.set(encoded, CapabilitiesArray.size + i * DeviceCapabilityHeader.size);
    }
    const interrupt = backgroundVector !== undefined && { backgroundInterrupt: true, vector: backgroundVector };
    const before = mailbox.readUInt32LE() & (interrupt ? ~READY_TIME_AND_TYPE : -1);
    const capability = MailboxCapability.encode({ payloadSize: PAYLOAD_SHIFT, ...interrupt }, before >>> 0);
    mailbox.writeUInt32LE(capability);
    this.#lastInBackground = false;
    this.#written = new Uint8Array();
  }

  /** Whether software wants an interrupt when a background operation is over. */
  get wantsBackgroundInterrupt(): boolean {
    return MailboxControl.decode(this.#bytes.readUInt32LE(MAILBOX_AT + MAILBOX.control)).backgroundInterrupt;
  }

  read(offset: bigint, length: number): Uint8Array {
    const at = Number(offset);
    const from = at - this.#misread(at, length);
    this.#bytes.writeUInt32LE(this.events.status(), EVENT_STATUS_AT);
    this.#tellStatus(length, at);
    return this.#bytes.subarray(from, from + length);
  }

  /** How far before `at` the bytes are that a read yields. */
  #misread(at: number, length: number): number {
    const { quirks } = this;
    const isEventStatus = at >= EVENT_STATUS_AT && at < MAILBOX_AT;
    const isRegister = isEventStatus || (at >= MAILBOX_AT && at < MAILBOX_AT + 8 && length < 4);
    if (isRegister && quirks.has('every-partial-read-from-start')) return at % 8;
    return !isEventStatus && quirks.has('partial-reads-from-start') ? this.#within(at, length) : 0;
  }

  write(offset: bigint, bytes: Uint8Array): void {
    if (Number(offset) < MAILBOX_AT && this.quirks.has('capability-array-write-crashes')) {
      throw new MachineCrash('SIGSEGV', 'the region has no write');
    }
    const from = Number(offset) - MAILBOX_AT;
    if (from >= 0 && from < MAILBOX.payload) this.#writeRegister(from, bytes);
    else if (Number(offset) === STATUS_AT && this.quirks.has('memory-device-status-writable'))
      this.#written = Uint8Array.from(bytes);
    else this.#put(from, bytes, [PAYLOAD]);
  }

  /** QEMU has its own idea of which widths there are: hw/cxl/cxl-device-utils.c: mailbox_reg_write(). */
  #writeRegister(at: number, bytes: Uint8Array): void {
    const { quirks } = this;
    if (bytes.length < 4 && quirks.has('mailbox-narrow-write-aborts')) {
      throw new MachineCrash('SIGABRT', 'mailbox_reg_write');
    }
    const own = bytes.length === 8 ? at === MAILBOX.command : bytes.length === 4 && at < MAILBOX.command;
    if (own || !quirks.has('mailbox-registers-by-one-width')) {
      const isCapability = at < CAPABILITY.to && quirks.has('mailbox-capabilities-writable');
      this.#put(at, bytes, isCapability ? [CAPABILITY, ...REGISTERS] : REGISTERS);
    }
    if (at === MAILBOX.status && quirks.has('mailbox-status-writable')) this.#put(at, bytes, [STATUS]);
    const isProgress = at === MAILBOX.background && bytes.length === 8;
    const takesIt = quirks.has(isProgress ? 'background-status-by-wide-reads' : 'background-status-takes-words');
    if (takesIt) this.#put(at, bytes, [PROGRESS]);
    const control = MAILBOX_AT + MAILBOX.control;
    const raw = this.#bytes.readUInt32LE(control);
    const valid = (raw & MailboxControl.writable) >>> 0;
    if (raw !== valid && !quirks.has('mailbox-control-keeps-reserved')) this.#bytes.writeUInt32LE(valid, control);
    if (MailboxControl.decode(raw).doorbell) this.#execute(control);
  }

  /** What of `bytes` goes where software can write. */
  #put(from: number, bytes: Uint8Array, writable: readonly { from: number; to: number }[]): void {
    for (const [i, byte] of bytes.entries()) {
      const at = from + i;
      if (writable.some((each) => each.from <= at && at < each.to)) this.#bytes[MAILBOX_AT + at] = byte;
    }
  }

  /**
   * What changes by itself: whether an operation runs in the background and how far it has come, and whether there are
   * media. Where the bit is set before any operation, it is so by the first access to the whole register.
   */
  #tellStatus(length: number, at: number): void {
    const { background, state, quirks } = this.commands.context;
    const { opcode, percentage, code } = background;
    const status = MAILBOX_AT + MAILBOX.status;
    const [first = 0] = this.#bytes.subarray(status, status + 1);
    const told =
      length === 8 || !quirks.has('background-bit-before-any') ? this.#saysBackground() : first & BACKGROUND_RUNS;
    this.#bytes[status] = (first & ~BACKGROUND_RUNS) | (told ? BACKGROUND_RUNS : 0);
    const progress = encodeBackgroundStatus({ opcode, percentage, code });
    const progressAt = MAILBOX_AT + MAILBOX.background;
    const isWide = length === 8 && at === progressAt;
    const stale = quirks.has('background-status-by-wide-reads') || quirks.has('background-status-takes-words');
    if (isWide || !stale) this.#bytes.writeBigUInt64LE(progress, progressAt);
    const disabled = state.mediaDisabled && !quirks.has('media-status-always-ready');
    const mediaStatus = disabled ? MEDIA_DISABLED : MEDIA_READY;
    this.#bytes.writeUInt32LE(MemoryDeviceStatus.encode({ mediaStatus, mailboxReady: true }), STATUS_AT);
    this.#bytes.set(state.memoryDeviceStatus ?? this.#written, STATUS_AT);
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

  #execute(control: number): void {
    const command = MAILBOX_AT + MAILBOX.command;
    const payload = MAILBOX_AT + MAILBOX.payload;
    const { opcode, length: given } = decodeCommand(this.#bytes.readBigUInt64LE(command));
    const length = this.quirks.has('payload-length-in-16-bits') ? given & LOW_16_BITS : given;
    const input = Buffer.alloc(length); // zeros stand for what lies behind the mailbox
    input.set(this.#bytes.subarray(payload, payload + Math.min(length, PAYLOAD_SIZE)));
    const { at, size } = SUPPORTED_LOGS_RESERVED;
    const held = Uint8Array.from(this.#bytes.subarray(payload + at, payload + at + size));
    const { code, output } = this.commands.execute(opcode, input);
    this.#lastInBackground = code === RETURN_CODE.backgroundStarted;
    const keeps = this.quirks.has('supported-logs-keep-payload');
    if (!keeps) this.#bytes.fill(0, payload, payload + PAYLOAD_SIZE);
    this.#bytes.set(output.subarray(0, PAYLOAD_SIZE), payload);
    const shows = keeps && opcode === OPCODE.getSupportedLogs && code === RETURN_CODE.success;
    if (shows) this.#bytes.set(held, payload + at);
    this.#bytes.set(
      toBytes(encodeCommand(this.commands.context.facts.commandKeepsOpcode ? opcode : 0, output.length), 8),
      command,
    );
    this.#bytes.set(toBytes(encodeReturnCode(code), 8), MAILBOX_AT + MAILBOX.status);
    const raw = this.#bytes.readUInt32LE(control);
    this.#bytes.writeUInt32LE(MailboxControl.encode({ doorbell: false }, raw), control);
  }
}
