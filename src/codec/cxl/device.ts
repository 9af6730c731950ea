/** CXL r3.1 Section 8.2.8: CXL Device Register Interface. */
import { RO, RW, register32 } from '../register';
import { ALL_BITS, registerRows } from '../register-rows';
import { struct, u8, u16, u32, u64 } from '../struct';

/** Section 8.2.8.1: CXL Device Capabilities Array Register, with the number of headers that follow it. */
export const CapabilitiesArray = struct('CXL Device Capabilities Array', {
  id: u16,
  version: u8,
  reserved: u8,
  count: u16,
  reserved2: u16,
  reserved3: u64,
});

/** Section 8.2.8.2: CXL Device Capability Header Register; `offset` is from the array. */
export const DeviceCapabilityHeader = struct('CXL Device Capability Header', {
  id: u16,
  version: u8,
  reserved: u8,
  offset: u32,
  length: u32,
  reserved2: u32,
});

/** Section 8.2.8.2.1: CXL Device Capabilities. */
export const DEVICE_CAPABILITY = { status: 0x1, mailbox: 0x2, memoryDeviceStatus: 0x4000 } as const;

/** Section 8.2.8.4.3: Mailbox Capabilities; the payload has 2 to the power of `payloadSize` bytes. */
export const MailboxCapability = register32({
  payloadSize: RO(4, 0),
  doorbellInterrupt: RO(5),
  backgroundInterrupt: RO(6),
  vector: RO(10, 7),
});

/** Section 8.2.8.4.4: Mailbox Control. */
export const MailboxControl = register32({ doorbell: RW(0), doorbellInterrupt: RW(1), backgroundInterrupt: RW(2) });

/** Section 8.2.8.4.5: Command Register: opcode, and payload length in bytes. */
export const encodeCommand = (opcode: number, length: number): bigint => BigInt(opcode) | (BigInt(length) << 16n);
export const decodeCommand = (raw: bigint): { opcode: number; length: number } => ({
  opcode: Number(raw & 0xffffn),
  length: Number((raw >> 16n) & 0x1f_ffffn),
});

/** Section 8.2.8.4.6: Mailbox Status: the return code lies in bits 47:32. */
export const decodeReturnCode = (raw: bigint): number => Number((raw >> 32n) & 0xffffn);
export const encodeReturnCode = (code: number): bigint => BigInt(code) << 32n;

/** Of the first byte of Mailbox Status: an operation runs in the background. */
export const BACKGROUND_RUNS = 1;

/** Section 8.2.8.4.7: Background Command Status Register. */
export interface BackgroundStatus {
  readonly opcode: number;
  readonly percentage: number;
  /** Of `RETURN_CODE`. */
  readonly code: number;
}

export const encodeBackgroundStatus = ({ opcode, percentage, code }: BackgroundStatus): bigint =>
  BigInt(opcode) | (BigInt(percentage) << 16n) | (BigInt(code) << 32n);

export const decodeBackgroundStatus = (raw: bigint): BackgroundStatus => ({
  opcode: Number(raw & 0xffffn),
  percentage: Number((raw >> 16n) & 0x7fn),
  code: Number((raw >> 32n) & 0xffffn),
});

/** Section 8.2.8.5.1.1: Memory Device Status Register. */
export const MemoryDeviceStatus = register32({
  fatal: RO(0),
  firmwareHalt: RO(1),
  mediaStatus: RO(3, 2),
  mailboxReady: RO(4),
});
export const MEDIA_READY = 1;
export const MEDIA_DISABLED = 3;

/** Section 8.2.8.4: Mailbox Registers; the payload is as long as Mailbox Capabilities says. */
export const MAILBOX_ROWS = registerRows('Primary Mailbox', {
  capability: { at: 0x00, name: 'Capabilities', register: MailboxCapability },
  control: { at: 0x04, name: 'Control', register: MailboxControl },
  command: { at: 0x08, name: 'Command', size: 8, writable: ALL_BITS },
  status: { at: 0x10, name: 'Status', size: 8 },
  background: { at: 0x18, name: 'Background Command Status', size: 8 },
  payload: { at: 0x20, name: 'Payload', writable: ALL_BITS },
});
export const MAILBOX = MAILBOX_ROWS.at;

/** Section 8.2.8.3.1: Event Status Register. */
export const DEVICE_STATUS_ROWS = registerRows('Device Status', { status: { at: 0, name: 'Event Status', size: 8 } });

export const MEMORY_DEVICE_ROWS = registerRows('Memory Device', {
  status: { at: 0, name: 'Status', register: MemoryDeviceStatus, size: 8 },
});
