/** CXL r3.1 Section 8.2.9.2: Events. */
import { struct, u8 } from '../../struct';

/** Section 8.2.9.2.4: Get Event Interrupt Policy (Opcode 0102h), a byte for each log: mode in bits 1:0, vector in 7:4. */
export const EventInterruptPolicy = struct('Event Interrupt Policy', {
  informational: u8,
  warning: u8,
  failure: u8,
  fatal: u8,
});

/** Of an Event Interrupt Policy, interrupt mode. */
export const INTERRUPT_MODE = { mask: 3, msi: 1 } as const;
