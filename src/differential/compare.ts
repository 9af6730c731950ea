import { DecodeError } from '../codec/decode-error';
import { MachineCrash } from '../machine/crash';
import { Refusal } from '../machine/refusal';
import type { BootedMachine, Start } from '../target/twins';
import { type Comparator, ENDED } from './comparator';
import { type Difference, firstDifference, type Tree } from './difference';
import type { Draw } from './draw';

/** The two machines that are held against each other. */
export interface Pair {
  readonly real: Start;
  readonly simulated: Start;
}

export interface Departure extends Difference {
  /** By which it was found: its name. */
  readonly comparator: string;
}

/** What was accepted, or in which words it was refused. */
const ACCEPTANCE = 'refusal';

/**
 * The first difference by each of the comparators between the two machines that `draw` makes.
 * @throws NotApplicable if one of them cannot be asked for.
 */
export async function compare({ real, simulated }: Pair, draw: Draw, comparators: readonly Comparator[]) {
  const [ours, theirs] = await Promise.all([start(real, draw), start(simulated, draw)]);
  const departures: Departure[] = [];
  const note = (comparator: string, a: Tree, b: Tree) => {
    const difference = firstDifference(a, b);
    if (difference) departures.push({ comparator, ...difference });
  };
  try {
    note(ACCEPTANCE, ours.refusal, theirs.refusal);
    for (const { name, observe } of ours.booted && theirs.booted ? comparators : []) {
      const seen = [ours, theirs].map(({ booted }) => observed(observe({ ...(booted as BootedMachine), draw })));
      const [a, b] = await Promise.all(seen);
      note(name, a, b);
      if (hasEnded(a) || hasEnded(b)) break;
    }
    return departures;
  } finally {
    await Promise.all([ours, theirs].map(({ booted }) => booted?.machine.powerOff()));
  }
}

async function start(how: Start, { topology }: Draw): Promise<{ booted?: BootedMachine; refusal?: string }> {
  try {
    return { booted: await how(topology) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.complaint };
    if (error instanceof MachineCrash) return { refusal: `ended by ${error.signal}` };
    if (error instanceof RangeError) return { refusal: `it cannot be modelled: ${error.message}` };
    throw error;
  }
}

/** Bytes that cannot be decoded are an observation too, and so is a crash. */
async function observed(tree: Promise<Tree>): Promise<Tree> {
  try {
    return await tree;
  } catch (error) {
    if (error instanceof DecodeError) return { 'cannot be decoded': error.message };
    if (error instanceof MachineCrash) return { [ENDED]: error.signal };
    throw error;
  }
}

/** Whether the machine crashed while it was observed. */
const hasEnded = (tree: Tree): boolean =>
  typeof tree === 'object' && (ENDED in tree || Object.values(tree).some(hasEnded));
