/** CXL r3.1 Sections 8.2.9.9.1 and 8.2.9.9.2: Identify Memory Device, and capacity configuration. */
import { OPCODE } from '../../../codec/cxl/mailbox/command';
import {
  CAPACITY_MULTIPLIER,
  Identify,
  IdentifyDynamicCapacity,
  PartitionInfo,
} from '../../../codec/cxl/mailbox/memory-device';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { type CommandContext, type Handlers, Refused } from './command';

export function memoryDeviceCommands({ device, quirks, facts }: CommandContext): Handlers {
  function identify(): Uint8Array {
    const [volatileCapacity, persistentCapacity] = capacities();
    const identity = Identify.encode({
      firmwareRevision: 'BWFW VERSION 00',
      totalCapacity: volatileCapacity + persistentCapacity,
      volatileCapacity,
      persistentCapacity,
      labelAreaSize: Number(device.labelArea),
      poisonListMaximumLow: facts.opcodes.includes(OPCODE.getPoisonList) ? 256 : 0,
    });
    const knowsDynamicCapacity = facts.opcodes.includes(OPCODE.getDynamicCapacityConfiguration);
    return knowsDynamicCapacity
      ? Buffer.concat([identity, IdentifyDynamicCapacity.encode({ eventLogSize: 8 })])
      : identity;
  }

  function partitionInfo(): Uint8Array {
    const [activeVolatile, activePersistent] = capacities();
    return PartitionInfo.encode({ activeVolatile, activePersistent });
  }

  /** Volatile and persistent, in multiples. @throws Refused if they are none, as QEMU does. */
  function capacities(): [bigint, bigint] {
    const { volatile, persistent } = device;
    const unit = quirks.has('identify-counts-bytes') ? 1n : CAPACITY_MULTIPLIER;
    const uneven = volatile % CAPACITY_MULTIPLIER || persistent % CAPACITY_MULTIPLIER;
    if (uneven && !quirks.has('identify-rounds-down')) throw new Refused(RETURN_CODE.internalError);
    const counted: [bigint, bigint] = [volatile / unit, persistent / unit];
    return quirks.has('identify-swaps-capacities') ? [counted[1], counted[0]] : counted;
  }

  return { identifyMemoryDevice: identify, getPartitionInfo: partitionInfo };
}
