/** CXL r3.1 Section 8.2.9.5: Logs. */
import { EFFECT, OPCODE, RETURN_CODE } from '../../codec/cxl/mailbox/command';
import { CelEntry, COMMAND_EFFECTS_LOG, GetLogInput, SupportedLog, SupportedLogs } from '../../codec/cxl/mailbox/logs';
import { PAYLOAD_SIZE } from '../device-registers';
import { type Command, type CommandContext, Refused } from './command';

/** The only log is the Command Effects Log; `all` yields the commands that it is to list, by opcode. */
export function logCommands(
  { quirks, facts }: Pick<CommandContext, 'quirks' | 'facts'>,
  all: () => readonly Command[],
): Command[] {
  const commandEffects = () => {
    const wrong = quirks.has('effects-log-inverted') ? EFFECT.immediateLogChange | EFFECT.backgroundOperation : 0;
    return Buffer.concat(all().map(({ opcode, effects }) => CelEntry.encode({ opcode, effect: effects ^ wrong })));
  };

  function supported(): Uint8Array {
    const size = commandEffects().length;
    const entry = SupportedLog.encode({ log: COMMAND_EFFECTS_LOG, size });
    const entries = quirks.has('log-listed-twice') ? [entry, entry] : [entry];
    return Buffer.concat([SupportedLogs.encode({ count: entries.length }), ...entries]);
  }

  function get(input: Uint8Array): Uint8Array {
    const { log: wanted, offset, length } = GetLogInput.decode(input);
    if (length > PAYLOAD_SIZE) throw new Refused(RETURN_CODE.invalidInput);
    if (wanted !== COMMAND_EFFECTS_LOG)
      throw new Refused(quirks.has('unknown-log-unsupported') ? RETURN_CODE.unsupported : RETURN_CODE.invalidLog);
    const log = commandEffects();
    if (offset + length <= log.length) return log.subarray(offset, offset + length);
    const bound = quirks.has('log-bounds-of-array') ? facts.effectsLogBound : log.length;
    if (offset + length > bound) throw new Refused(RETURN_CODE.invalidInput);
    const zeros = new Uint8Array(length);
    zeros.set(log.subarray(offset, offset + length));
    return zeros;
  }

  return [
    { opcode: OPCODE.getSupportedLogs, inputLength: 0, effects: 0, run: supported },
    { opcode: OPCODE.getLog, inputLength: GetLogInput.size, effects: 0, run: get },
  ];
}
