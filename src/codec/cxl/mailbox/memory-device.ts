/** CXL r3.1 Section 8.2.9.9: Memory Device Command Sets: identification and partition. */
import { struct, text, u8, u16, u32, u64 } from '../../struct';
import type { CommandRows } from './row';

/** What capacities are counted in. QEMU CXL_CAPACITY_MULTIPLIER. */
export const CAPACITY_MULTIPLIER = 256n << 20n;

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

/** Section 8.2.9.9.2.2: Set Partition Info (Opcode 4101h). */
const SetPartitionInfo = struct('Set Partition Info', { volatileCapacity: u64, flags: u8 });

export const MEMORY_DEVICE_COMMANDS = {
  identifyMemoryDevice: {
    opcode: 0x4000,
    since: { device: '7.1' },
    asks: true,
    output: Identify,
    refusals: ['internalError'],
    observed: { device: [{}] },
  },
  getPartitionInfo: {
    opcode: 0x4100,
    since: { device: '7.1' },
    asks: true,
    needsMedia: true,
    output: PartitionInfo,
    refusals: ['internalError'],
    observed: { device: [{}] },
  },
  setPartitionInfo: { opcode: 0x4101, input: SetPartitionInfo },
} as const satisfies CommandRows;
