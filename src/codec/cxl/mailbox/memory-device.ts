/** CXL r3.1 Section 8.2.9.9: Memory Device Command Sets: identification and partition. */
import { struct, text, u8, u16, u32, u64 } from '../../struct';

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
