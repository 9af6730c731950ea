import { toBytes } from '../codec/bytes';
import {
  CapabilitiesArray,
  DEVICE_CAPABILITY,
  DeviceCapabilityHeader,
  decodeCommand,
  encodeCommand,
  encodeReturnCode,
  MAILBOX,
  MailboxCapability,
  MailboxControl,
  MEDIA_READY,
  MemoryDeviceStatus,
} from '../codec/cxl/device';
import type { Facts } from '../ledger/facts';
import type { Quirks } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { Responder } from './address-space';
import type { EventLogs } from './event-logs';
import type { Commands } from './mailbox';

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

/** The payload has 2 KiB. */
const PAYLOAD_SIZE = 11;

/** Which bytes of the mailbox software can write, besides the payload. */
const WRITABLE = [
  { from: MAILBOX.control, to: MAILBOX.control + 1 },
  { from: MAILBOX.command, to: MAILBOX.command + 5 },
  { from: MAILBOX.payload, to: MAILBOX.payload + 2 ** PAYLOAD_SIZE },
];

/** CXL r3.1 Section 8.2.8: CXL Device Register Interface. A command is done when the write of the doorbell returns. */
export class DeviceRegisters implements Responder {
  readonly widest = 8;
  readonly #bytes = Buffer.alloc(SIZE);

  constructor(
    private readonly commands: Commands,
    private readonly events: EventLogs,
    private readonly facts: Pick<Facts, 'deviceStatusVersion' | 'backgroundVector'>,
    private readonly quirks: Quirks,
  ) {
    this.reset();
  }

  reset(): void {
    this.#bytes.fill(0);
    this.#bytes.set(CapabilitiesArray.encode({ version: 1, count: LAYOUT.length }));
    const { deviceStatusVersion, backgroundVector } = this.facts;
    for (const [i, { version, ...header }] of LAYOUT.entries()) {
      const encoded = DeviceCapabilityHeader.encode({ ...header, version: i === 0 ? deviceStatusVersion : version });
      this.#bytes.set(encoded, CapabilitiesArray.size + i * DeviceCapabilityHeader.size);
    }
    const interrupt = backgroundVector !== undefined && { backgroundInterrupt: true, vector: backgroundVector };
    const capability = MailboxCapability.encode({ payloadSize: PAYLOAD_SIZE, ...interrupt });
    this.#bytes.writeUInt32LE(capability, MAILBOX_AT + MAILBOX.capability);
    this.#bytes.writeUInt32LE(MemoryDeviceStatus.encode({ mediaStatus: MEDIA_READY, mailboxReady: true }), STATUS_AT);
  }

  read(offset: bigint, length: number): Uint8Array {
    const at = Number(offset);
    const from = this.quirks.has('partial-reads-from-start') ? at - this.#within(at, length) : at;
    this.#bytes.writeUInt32LE(this.events.status(), EVENT_STATUS_AT);
    return this.#bytes.subarray(from, from + length);
  }

  write(offset: bigint, bytes: Uint8Array): void {
    if (Number(offset) < MAILBOX_AT && this.quirks.has('capability-array-write-crashes')) {
      throw new MachineCrash('SIGSEGV', 'the region has no write');
    }
    const at = Number(offset) - MAILBOX_AT;
    const writable = at === MAILBOX.capability && this.quirks.has('mailbox-capabilities-writable');
    const status = Number(offset) === STATUS_AT && this.quirks.has('memory-device-status-writable');
    if (writable || status) this.#bytes.set(bytes, Number(offset));
    for (const [i, byte] of bytes.entries()) {
      const at = Number(offset) + i - MAILBOX_AT;
      if (WRITABLE.some(({ from, to }) => from <= at && at < to)) this.#bytes[MAILBOX_AT + at] = byte;
    }
    const control = MAILBOX_AT + MAILBOX.control;
    if (MailboxControl.decode(this.#bytes.readUInt32LE(control)).doorbell) this.#execute(control);
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
    const { opcode, length } = decodeCommand(this.#bytes.readBigUInt64LE(command));
    const input = Buffer.from(this.#bytes.subarray(payload, payload + Math.min(length, 2 ** PAYLOAD_SIZE)));
    const { code, output } = this.commands.execute(opcode, input);
    this.#bytes.fill(0, payload, payload + 2 ** PAYLOAD_SIZE);
    this.#bytes.set(output, payload);
    this.#bytes.set(toBytes(encodeCommand(opcode, output.length), 8), command);
    this.#bytes.set(toBytes(encodeReturnCode(code), 8), MAILBOX_AT + MAILBOX.status);
    const raw = this.#bytes.readUInt32LE(control);
    this.#bytes.writeUInt32LE(MailboxControl.encode({ doorbell: false }, raw), control);
  }
}
