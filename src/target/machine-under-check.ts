/** A machine that somebody has pasted, ready for every target. */
import type { Setup } from '../machine/topology';
import { modelled } from '../options/modelled';
import { commandIn, optionsOf } from '../options/shell-text';
import { type Replaced, type Startable, startable } from '../options/startable';

export type { Replaced };

export interface MachineUnderCheck extends Startable {
  /** Devices of which the simulator has no model. */
  readonly notModelled: readonly string[];
  /** As a scenario sets it up that adds nothing to it. */
  readonly setup: Setup;
}

/**
 * `pasted` is a text, or words that a shell has taken apart.
 * @throws SyntaxError if no QEMU command is there, or it cannot be read; RangeError for a machine of another kind
 */
export function machineUnderCheck(pasted: string | readonly string[]): MachineUnderCheck {
  const ready = startable(typeof pasted === 'string' ? commandIn(pasted) : optionsOf(pasted));
  const { topology, left } = modelled(ready.options);
  const setup = { topology, reservations: [], anyMachine: false, steppedClock: false, commandLine: ready.options };
  return { ...ready, notModelled: left, setup };
}
