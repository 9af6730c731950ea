/** CXL r3.1 Section 8.2.9.1.5: Request Abort Background Operation (Opcode 0005h). */
import { COMMAND_ROWS } from '../../../codec/cxl/mailbox/command';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';
import { isAbortLost } from './overrun';

export function abortCommands({ background, state }: Pick<CommandContext, 'background' | 'state'>): Handlers {
  function abort(): Uint8Array {
    if (!COMMAND_ROWS.get(background.opcode)?.isAbortable) throw new Refused(RETURN_CODE.noBackgroundAbort);
    background.abort();
    return NOTHING;
  }

  return { backgroundAbort: { run: abort, isLost: () => isAbortLost(state) } };
}
