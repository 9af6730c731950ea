import { OPCODE } from '../codec/cxl/mailbox/command';
import {
  COMMAND_EFFECTS_LOG,
  type CommandEffect,
  decodeCel,
  GetLogInput,
  SupportedLog,
  SupportedLogs,
} from '../codec/cxl/mailbox/logs';
import { DecodeError } from '../codec/decode-error';
import type { Mailbox } from './mailbox';

/** The Command Effects Log of a device. CXL r3.1 Section 8.2.9.5.2.1. @throws DecodeError if there is none; MailboxError */
export async function readEffectsLog(mailbox: Mailbox): Promise<CommandEffect[]> {
  const logs = await mailbox.send(OPCODE.getSupportedLogs);
  const { count } = SupportedLogs.decode(logs);
  const entries = Array.from({ length: count }, (_, i) =>
    SupportedLog.decode(logs, SupportedLogs.size + i * SupportedLog.size),
  );
  const cel = entries.find(({ log }) => log === COMMAND_EFFECTS_LOG);
  if (!cel) throw new DecodeError('Get Supported Logs', 'lists no Command Effects Log');
  const input = GetLogInput.encode({ log: COMMAND_EFFECTS_LOG, offset: 0, length: cel.size });
  return decodeCel(await mailbox.send(OPCODE.getLog, input));
}
