/** CXL r3.1 Section 8.2.9.9.2: Label Storage Area. */
import { struct, u32 } from '../../struct';

/** Section 8.2.9.9.2.3: Get LSA (Opcode 4102h). */
export const GetLabelStorageArea = struct('Get LSA', { offset: u32, length: u32 });

/** Section 8.2.9.9.2.4: Set LSA (Opcode 4103h); the data follow. */
export const SetLabelStorageArea = struct('Set LSA', { offset: u32, reserved: u32 });
