/** The commands that a switch hands on to what is at its ports. CXL r3.1 Section 7.6.7.3.1: Tunnel Management Command. */
import { OPCODE } from '../codec/cxl/mailbox/command';
import type { CommandEffect } from '../codec/cxl/mailbox/logs';
import { RETURN_CODE } from '../codec/cxl/mailbox/return-code';
import { TUNNEL_HEADER, Tunnelled, TunnelledAnswer } from '../codec/cxl/mailbox/switch';
import { readEffectsLog } from '../driver/effects-log';
import type { Answer, MemoryDevice } from '../machine/memory-device';

/** The component's own answer; the switch's, if it does not hand the command on. */
export async function sendThrough(
  device: Pick<MemoryDevice, 'send'>,
  port: number,
  opcode: number,
  input: Uint8Array,
): Promise<Answer> {
  const { code, output } = await device.send(OPCODE.tunnelManagementCommand, encodeTunnelled(port, opcode, input));
  if (code !== RETURN_CODE.success) return { code, output };
  const { returnCode } = TunnelledAnswer.decode(output);
  return { code: returnCode, output: output.slice(TunnelledAnswer.size) };
}

export const encodeTunnelled = (port: number, opcode: number, input: Uint8Array): Uint8Array => {
  const size = Tunnelled.size - TUNNEL_HEADER + input.length;
  return Buffer.concat([Tunnelled.encode({ port, size, opcode, payloadLength: input.length }), input]);
};

/** The Command Effects Log of what is at the port. @throws DecodeError if there is none */
export const effectsLogThrough = (device: Pick<MemoryDevice, 'send'>, port: number): Promise<CommandEffect[]> =>
  readEffectsLog(async (opcode, input) => (await sendThrough(device, port, opcode, input)).output);
