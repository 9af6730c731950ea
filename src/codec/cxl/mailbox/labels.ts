/** CXL r3.1 Section 8.2.9.9.2: Label Storage Area. */
import { struct, u32 } from '../../struct';
import type { CommandRows } from './row';

/** Section 8.2.9.9.2.3: Get LSA (Opcode 4102h). */
export const GetLabelStorageArea = struct('Get LSA', { offset: u32, length: u32 });

/** Section 8.2.9.9.2.4: Set LSA (Opcode 4103h); the data follow. */
export const SetLabelStorageArea = struct('Set LSA', { offset: u32, reserved: u32 });

export const LABEL_COMMANDS = {
  getLabelStorageArea: {
    opcode: 0x4102,
    since: { device: '7.1' },
    asks: true,
    needsMedia: true,
    input: GetLabelStorageArea,
    refusals: ['invalidInput'],
    observed: { device: [{ input: { offset: 0, length: 256 } }] },
  },
  setLabelStorageArea: {
    opcode: 0x4103,
    since: { device: '7.1' },
    effects: ['immediateConfigurationChange', 'immediateDataChange'],
    needsMedia: true,
    input: SetLabelStorageArea,
    data: { bytes: 16 },
    refusals: ['invalidInput'],
  },
} as const satisfies CommandRows;
