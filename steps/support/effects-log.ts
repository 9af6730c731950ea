/** The Command Effects Log, read as a scenario asks for it. */
import { expect } from 'expect';
import { commandNamed, OPCODE } from '../../src/codec/cxl/mailbox/command';
import { showEffects } from '../../src/codec/cxl/mailbox/effect';
import {
  CelEntry,
  COMMAND_EFFECTS_LOG,
  type CommandEffect,
  decodeCel,
  GetLogInput,
} from '../../src/codec/cxl/mailbox/logs';
import type { CxlWorld } from './world';

/** Reads the log of device `id` in parts of `size` bytes, and as a driver does, and compares the entries. */
export async function expectSameInParts(world: CxlWorld, id: string, size: number): Promise<void> {
  const entries = await (await world.device(id)).commandEffects();
  const length = entries.size * CelEntry.size;
  const parts = [];
  for (let offset = 0; offset < length; offset += size) {
    const part = { log: COMMAND_EFFECTS_LOG, offset, length: Math.min(size, length - offset) };
    parts.push((await world.send(id, OPCODE.getLog, GetLogInput.encode(part))).output);
  }
  expect({ parts: [...decodeCel(Buffer.concat(parts))].map(showEntry) }).toEqual({
    parts: [...entries].map(([opcode, effect]) => showEntry({ opcode, effect })),
  });
}

const showEntry = ({ opcode, effect }: CommandEffect) => `${commandNamed(opcode)}: ${showEffects(effect)}`;
