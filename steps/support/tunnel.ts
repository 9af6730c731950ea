/** Commands that the mailbox of a switch hands on to the devices at its ports. CXL r3.1 Section 7.6.7.3.1: Tunnel Management Command. */
import { commandNamed, OPCODE } from '../../src/codec/cxl/mailbox/command';
import { NotApplicable } from '../../src/ledger/verdict';
import type { Answer } from '../../src/machine/memory-device';
import { effectsLogThrough, sendThrough } from '../../src/target/tunnel';
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
  const device = await world.device(id);
  const log = await effectsLogThrough(device, port);
  if (!log.some((entry) => entry.opcode === opcode)) {
    throw new NotApplicable(
      `the device at port ${port} of ${id} has no command ${commandNamed(opcode)}`,
      commandNamed(opcode),
    );
  }
  const answer = await sendThrough(device, port, opcode, input);
  last.set(world, { opcode, answer });
  return answer;
}

export function lastTunnelled(world: CxlWorld): TunnelledCommand {
  const found = last.get(world);
  if (!found) throw new Error('no command was tunnelled');
  return found;
}
