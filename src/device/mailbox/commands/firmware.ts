/** CXL r3.1 Section 8.2.9.3: Firmware Update. */
import { OPCODE } from '../../../codec/cxl/mailbox/command';
import {
  ACTIVATE_ACTION,
  ActivateFirmware,
  encodeSlotInfo,
  FirmwareInfo,
  ONLINE_ACTIVATION,
  TRANSFER_ACTION,
  TRANSFER_UNIT,
  TransferFirmware,
} from '../../../codec/cxl/mailbox/firmware';
import { CAPACITY_MULTIPLIER } from '../../../codec/cxl/mailbox/memory-device';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import type { BackgroundWork } from '../background';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';

const SLOTS = 2;
const FIRMWARE_SIZE = 32 << 20;
/** QEMU counts bytes in 32 bits. */
const WRAP = 2 ** 32;
const WHOLE_MS = 10_000;
const PART_MS = 2_000;

/** For so long a transfer waits for its next part, in ns. */
const PATIENCE = 30_000_000_000n;

type Part = Pick<ReturnType<typeof TransferFirmware.decode>, 'action' | 'slot'> & { readonly data: number };

export function firmwareCommands(context: CommandContext): Handlers {
  const { device, quirks, facts, clock, atReset } = context;
  const canUpdate = facts.opcodes.includes(OPCODE.transferFirmware);
  const initial = () => ({ active: 1, staged: canUpdate ? 0 : 1, held: new Set([1]) });
  let slots = initial();
  /** What was transferred last, and since when there is no more of it. */
  let transfer: { offset: number; length: number; since: bigint } | undefined;

  function info(): Uint8Array {
    const odd = device.volatile % CAPACITY_MULTIPLIER || device.persistent % CAPACITY_MULTIPLIER;
    const enough = device.volatile + device.persistent >= CAPACITY_MULTIPLIER;
    if (odd && !(enough && quirks.has('firmware-info-of-odd-capacity'))) throw new Refused(RETURN_CODE.internalError);
    const { active, staged, held } = slots;
    const revision = (slot: number) => (held.has(slot) ? `BWFW VERSION ${slot - 1}` : '');
    return FirmwareInfo.encode({
      slotsSupported: SLOTS,
      slotInfo: encodeSlotInfo(active, staged),
      activationCapabilities: canUpdate ? ONLINE_ACTIVATION : 0,
      slot1Revision: revision(1),
      slot2Revision: revision(2),
    });
  }

  function transferPart(input: Uint8Array): Uint8Array | BackgroundWork {
    if (input.length < TransferFirmware.size) {
      if (quirks.has('firmware-short-input')) return { milliseconds: WHOLE_MS, complete: () => {} };
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    const { action, slot, offset } = TransferFirmware.decode(input);
    if (action === TRANSFER_ACTION.abort) {
      transfer = undefined;
      return NOTHING;
    }
    const at = offset * TRANSFER_UNIT;
    const part = {
      offset: quirks.has('firmware-offset-wraps') ? at % WRAP : at,
      length: input.length - TransferFirmware.size,
    };
    if (part.offset + part.length > FIRMWARE_SIZE) throw new Refused(RETURN_CODE.invalidInput);
    checkOrder(action, part);
    return take({ action, slot, data: part.offset }, part.length);
  }

  /** @throws Refused for a part that does not follow what there is. */
  function checkOrder(action: number, { offset, length }: { offset: number; length: number }): void {
    const follows = action === TRANSFER_ACTION.continue || action === TRANSFER_ACTION.end;
    if (!transfer) {
      if (follows && !quirks.has('firmware-part-without-start')) throw new Refused(RETURN_CODE.invalidInput);
      return;
    }
    if (action === TRANSFER_ACTION.full || action === TRANSFER_ACTION.initiate) {
      throw new Refused(RETURN_CODE.firmwareTransferInProgress);
    }
    if (clock.now - transfer.since > PATIENCE && !quirks.has('firmware-transfer-waits-by-wall-clock')) {
      transfer = undefined;
      throw new Refused(RETURN_CODE.invalidInput);
    }
    const again = offset === transfer.offset && length === transfer.length;
    if (follows && !again && offset < transfer.offset + transfer.length) {
      throw new Refused(RETURN_CODE.firmwareTransferOutOfOrder);
    }
  }

  function take({ action, slot, data: offset }: Part, length: number): BackgroundWork {
    switch (action) {
      case TRANSFER_ACTION.full:
      case TRANSFER_ACTION.end:
        checkSlot(slot);
        if (quirks.has('firmware-there-at-once')) slots.held.add(slot);
        return {
          milliseconds: action === TRANSFER_ACTION.full ? WHOLE_MS : PART_MS,
          complete: () => {
            transfer = undefined;
            if (!quirks.has('firmware-transfer-lost')) slots.held.add(slot);
          },
        };
      case TRANSFER_ACTION.initiate:
        if (offset !== 0) throw new Refused(RETURN_CODE.invalidInput);
        break;
      case TRANSFER_ACTION.continue:
        break;
      default:
        throw new Refused(RETURN_CODE.invalidInput);
    }
    const begun = { offset, length, since: clock.now };
    transfer = begun;
    return {
      milliseconds: PART_MS,
      complete: () => {
        begun.since = clock.now;
      },
    };
  }

  /** @throws Refused unless it is one that firmware can go to, or come from. */
  function checkSlot(slot: number): void {
    const wrong = slot === 0 || slot > SLOTS || slot === slots.active;
    if (wrong && !quirks.has('firmware-slot-unchecked')) throw new Refused(RETURN_CODE.invalidSlot);
  }

  function activate(input: Uint8Array): Uint8Array {
    const { action, slot } = ActivateFirmware.decode(input);
    checkSlot(slot);
    if (!slots.held.has(slot) && !quirks.has('empty-slot-activated')) throw new Refused(RETURN_CODE.invalidSlot);
    if (action === ACTIVATE_ACTION.online) slots.active = slot;
    else if (action === ACTIVATE_ACTION.reset) slots.staged = slot;
    else throw new Refused(RETURN_CODE.invalidInput);
    return NOTHING;
  }

  atReset.push(() => {
    transfer = undefined;
    const { active, staged, held } = slots;
    const changed = canUpdate && (staged > 0 || held.size > 1 || active > 1);
    if (!changed) return;
    const forgotten = quirks.has('firmware-forgotten-at-reset');
    slots = forgotten ? initial() : { active: staged || active, staged: 0, held };
  });

  return { getFirmwareInfo: info, transferFirmware: transferPart, activateFirmware: activate };
}
