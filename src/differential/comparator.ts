import type { Hardware } from '../machine/hardware';
import type { Handover } from '../machine/host';
import type { Operator } from '../machine/operator';
import type { Tree } from './difference';
import type { Draw } from './draw';

/** A machine that firmware has set up, and what was drawn to be done to it. */
export interface Specimen {
  readonly machine: Hardware & Operator;
  readonly handover: Handover;
  readonly draw: Draw;
}

/** One way to look at a machine. What it does to one, it does to any other. */
export interface Comparator {
  /** `CEDT`, `CDAT`. */
  readonly name: string;
  observe(specimen: Specimen): Promise<Tree>;
}

/** What is observed where no model can tell what is, for the machine has read or overwritten memory that is not its own. */
export const byChance = (quirk: string): string => `by chance, by the quirk ${quirk}`;

/** The quirk of such an observation; undefined if it is another one. */
export const chanceIn = (shown = ''): string | undefined => /^by chance, by the quirk (\S+)$/.exec(shown)?.[1];

/** Name of what is observed of a machine that has crashed, by the signal that ended it: that is all there is to observe. */
export const ENDED = 'ended';
