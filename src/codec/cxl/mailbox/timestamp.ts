/** CXL r3.1 Section 8.2.9.4: Timestamp. */
import { struct, u64 } from '../../struct';
import type { CommandRows } from './row';

/** Sections 8.2.9.4.1 and 8.2.9.4.2: of Get and of Set Timestamp (Opcodes 0300h, 0301h); in ns since 1970, 0 if it was never set. */
export const Timestamp = struct('Timestamp', { timestamp: u64 });

export const TIMESTAMP_COMMANDS = {
  getTimestamp: {
    opcode: 0x0300,
    since: { device: '7.1', switch: '8.2', managed: '8.2' },
    asks: true,
    output: Timestamp,
    observed: { device: [{}] }, // of a switch it ends some QEMU: the quirk `switch-timestamp-aborts`
  },
  setTimestamp: {
    opcode: 0x0301,
    since: { device: '7.1', switch: '8.2' },
    effects: ['immediatePolicyChange'],
    input: Timestamp,
  },
} as const satisfies CommandRows;
