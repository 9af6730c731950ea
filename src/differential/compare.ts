import { DecodeError } from '../codec/decode-error';
import { MachineCrash, Overrun } from '../machine/crash';
import { Refusal } from '../machine/refusal';
import type { BootedMachine, Start } from '../target/real-and-modelled';
import { byChance, type Comparator, chanceIn, ENDED } from './comparator';
import { type Difference, firstDifference, type Tree } from './difference';
import type { Draw } from './draw';

/** The two machines that are held against each other. */
export interface Pair {
  readonly real: Start;
  readonly simulated: Start;
  /** The simulated one without one of its quirks. */
  readonly without: (quirk: string) => Start;
}

export interface Departure extends Difference {
  /** By which it was found: its name. */
  readonly comparator: string;
}

export interface Comparison {
  readonly departures: readonly Departure[];
  /** Of two machines that are not alike because what becomes of the real one is chance: the quirk by which that is known. */
  readonly explained?: string;
}

/** What was accepted, or in which words it was refused. */
const ACCEPTANCE = 'refusal';

/**
 * The first difference by each of the comparators between the two machines that `draw` makes.
 * @throws NotApplicable if one of them cannot be asked for.
 */
export async function compare(pair: Pair, draw: Draw, comparators: readonly Comparator[]): Promise<Comparison> {
  const machines = await Promise.all([start(pair.real, draw), start(pair.simulated, draw)]);
  const [ours, theirs] = machines;
  try {
    const quirk = chanceIn(theirs.refusal);
    if (quirk === undefined) return explain(await all(departures(ours, theirs, draw, comparators)));
    const right = await start(pair.without(quirk), draw);
    machines.push(right);
    const { done } = await departures(ours, right, draw, comparators).next();
    if (!done) return { departures: [], explained: quirk };
    return { departures: [{ comparator: ACCEPTANCE, path: [], real: 'without a fault', simulated: quirk }] };
  } finally {
    await Promise.all(machines.map(({ booted }) => booted?.machine.powerOff()));
  }
}

/** The last one, after which nothing was compared, is none if what the simulated machine does is chance. */
function explain(departures: readonly Departure[]): Comparison {
  const explained = chanceIn(departures.at(-1)?.simulated);
  return explained === undefined ? { departures } : { departures: departures.slice(0, -1), explained };
}

/** Until one of the machines has ended, or what it does is chance. */
async function* departures(
  ours: Started,
  theirs: Started,
  draw: Draw,
  comparators: readonly Comparator[],
): AsyncGenerator<Departure> {
  const refused = firstDifference(ours.refusal, theirs.refusal);
  if (refused) yield { comparator: ACCEPTANCE, ...refused };
  for (const { name, observe } of ours.booted && theirs.booted ? comparators : []) {
    const seen = [ours, theirs].map(({ booted }) => observed(observe({ ...(booted as BootedMachine), draw })));
    const [a, b] = await Promise.all(seen);
    const difference = firstDifference(a, b);
    if (difference) yield { comparator: name, ...difference };
    if (hasEnded(a) || hasEnded(b) || chanceIn(difference?.simulated)) return;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export interface Started {
  readonly booted?: BootedMachine;
  readonly refusal?: string;
}

/** A machine that has booted, or why it has not. @throws NotApplicable */
export async function start(how: Start, { topology }: Draw): Promise<Started> {
  try {
    return { booted: await how(topology) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.complaint };
    if (error instanceof Overrun) return { refusal: byChance(error.quirk) };
    if (error instanceof MachineCrash) return { refusal: `ended by ${error.signal}` };
    if (error instanceof DecodeError) return { refusal: `firmware cannot set it up: ${error.message}` };
    if (error instanceof RangeError) return { refusal: `it cannot be modelled: ${error.message}` };
    throw error;
  }
}

/** Bytes that cannot be decoded are an observation too, and so is a crash. */
export async function observed(tree: Promise<Tree>): Promise<Tree> {
  try {
    return await tree;
  } catch (error) {
    if (error instanceof DecodeError) return { 'cannot be decoded': error.message };
    if (error instanceof MachineCrash) return { [ENDED]: error.signal };
    throw error;
  }
}

/** Whether the machine crashed while it was observed. */
export const hasEnded = (tree: Tree): boolean =>
  typeof tree === 'object' && (ENDED in tree || Object.values(tree).some(hasEnded));
