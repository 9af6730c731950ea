/** A machine that somebody has pasted, ready for every target. */
import { modelled } from '../options/modelled';
import { commandIn, optionsOf } from '../options/shell-text';
import { type Startable, startable } from '../options/startable';

export interface MachineUnderCheck extends Startable {
  /** Devices of which the simulator has no model. */
  readonly notModelled: readonly string[];
}

/**
 * `pasted` is a text, or words that a shell has taken apart.
 * @throws SyntaxError if no QEMU command is there, or it cannot be read; RangeError for a machine of another kind
 */
export function machineUnderCheck(pasted: string | readonly string[]): MachineUnderCheck {
  const ready = startable(typeof pasted === 'string' ? commandIn(pasted) : optionsOf(pasted));
  return { ...ready, notModelled: modelled(ready.options).left };
}
