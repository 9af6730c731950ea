/** Inputs whose length a command refuses, whatever they hold: derived from the command's row. */
import { COMMAND_ROWS, inputLengthOf } from './command';

/** `less`: a byte less than the fields have. `more`: a byte more, of commands with a fixed length. Or so many bytes. */
export type WrongLength = 'none' | 'less' | 'more' | number;

/** In bytes; undefined if the command may take such an input. `held` is what the mailbox holds. */
export function wrongLengthOf(opcode: number, wrong: WrongLength, held: number): number | undefined {
  const row = COMMAND_ROWS.get(opcode);
  if (!row) return undefined;
  const fixed = inputLengthOf(row);
  const least = fixed ?? row.input?.size ?? 0;
  if (wrong === 'none') return least > 0 ? 0 : undefined;
  if (wrong === 'less') return least > 1 ? least - 1 : undefined;
  if (wrong === 'more') return fixed === undefined ? undefined : fixed + 1;
  return wrong > held || (fixed !== undefined && fixed !== wrong) ? wrong : undefined;
}
