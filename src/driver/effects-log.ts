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

/** Sends a command, by whichever way, and yields its output. */
type Send = (opcode: number, input: Uint8Array) => Promise<Uint8Array>;

/** The Command Effects Log of a component. CXL r3.1 Section 8.2.9.5.2.1. @throws DecodeError if there is none */
export async function readEffectsLog(send: Send): Promise<CommandEffect[]> {
  const logs = await send(OPCODE.getSupportedLogs, new Uint8Array());
  const { count } = SupportedLogs.decode(logs);
  const entries = SupportedLog.decodeAll(logs, count, SupportedLogs.size);
  const cel = entries.find(({ log }) => log === COMMAND_EFFECTS_LOG);
  if (!cel) throw new DecodeError('Get Supported Logs', 'lists no Command Effects Log');
  const input = GetLogInput.encode({ log: COMMAND_EFFECTS_LOG, offset: 0, length: cel.size });
  return decodeCel(await send(OPCODE.getLog, input));
}
