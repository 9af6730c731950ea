/** Many machines in two QEMUs: each kind of difference once, with a small machine that shows it. */
import { NotApplicable } from '../ledger/verdict';
import { type Between, differencesBetween, type Seen, withoutChance } from './between';
import type { Departure } from './compare';
import type { Draw } from './draw';
import { inLanes, kindOf } from './hunt';
import { smallest } from './smaller';

/** A machine, and the names of the comparators that look at it. */
export interface Visit {
  readonly draw: Draw;
  readonly by: readonly string[];
}

/** A kind of difference, with the first machine that shows it. */
export interface Kind {
  readonly departure: Departure;
  readonly draw: Draw;
}

export interface Survey {
  /** By {@link kindOf}, in the order of the visits. */
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Why machines were not compared, with their number. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** Quirks by which it is chance what some machines show. */
  readonly chance: ReadonlySet<string>;
}

/** Calls `onProgress` after each visit. Whether chance has made a difference is only found out for one that is new. */
export async function survey(
  pair: Between,
  visits: readonly Visit[],
  onProgress: (done: number) => void,
): Promise<Survey> {
  const leftOut = new Map<string, number>();
  let done = 0;
  const all = await inLanes(visits, async ({ draw, by }) => {
    const found = await differencesBetween(pair, draw, by).catch(leavingOut(leftOut, draw));
    onProgress(++done);
    return { draw, seen: found };
  });
  const kinds = new Map<string, Kind>();
  const chance = new Set<string>();
  for (const { draw, seen } of all) {
    const fresh = seen.departures.filter((each) => !kinds.has(kindOf(each)));
    if (fresh.length === 0) continue;
    const found = await withoutChance(pair, seen, fresh);
    if (found.explained !== undefined) chance.add(found.explained);
    for (const departure of found.departures)
      if (!kinds.has(kindOf(departure))) kinds.set(kindOf(departure), { departure, draw });
  }
  return { kinds, leftOut, chance };
}

/** How many smaller machines are tried for each kind. */
const SMALLER = 20;

/** Each with the smallest machine found that shows it as well. A machine is started once for all that is looked for on it. */
export async function withSmallMachines(
  pair: Between,
  kinds: ReadonlyMap<string, Kind>,
  onProgress: (done: number) => void,
): Promise<Map<string, Kind>> {
  const tried = new Map<string, Promise<Seen>>();
  const lookedFor = comparatorsByDraw(kinds);
  const seenOn = (draw: Draw, by: readonly string[]) => {
    const key = JSON.stringify([draw, by], (_, value) => (typeof value === 'bigint' ? `${value}` : value));
    const known = tried.get(key) ?? differencesBetween(pair, draw, by).catch(leavingOut(new Map(), draw));
    tried.set(key, known);
    return known;
  };
  let done = 0;
  const smaller = await inLanes([...kinds], async ([kind, found]): Promise<[string, Kind]> => {
    let { departure } = found;
    const shows = async (topology: Draw['topology']) => {
      const seen = await seenOn({ ...found.draw, topology }, lookedFor.get(found.draw) ?? []);
      const shown = seen.departures.filter((each) => kindOf(each) === kind).slice(0, 1);
      const [lasting] = shown.length > 0 ? (await withoutChance(pair, seen, shown)).departures : [];
      departure = lasting ?? departure;
      return lasting !== undefined;
    };
    const topology = await smallest(found.draw.topology, shows, SMALLER);
    onProgress(++done);
    return [kind, { departure, draw: { ...found.draw, topology } }];
  });
  return new Map(smaller);
}

/** Those that the same machines show a second time. */
export async function showingAgain(pair: Between, kinds: ReadonlyMap<string, Kind>): Promise<Kind[]> {
  const again = await inLanes([...comparatorsByDraw(kinds)], async ([draw, by]) => {
    const { departures } = await differencesBetween(pair, draw, by).catch(leavingOut(new Map(), draw));
    return [draw, new Set(departures.map(signatureOf))] as const;
  });
  const seen = new Map(again);
  return [...kinds.values()].filter(({ departure, draw }) => seen.get(draw)?.has(signatureOf(departure)));
}

const signatureOf = ({ comparator, path, real, simulated }: Departure): string =>
  [comparator, ...path, real, simulated].join('\n');

/** Which have found something on each machine. */
function comparatorsByDraw(kinds: ReadonlyMap<string, Kind>): Map<Draw, readonly string[]> {
  const found = new Map<Draw, Set<string>>();
  for (const { draw, departure } of kinds.values())
    found.set(draw, (found.get(draw) ?? new Set()).add(departure.comparator));
  return new Map([...found].map(([draw, names]) => [draw, [...names].sort()]));
}

function leavingOut(leftOut: Map<string, number>, draw: Draw) {
  return (error: Error): Seen => {
    if (!(error instanceof NotApplicable)) throw error;
    leftOut.set(error.message, (leftOut.get(error.message) ?? 0) + 1);
    return { departures: [], ended: false, draw };
  };
}
