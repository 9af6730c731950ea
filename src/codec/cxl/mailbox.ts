/** CXL r3.1 Section 8.2.9: Component Command Interface: opcodes, payloads, return codes. */
import { DecodeError } from '../decode-error';
import { struct, text, u8, u16, u32, u64 } from '../struct';

/** CXL r3.1 Table 8-34: Command Return Codes, as far as the commands here yield them. */
export const RETURN_CODE = {
  success: 0x00,
  invalidInput: 0x02,
  unsupported: 0x03,
  internalError: 0x04,
  invalidPayloadLength: 0x16,
  invalidLog: 0x17,
} as const;

/** CXL r3.1 Table 8-36 and 8-126: opcodes. */
export const OPCODE = {
  getEventInterruptPolicy: 0x0102,
  setEventInterruptPolicy: 0x0103,
  getSupportedLogs: 0x0400,
  getLog: 0x0401,
  identifyMemoryDevice: 0x4000,
  getPartitionInfo: 0x4100,
} as const;

/** What capacities are counted in. QEMU CXL_CAPACITY_MULTIPLIER. */
export const CAPACITY_MULTIPLIER = 256n << 20n;

/** A device refused a command. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';

  constructor(
    readonly opcode: number,
    readonly code: number,
  ) {
    const [name] = Object.entries(RETURN_CODE).find(([, value]) => value === code) ?? [
      'a code that is not defined here',
    ];
    super(`command ${opcode.toString(16).padStart(4, '0')}h: return code ${code.toString(16)}h, ${name}`);
  }
}

/** Section 8.2.9.9.1.1: Identify Memory Device (Opcode 4000h). Capacities count {@link CAPACITY_MULTIPLIER}. */
export const Identify = struct('Identify Memory Device', {
  firmwareRevision: text(16),
  totalCapacity: u64,
  volatileCapacity: u64,
  persistentCapacity: u64,
  partitionAlignment: u64,
  informationalLogSize: u16,
  warningLogSize: u16,
  failureLogSize: u16,
  fatalLogSize: u16,
  labelAreaSize: u32,
  poisonListMaximumLow: u16,
  poisonListMaximumHigh: u8,
  injectPoisonLimit: u16,
  poisonCapabilities: u8,
  qosCapabilities: u8,
});

/** What CXL r3.1 adds to {@link Identify}: QEMU has it since 9.1. */
export const IdentifyDynamicCapacity = struct('Identify Memory Device, dynamic capacity', { eventLogSize: u16 });

/** Section 8.2.9.9.2.1: Get Partition Info (Opcode 4100h). Counts {@link CAPACITY_MULTIPLIER}. */
export const PartitionInfo = struct('Get Partition Info', {
  activeVolatile: u64,
  activePersistent: u64,
  nextVolatile: u64,
  nextPersistent: u64,
});

/** Section 8.2.9.2.4: Get Event Interrupt Policy (Opcode 0102h), a byte for each log: mode in bits 1:0, vector in 7:4. */
export const EventInterruptPolicy = struct('Event Interrupt Policy', {
  informational: u8,
  warning: u8,
  failure: u8,
  fatal: u8,
});

/** Of an Event Interrupt Policy, interrupt mode. */
export const INTERRUPT_MODE = { mask: 3, msi: 1 } as const;

/** Section 8.2.9.5.1: Get Supported Logs (Opcode 0400h). */
export const SupportedLogs = struct('Get Supported Logs', { count: u16, reserved: u16, reserved2: u32 });
export const SupportedLog = struct('Supported Log Entry', { uuidLow: u64, uuidHigh: u64, size: u32 });

/** The Command Effects Log: 0da9c0b5-bf41-4b78-8f79-96b1623b3f17, in the order of its bytes. */
export const COMMAND_EFFECTS_LOG = { uuidLow: 0x784b_41bf_b5c0_a90dn, uuidHigh: 0x173f_3b62_b196_798fn } as const;

/** Section 8.2.9.5.2: Get Log (Opcode 0401h). */
export const GetLogInput = struct('Get Log', { uuidLow: u64, uuidHigh: u64, offset: u32, length: u32 });

/** Section 8.2.9.5.2.1: Command Effects Log (CEL). */
export const CelEntry = struct('CEL entry', { opcode: u16, effect: u16 });

/** The opcodes of a CEL. @throws DecodeError for half an entry. */
export function decodeCel(log: Uint8Array): number[] {
  if (log.length % CelEntry.size !== 0) throw new DecodeError('Command Effects Log', `has ${log.length} bytes`);
  return Array.from({ length: log.length / CelEntry.size }, (_, i) => CelEntry.decode(log, i * CelEntry.size).opcode);
}
