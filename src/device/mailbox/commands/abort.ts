/** CXL r3.1 Section 8.2.9.1.5: Request Abort Background Operation (Opcode 0005h). */
import { EFFECT, OPCODE, RETURN_CODE } from '../../../codec/cxl/mailbox/command';
import type { Facts } from '../../../ledger/facts';
import type { Quirks } from '../../../ledger/quirks';
import { type Command, type CommandContext, NOTHING, Refused } from './command';
import { isAbortLost } from './overrun';

/** Commands whose background operation can be aborted, by devices that know how to ask for it. */
const ABORTABLE: ReadonlySet<number> = new Set([
  ...[OPCODE.transferFirmware, OPCODE.activateFirmware, OPCODE.scanMedia, OPCODE.sanitize],
]);

export function abortCommands({ background, state }: Pick<CommandContext, 'background' | 'state'>): Command[] {
  function abort(): Uint8Array {
    if (!ABORTABLE.has(background.opcode)) throw new Refused(RETURN_CODE.noBackgroundAbort);
    background.abort();
    return NOTHING;
  }

  const isLost = () => isAbortLost(state);
  return [{ opcode: OPCODE.backgroundAbort, inputLength: 0, effects: 0, run: abort, isLost }];
}

/** Of a command that runs in the background and can be aborted. */
export function backgroundEffects({ facts, quirks }: { readonly facts: Facts; readonly quirks: Quirks }): number {
  if (!facts.opcodes.includes(OPCODE.backgroundAbort)) return EFFECT.backgroundOperation;
  const bit = quirks.has('abort-effect-is-secondary-mailbox') ? EFFECT.secondaryMailbox : EFFECT.backgroundAbort;
  return EFFECT.backgroundOperation | bit;
}
