/** CXL r3.1 Section 8.2.9.4: Timestamp. */
import { struct, u64 } from '../../struct';

/** Sections 8.2.9.4.1 and 8.2.9.4.2: of Get and of Set Timestamp (Opcodes 0300h, 0301h); in ns since 1970, 0 if it was never set. */
export const Timestamp = struct('Timestamp', { timestamp: u64 });
