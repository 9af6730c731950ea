/** CXL r3.1 Section 8.2.9.5: Logs. */
import { DecodeError } from '../../decode-error';
import { struct, u16, u32, uuid } from '../../struct';
import type { CommandRows } from './row';

/** Section 8.2.9.5.1: Get Supported Logs (Opcode 0400h). */
export const SupportedLogs = struct('Get Supported Logs', { count: u16, reserved: u16, reserved2: u32 });
export const SupportedLog = struct('Supported Log Entry', { log: uuid, size: u32 });

export const COMMAND_EFFECTS_LOG = '0da9c0b5-bf41-4b78-8f79-96b1623b3f17';
const LOGS = { log: { commandEffects: COMMAND_EFFECTS_LOG } };

/** Section 8.2.9.5.2: Get Log (Opcode 0401h). */
export const GetLogInput = struct('Get Log', { log: uuid, offset: u32, length: u32 });

/** Section 8.2.9.5.2.1: Command Effects Log (CEL). */
export const CelEntry = struct('CEL entry', { opcode: u16, effect: u16 });

export type CommandEffect = ReturnType<typeof CelEntry.decode>;

/** The entries of a CEL. @throws DecodeError for half an entry. */
export function decodeCel(log: Uint8Array): CommandEffect[] {
  if (log.length % CelEntry.size !== 0) throw new DecodeError('Command Effects Log', `has ${log.length} bytes`);
  return CelEntry.decodeAll(log, log.length / CelEntry.size);
}

export const LOG_COMMANDS = {
  getSupportedLogs: {
    opcode: 0x0400,
    since: { device: '7.1', switch: '8.2', managed: '8.2' },
    asks: true,
    output: SupportedLogs,
    entry: SupportedLog,
    values: LOGS,
  },
  getLog: {
    opcode: 0x0401,
    since: { device: '7.1', switch: '8.2', managed: '8.2' },
    asks: true,
    needsMedia: true,
    input: GetLogInput,
    values: LOGS,
    refusals: ['invalidInput', 'invalidLog'],
  },
} as const satisfies CommandRows;
