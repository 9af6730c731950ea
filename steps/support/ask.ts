import { expect } from 'expect';
import { commandNamed, OPCODE } from '../../src/codec/cxl/mailbox/command';
import { decodeEventRecords, EVENT_LOGS, type EventLogName } from '../../src/codec/cxl/mailbox/events';
import { RETURN_CODE, returnCodeNamed } from '../../src/codec/cxl/mailbox/return-code';
import { DecodeError } from '../../src/codec/decode-error';
import { NotApplicable } from '../../src/ledger/verdict';
import type { CxlWorld } from './world';

/** The output of a command that changes nothing, beside the one that the scenario is about. @throws NotApplicable if device `id` has no such command */
export async function ask(world: CxlWorld, id: string, opcode: number, input: Uint8Array): Promise<Uint8Array> {
  const { code, output } = await (await world.device(id)).send(opcode, input);
  if (code === RETURN_CODE.unsupported)
    throw new NotApplicable(`${id} has no command ${commandNamed(opcode)}`, commandNamed(opcode));
  const what = `${id} answers ${commandNamed(opcode)} with`;
  if (output.length === 0) expect({ [what]: returnCodeNamed(code) }).toEqual({ [what]: 'Success' });
  return output;
}

/** What Get Event Records yields. */
export async function logOf(world: CxlWorld, id: string, log: EventLogName) {
  const output = await ask(world, id, OPCODE.getEventRecords, Uint8Array.of(EVENT_LOGS.indexOf(log)));
  return DecodeError.of(id, () => decodeEventRecords(output));
}

/** Sends a command. @throws an assertion unless the answer is Success or Background Started */
export async function expectAccepted(world: CxlWorld, id: string, opcode: number, input: Uint8Array): Promise<void> {
  const { code } = await world.send(id, opcode, input);
  const answer = returnCodeNamed(code);
  const what = `${id} answers ${commandNamed(opcode)} with`;
  expect({ [what]: answer === 'Background Started' ? 'Success' : answer }).toEqual({ [what]: 'Success' });
}
