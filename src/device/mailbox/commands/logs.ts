/** CXL r3.1 Section 8.2.9.5: Logs. */

import { EFFECT } from '../../../codec/cxl/mailbox/effect';
import {
  CelEntry,
  COMMAND_EFFECTS_LOG,
  GetLogInput,
  SupportedLog,
  SupportedLogs,
} from '../../../codec/cxl/mailbox/logs';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { MachineCrash } from '../../../machine/crash';
import { PAYLOAD_SIZE } from '../payload-size';
import { type Command, type CommandContext, type Handlers, Refused } from './command';

/** QEMU before 9.2 adds up where a part ends in 32 bits. */
const WRAP = 2 ** 32;

/** The only log is the Command Effects Log; `all` yields the commands that it is to list, by opcode. */
export function logCommands(
  { quirks, facts }: Pick<CommandContext, 'quirks' | 'facts'>,
  all: () => readonly Command[],
): Handlers {
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
    const wraps = offset + length >= WRAP && (offset + length) % WRAP <= PAYLOAD_SIZE;
    const isKnown = wanted === COMMAND_EFFECTS_LOG;
    if (isKnown && wraps && quirks.has('log-end-wraps')) throw new MachineCrash('SIGSEGV', 'cmd_logs_get_log');
    const beyond = quirks.has('log-end-wraps') ? (offset + length) % WRAP : length;
    if (beyond > PAYLOAD_SIZE) throw new Refused(RETURN_CODE.invalidInput);
    if (!isKnown)
      throw new Refused(quirks.has('unknown-log-unsupported') ? RETURN_CODE.unsupported : RETURN_CODE.invalidLog);
    const log = commandEffects();
    const bound = quirks.has('log-bounds-of-array') ? facts.effectsLogBound : log.length;
    if (offset + length > Math.max(bound, log.length)) throw new Refused(RETURN_CODE.invalidInput);
    const part = new Uint8Array(length);
    const from = quirks.has('log-offset-counts-entries') ? offset * CelEntry.size : offset;
    part.set(log.subarray(from, from + length));
    return part;
  }

  return { getSupportedLogs: supported, getLog: get };
}
