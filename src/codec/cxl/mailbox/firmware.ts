/** CXL r3.1 Section 8.2.9.3: Firmware Update. */
import { struct, text, u8, u16, u32 } from '../../struct';
import type { CommandRows } from './row';

/** Section 8.2.9.3.1: Get FW Info (Opcode 0200h). */
export const FirmwareInfo = struct('Get FW Info', {
  slotsSupported: u8,
  slotInfo: u8,
  activationCapabilities: u8,
  reserved: text(13),
  slot1Revision: text(16),
  slot2Revision: text(16),
  slot3Revision: text(16),
  slot4Revision: text(16),
});

/** Bits of `slotInfo`: the active slot in 2:0, the one that is staged for the next cold reset in 5:3. */
export const encodeSlotInfo = (active: number, staged: number): number => active | (staged << 3);

/** Of `activationCapabilities`. */
export const ONLINE_ACTIVATION = 1;

/** Section 8.2.9.3.2: Transfer FW (Opcode 0201h); the data follow. `offset` counts {@link TRANSFER_UNIT}. */
export const TransferFirmware = struct('Transfer FW', {
  action: u8,
  slot: u8,
  reserved: u16,
  offset: u32,
  reserved2: text(120),
});
export const TRANSFER_UNIT = 128;

export const TRANSFER_ACTION = { full: 0, initiate: 1, continue: 2, end: 3, abort: 4 } as const;

/** Section 8.2.9.3.3: Activate FW (Opcode 0202h). */
export const ActivateFirmware = struct('Activate FW', { action: u8, slot: u8 });

export const ACTIVATE_ACTION = { online: 0, reset: 1 } as const;

export const FIRMWARE_COMMANDS = {
  getFirmwareInfo: {
    opcode: 0x0200,
    since: { device: '7.1' },
    asks: true,
    output: FirmwareInfo,
    refusals: ['internalError'],
    observed: { device: [{}] },
  },
  transferFirmware: {
    opcode: 0x0201,
    since: { device: '9.1' },
    effects: ['backgroundOperation'],
    isAbortable: true,
    input: TransferFirmware,
    data: { bytes: TRANSFER_UNIT },
    values: { action: TRANSFER_ACTION },
    refusals: ['invalidInput', 'invalidSlot', 'firmwareTransferInProgress', 'firmwareTransferOutOfOrder'],
  },
  activateFirmware: {
    opcode: 0x0202,
    since: { device: '9.1' },
    effects: ['backgroundOperation'],
    isAbortable: true,
    input: ActivateFirmware,
    values: { action: ACTIVATE_ACTION },
    refusals: ['invalidInput', 'invalidSlot'],
  },
} as const satisfies CommandRows;
