/** CXL r3.1 Section 8.2.9.5: Logs. */
import { OPCODE, RETURN_CODE } from '../../codec/cxl/mailbox/command';
import { CelEntry, COMMAND_EFFECTS_LOG, GetLogInput, SupportedLog, SupportedLogs } from '../../codec/cxl/mailbox/logs';
import { type Command, Refused } from './command';

/** The only log is the Command Effects Log; `all` yields the commands that it is to list, by opcode. */
export function logCommands(all: () => readonly Command[]): Command[] {
  const commandEffects = () =>
    Buffer.concat(all().map(({ opcode, effects }) => CelEntry.encode({ opcode, effect: effects })));

  function supported(): Uint8Array {
    const size = commandEffects().length;
    return Buffer.concat([SupportedLogs.encode({ count: 1 }), SupportedLog.encode({ ...COMMAND_EFFECTS_LOG, size })]);
  }

  function get(input: Uint8Array): Uint8Array {
    const { uuidLow, uuidHigh, offset, length } = GetLogInput.decode(input);
    const isCel = uuidLow === COMMAND_EFFECTS_LOG.uuidLow && uuidHigh === COMMAND_EFFECTS_LOG.uuidHigh;
    if (!isCel) throw new Refused(RETURN_CODE.invalidLog);
    const log = commandEffects();
    if (offset + length > log.length) throw new Refused(RETURN_CODE.invalidInput);
    return log.subarray(offset, offset + length);
  }

  return [
    { opcode: OPCODE.getSupportedLogs, inputLength: 0, effects: 0, run: supported },
    { opcode: OPCODE.getLog, inputLength: GetLogInput.size, effects: 0, run: get },
  ];
}
