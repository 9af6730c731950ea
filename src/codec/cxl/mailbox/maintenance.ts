/** CXL r3.2 Section 8.2.10.7.1: Perform Maintenance (Opcode 0600h); what follows depends on the class. */
import { struct, u8, u16, u24 } from '../../struct';
import type { CommandRows } from './row';

export const PerformMaintenance = struct('Perform Maintenance', { class: u8, subclass: u8 });

/** What follows for sparing: CXL r3.2 Section 8.2.10.7.1.4; of the first byte, what {@link SPARING_FLAG} has. */
export const Sparing = struct('Memory Sparing', {
  flags: u8,
  channel: u8,
  rank: u8,
  nibbleMask: u24,
  bankGroup: u8,
  bank: u8,
  row: u24,
  column: u16,
  subChannel: u8,
});

/** The first of them is that of repairs too. */
export const SPARING_FLAG = { queryResources: 1, subChannelValid: 4, nibbleMaskValid: 8 } as const;

/** Of a Memory Sparing Event Record. */
export const SPARING_EVENT = {
  queryResources: 1,
  /** Channel, rank, nibble mask, bank group, bank, row and column. */
  addressValid: 0x7f,
  subChannelValid: 0x200,
} as const;

export const MAINTENANCE_CLASS = { nothing: 0, postPackageRepair: 1, sparing: 2 } as const;

export const MAINTENANCE_COMMANDS = {
  performMaintenance: {
    opcode: 0x0600,
    since: { device: '11.0' },
    effects: ['immediateConfigurationChange', 'immediateDataChange', 'immediateLogChange', 'backgroundOperation'],
    input: PerformMaintenance,
    more: [Sparing],
    values: { class: MAINTENANCE_CLASS },
    refusals: ['invalidInput'],
  },
} as const satisfies CommandRows;
