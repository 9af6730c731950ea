/** The commands of a component: what it does on each, with what the command's row says. */
import { COMMAND_ROWS, type CommandName, inputLengthOf, OPCODE, rowOf } from '../../../codec/cxl/mailbox/command';
import { EFFECT, effectBits } from '../../../codec/cxl/mailbox/effect';
import type { Quirks } from '../../../ledger/quirks';
import type { Command, Handlers } from './command';

/** By opcode; `offered` are the opcodes that the component has. */
export function tableOf(handlers: Handlers, offered: readonly number[], quirks: Quirks): ReadonlyMap<number, Command> {
  const abort = offered.includes(OPCODE.backgroundAbort) ? abortEffect(quirks) : 0;
  const commands = (Object.keys(handlers) as CommandName[]).flatMap((name): Command[] => {
    const [row, handler] = [rowOf(name), handlers[name]];
    if (!handler || !offered.includes(row.opcode)) return [];
    const effects = effectBits(row.effects ?? []) | (row.isAbortable ? abort : 0);
    const own = typeof handler === 'function' ? { run: handler } : handler;
    const needsMedia = row.needsMedia === true;
    return [{ opcode: row.opcode, inputLength: inputLengthOf(row), effects, needsMedia, ...own }];
  });
  return new Map(commands.sort((a, b) => a.opcode - b.opcode).map((command) => [command.opcode, command]));
}

const abortEffect = (quirks: Quirks): number =>
  quirks.has('abort-effect-is-secondary-mailbox') ? EFFECT.secondaryMailbox : EFFECT.backgroundAbort;

/** What a device without dynamic capacity has of `opcodes`. */
export const withoutDynamicCapacity = (opcodes: readonly number[]): number[] =>
  opcodes.filter((opcode) => !COMMAND_ROWS.get(opcode)?.ofDynamicCapacity);
