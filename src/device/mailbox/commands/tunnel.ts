import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { CATEGORY, TUNNEL_HEADER, Tunnelled, TunnelledAnswer } from '../../../codec/cxl/mailbox/switch';
import type { Quirks } from '../../../ledger/quirks';
import type { Commands } from '../mailbox';
import { type Handlers, Refused } from './command';

/** By port number. */
const BY_PORT = 0;

/** `reach` yields what takes commands at a port, if anything does. */
export function tunnelCommand(reach: (port: number) => Commands | undefined, quirks: Quirks): Handlers {
  function tunnel(input: Uint8Array): Uint8Array {
    if (input.length < Tunnelled.size) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const { port, targetType, size, category, tag, opcode } = Tunnelled.decode(input);
    if (size !== input.length - TUNNEL_HEADER) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const managed = reach(port);
    const wrong = targetType !== BY_PORT || category !== CATEGORY.request;
    if (!managed || (wrong && !quirks.has('tunnel-takes-anything'))) throw new Refused(RETURN_CODE.invalidInput);
    const { code, output } = managed.execute(opcode, input.subarray(Tunnelled.size));
    const returnCode = quirks.has('tunnel-hides-refusals') ? RETURN_CODE.success : code;
    const answer = TunnelledAnswer.encode({
      size: TunnelledAnswer.size - TUNNEL_HEADER + output.length,
      category: CATEGORY.response,
      tag,
      opcode,
      payloadLength: output.length,
      returnCode,
    });
    return Buffer.concat([answer, output]);
  }

  return { tunnelManagementCommand: tunnel };
}
