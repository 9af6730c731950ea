/** Draws machines, compares them, and reduces each kind of difference to a small machine that shows it. */
import fc from 'fast-check';
import { NotApplicable } from '../ledger/verdict';
import type { Comparator } from './comparator';
import { compare, type Departure, type Pair } from './compare';
import type { Draw } from './draw';

/** How many smaller machines are tried for each difference. */
const ATTEMPTS = 40;

/** Machines at a time. */
const LANES = 2;

export interface Plan {
  readonly pair: Pair;
  readonly draws: fc.Arbitrary<Draw>;
  readonly comparators: readonly Comparator[];
  readonly count: number;
  readonly seed: number;
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
  /** The most frequent first. */
  readonly findings: readonly Finding[];
}

export async function hunt(plan: Plan): Promise<Result> {
  const { pair, draws, comparators, count, seed, onProgress } = plan;
  const leftOut = new Map<string, number>();
  const kinds = new Map<string, number[]>();
  const sampled = fc.sample(draws, { seed, numRuns: count });
  let [next, done] = [0, 0];
  const lane = async () => {
    for (let n = next++; n < count; n = next++) {
      const departures = await compare(pair, sampled[n] as Draw, comparators).catch((error: Error) => {
        if (!(error instanceof NotApplicable)) throw error;
        leftOut.set(error.message, (leftOut.get(error.message) ?? 0) + 1);
        return [];
      });
      for (const kind of new Set(departures.map(kindOf))) kinds.set(kind, [...(kinds.get(kind) ?? []), n]);
      onProgress(++done, kinds.size);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const findings: Finding[] = [];
  for (const [kind, machines] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
    findings.push({ ...(await shrink(plan, Math.min(...machines), kind)), machines: machines.length });
  }
  const compared = count - [...leftOut.values()].reduce((a, b) => a + b, 0);
  return { compared, leftOut, findings };
}

/** Differences in the same field are of a kind, wherever in a list it is. */
const kindOf = ({ comparator, path, real, simulated }: Departure): string => {
  const where = path.length > 0 ? path.join(' ') : `${real} ${simulated}`;
  return `${comparator} ${where}`.replace(/0x[\da-f]+|\d+/g, '#');
};

/** Goes from the machine at that position to smaller ones, as long as they show a difference of that kind. */
async function shrink({ pair, draws, comparators, seed }: Plan, position: number, kind: string) {
  let attempts = 0;
  let smallest: { departure: Departure; draw: Draw } | undefined;
  const property = fc.asyncProperty(draws, async (draw) => {
    if (attempts++ >= ATTEMPTS) return;
    const departures = await compare(pair, draw, comparators).catch((error: Error) => {
      if (error instanceof NotApplicable) return [];
      throw error;
    });
    const departure = departures.find((each) => kindOf(each) === kind);
    if (!departure) return;
    smallest = { departure, draw };
    throw new Error(kind);
  });
  await fc.check(property, { seed, path: `${position}`, numRuns: 1 });
  if (!smallest) throw new Error(`machine ${position} does not show again: ${kind}`);
  return smallest;
}
