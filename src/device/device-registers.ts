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
import type { Responder } from './address-space';
import type { EventLogs } from './event-logs';
import type { Commands } from './mailbox';

/** Where QEMU has the capabilities. */
const LAYOUT = [
  { id: DEVICE_CAPABILITY.status, version: 2, offset: 0x80, length: 8 },
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
  readonly #bytes = Buffer.alloc(SIZE);

  constructor(
    private readonly commands: Commands,
    private readonly events: EventLogs,
  ) {
    this.reset();
  }

  reset(): void {
    this.#bytes.fill(0);
    this.#bytes.set(CapabilitiesArray.encode({ version: 1, count: LAYOUT.length }));
    for (const [i, header] of LAYOUT.entries()) {
      this.#bytes.set(DeviceCapabilityHeader.encode(header), CapabilitiesArray.size + i * DeviceCapabilityHeader.size);
    }
    this.#bytes.writeUInt32LE(MailboxCapability.encode({ payloadSize: PAYLOAD_SIZE }), MAILBOX_AT + MAILBOX.capability);
    this.#bytes.writeUInt32LE(MemoryDeviceStatus.encode({ mediaStatus: MEDIA_READY, mailboxReady: true }), STATUS_AT);
  }

  read(offset: bigint, length: number): Uint8Array {
    this.#bytes.writeUInt32LE(this.events.status(), EVENT_STATUS_AT);
    return this.#bytes.subarray(Number(offset), Number(offset) + length);
  }

  write(offset: bigint, bytes: Uint8Array): void {
    for (const [i, byte] of bytes.entries()) {
      const at = Number(offset) + i - MAILBOX_AT;
      if (WRITABLE.some(({ from, to }) => from <= at && at < to)) this.#bytes[MAILBOX_AT + at] = byte;
    }
    const control = MAILBOX_AT + MAILBOX.control;
    if (MailboxControl.decode(this.#bytes.readUInt32LE(control)).doorbell) this.#execute(control);
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
