/** Draws machines, compares them, and reduces each kind of difference to a small machine that shows it. */
import fc from 'fast-check';
import { NotApplicable } from '../ledger/verdict';
import type { Comparison, Departure } from './compare';
import type { Draw } from './draw';

/** How many smaller machines are tried for each difference. */
const ATTEMPTS = 80;

/** Machines at a time. */
const LANES = 2;

export interface Plan {
  /** @throws NotApplicable for a machine that cannot be compared. */
  readonly compare: (draw: Draw) => Promise<Comparison>;
  readonly draws: fc.Arbitrary<Draw>;
  readonly count: number;
  readonly seed: number;
  /** For how long machines are made smaller, all differences together, in ms: one not reached by then is told as it was drawn. */
  readonly shrinkFor: number;
  /** Called after each machine. */
  readonly onProgress: (done: number, differing: number) => void;
}

export interface Finding {
  readonly departure: Departure;
  /** The smallest machine that shows it. */
  readonly draw: Draw;
  /** Of the drawn machines, how many show it. */
  readonly machines: number;
}

export interface Result {
  readonly compared: number;
  /** Why machines were not compared, with their number. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** The quirks by which machines are not alike, and cannot be, with their number. */
  readonly explained: ReadonlyMap<string, number>;
  /** The most frequent first. */
  readonly findings: readonly Finding[];
}

export async function hunt(plan: Plan): Promise<Result> {
  const { compare, draws, count, seed, onProgress } = plan;
  const leftOut = new Map<string, number>();
  const explained = new Map<string, number>();
  const kinds = new Map<string, Kind>();
  const sampled = fc.sample(draws, { seed, numRuns: count });
  let done = 0;
  await inLanes([...sampled.entries()], async ([position, draw]) => {
    const comparison = await compare(draw).catch((error: Error) => {
      if (!(error instanceof NotApplicable)) throw error;
      countIn(leftOut, error.message);
    });
    const { departures = [], explained: quirk } = comparison ?? {};
    if (quirk !== undefined) countIn(explained, quirk);
    for (const [kind, departure] of new Map(departures.map((each) => [kindOf(each), each]))) {
      const before = kinds.get(kind);
      const first = before && before.position < position ? before : { position, draw, departure };
      kinds.set(kind, { ...first, machines: (before?.machines ?? 0) + 1 });
    }
    onProgress(++done, kinds.size);
  });
  const until = Date.now() + plan.shrinkFor;
  const sorted = [...kinds].sort(([, a], [, b]) => b.machines - a.machines || a.position - b.position);
  const findings = await inLanes(sorted, async ([kind, found]): Promise<Finding> => {
    const { departure, draw } = await shrink(plan, kind, found, until);
    return { departure, draw, machines: found.machines };
  });
  const compared = count - [...leftOut.values()].reduce((a, b) => a + b, 0);
  return { compared, leftOut, explained, findings };
}

const countIn = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

interface Kind extends Finding {
  /** Of the first machine that shows it, which is `draw`. */
  readonly position: number;
}

/** Differences in the same field are of a kind, wherever in a list it is, and whatever is said of it in brackets. */
export const kindOf = ({ comparator, path, real, simulated }: Departure): string => {
  const where = path.length > 0 ? path.join(' ') : `${real} ${simulated}`;
  return `${comparator} ${where}`.replace(/ \(.*?\)|0x[\da-f]+|\d+/g, '#');
};

/** Goes from a machine to smaller ones, as long as they show a difference of that kind, and as long as there is time. */
async function shrink({ compare, draws, seed }: Plan, kind: string, found: Kind, until: number) {
  let attempts = 0;
  let smallest: Pick<Finding, 'departure' | 'draw'> = found;
  const property = fc.asyncProperty(draws, async (draw) => {
    if (attempts++ >= ATTEMPTS || Date.now() >= until) return;
    const isWanted = (departure: Departure) => kindOf(departure) === kind;
    const comparison = await compare(draw).catch((error: Error) => {
      if (!(error instanceof NotApplicable)) throw error;
    });
    const departure = comparison?.departures.find(isWanted);
    if (!departure) return;
    smallest = { departure, draw };
    throw new Error(kind);
  });
  await fc.check(property, { seed, path: `${found.position}`, numRuns: 1 });
  return smallest;
}

/** What `work` makes of each item, two at a time. */
export async function inLanes<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < items.length; n = next++) results[n] = await work(items[n] as T);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}
