/** Commands that the mailbox of a switch hands on to the devices at its ports. CXL r3.1 Section 7.6.7.3.1: Tunnel Management Command. */
import { commandNamed, OPCODE } from '../../src/codec/cxl/mailbox/command';
import {
  COMMAND_EFFECTS_LOG,
  decodeCel,
  GetLogInput,
  SupportedLog,
  SupportedLogs,
} from '../../src/codec/cxl/mailbox/logs';
import { RETURN_CODE } from '../../src/codec/cxl/mailbox/return-code';
import { TUNNEL_HEADER, Tunnelled, TunnelledAnswer } from '../../src/codec/cxl/mailbox/switch';
import { NotApplicable } from '../../src/ledger/verdict';
import type { Answer } from '../../src/machine/memory-device';
import type { CxlWorld } from './world';

/** What was handed on last, and what came back. */
export interface TunnelledCommand {
  readonly opcode: number;
  readonly answer: Answer;
}

const last = new WeakMap<CxlWorld, TunnelledCommand>();

/** @throws NotApplicable if the device does not list the command. */
export async function tunnel(world: CxlWorld, id: string, port: number, opcode: number, input: Uint8Array) {
  await world.devices.effectsOf(id, OPCODE.tunnelManagementCommand);
  const log = await effectsLog(world, id, port);
  if (![...decodeCel(log)].some((entry) => entry.opcode === opcode)) {
    throw new NotApplicable(
      `the device at port ${port} of ${id} has no command ${commandNamed(opcode)}`,
      commandNamed(opcode),
    );
  }
  const answer = await handOn(world, id, port, opcode, input);
  last.set(world, { opcode, answer });
  return answer;
}

export function lastTunnelled(world: CxlWorld): TunnelledCommand {
  const found = last.get(world);
  if (!found) throw new Error('no command was tunnelled');
  return found;
}

async function effectsLog(world: CxlWorld, id: string, port: number): Promise<Uint8Array> {
  const logs = await handOn(world, id, port, OPCODE.getSupportedLogs, new Uint8Array());
  const { size } = SupportedLog.decode(logs.output, SupportedLogs.size);
  const input = GetLogInput.encode({ log: COMMAND_EFFECTS_LOG, offset: 0, length: size });
  return (await handOn(world, id, port, OPCODE.getLog, input)).output;
}

/** The device's own answer; the switch's, if it does not hand the command on. */
async function handOn(world: CxlWorld, id: string, port: number, opcode: number, input: Uint8Array): Promise<Answer> {
  const size = Tunnelled.size - TUNNEL_HEADER + input.length;
  const message = Tunnelled.encode({ port, size, opcode, payloadLength: input.length });
  const tunnelled = Buffer.concat([message, input]);
  const { code, output } = await (await world.device(id)).send(OPCODE.tunnelManagementCommand, tunnelled);
  if (code !== RETURN_CODE.success) return { code, output };
  const { returnCode } = TunnelledAnswer.decode(output);
  return { code: returnCode, output: output.slice(TunnelledAnswer.size) };
}
