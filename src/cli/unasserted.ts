/** What no scenario asserts and two QEMUs differ in: on the machines that scenarios start, and on random ones. */
import { type Between, differencesBetween } from '../differential/between';
import type { Comparison, Departure } from '../differential/compare';
import type { Draw } from '../differential/draw';
import { hunt, inLanes, kindOf } from '../differential/hunt';
import { anyDraw } from '../differential/machines';
import { smallest } from '../differential/smaller';
import { NotApplicable } from '../ledger/verdict';
import type { Unasserted } from '../report/comparison';
import { type OfferDifference, openPair, type QemuPair } from '../target/pair';
import type { Tell } from './scenario-changes';
import { drawOf, machinesOf, spread } from './suite-machines';

/** How many smaller machines are tried for a difference that only random ones show. */
const ATTEMPTS = 25;

export interface Looked {
  readonly unasserted: readonly Unasserted[];
  readonly machines: number;
  readonly notLookedAt: readonly string[];
  readonly flaky: number;
}

interface Plan {
  /** Paths of the binaries. */
  readonly base: string;
  readonly patched: string;
  /** Those of the suite's machines. */
  readonly commandLines: readonly string[];
  /** How many of the suite's machines at most. */
  readonly most: number;
  /** How many random machines. */
  readonly count: number;
  readonly seed: number;
  readonly tell: Tell;
}

/** The first machine that shows a difference. */
interface Kind {
  readonly departure: Departure;
  readonly draw: Draw;
}

export async function lookForUnasserted(plan: Plan): Promise<Looked> {
  const { count, seed, tell } = plan;
  const pair = await openPair(plan.base, plan.patched);
  const leftOut = new Map<string, number>();
  const differ = (draw: Draw) => differencesBetween(pair, draw);
  const machines = machinesOf(plan.commandLines, pair);
  const chosen = spread(machines, plan.most);
  const kinds = new Map<string, Kind>();
  let done = 0;
  const seen = await inLanes([...chosen.entries()], async ([n, topology]) => {
    const draw = drawOf(topology, n);
    const found = await differ(draw).catch(leavingOut(leftOut));
    tell(`machines: ${++done} of ${chosen.length + count}`);
    if (found.explained !== undefined) countIn(leftOut, `it is chance what becomes of it, by ${found.explained}`);
    return { draw, departures: found.departures };
  });
  for (const { draw, departures } of seen) {
    for (const departure of departures)
      if (!kinds.has(kindOf(departure))) kinds.set(kindOf(departure), { departure, draw });
  }
  const random = await hunt({
    compare: async (draw, wanted) => {
      const { departures, ...rest } = await differencesBetween(pair, draw, wanted);
      return { ...rest, departures: departures.filter((each) => !kinds.has(kindOf(each))) };
    },
    draws: anyDraw(pair.traits),
    count,
    seed,
    attempts: ATTEMPTS,
    shrinkFor: Number.POSITIVE_INFINITY,
    onProgress: (n) => tell(`machines: ${chosen.length + n} of ${chosen.length + count}`),
  });
  const smaller = await shrunk([...kinds], differ, (n) => tell(`smaller machines: ${n} of ${kinds.size}`));
  for (const [kind, found] of smaller) kinds.set(kind, found);
  for (const { departure, draw } of random.findings) kinds.set(kindOf(departure), { departure, draw });
  for (const [reason, n] of random.leftOut) countIn(leftOut, reason, n);
  for (const [quirk, n] of random.explained) countIn(leftOut, `it is chance what becomes of it, by ${quirk}`, n);
  const lasting = await showAgain(pair, kinds);
  return {
    unasserted: [...pair.offers.map(offered), ...named(lasting.map((each) => told(each, pair)))],
    machines: chosen.length + count - [...leftOut.values()].reduce((a, b) => a + b, 0),
    notLookedAt: [
      ...(chosen.length < machines.length
        ? [`${machines.length - chosen.length} of the suite's ${machines.length} machines`]
        : []),
      ...[...leftOut].map(([reason, n]) => `${n} machines: ${reason}`),
    ],
    flaky: kinds.size - lasting.length,
  };
}

/** How many smaller machines are tried for each machine of the suite on which something differs. */
const SMALLER = 20;

/** Each with the smallest machine found on which it differs as well. A machine is tried once for all that differs. */
async function shrunk(
  kinds: readonly (readonly [kind: string, found: Kind])[],
  differ: (draw: Draw) => Promise<Comparison>,
  onProgress: (done: number) => void,
): Promise<(readonly [string, Kind])[]> {
  const tried = new Map<string, Promise<readonly Departure[]>>();
  const departuresOf = (draw: Draw) => {
    const key = JSON.stringify(draw, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
    const known =
      tried.get(key) ??
      differ(draw)
        .catch(leavingOut(new Map()))
        .then(({ departures }) => departures);
    tried.set(key, known);
    return known;
  };
  let done = 0;
  return inLanes(kinds, async ([kind, found]) => {
    let { departure } = found;
    const topology = await smallest(
      found.draw.topology,
      async (topology) => {
        const shown = (await departuresOf({ ...found.draw, topology })).find((each) => kindOf(each) === kind);
        departure = shown ?? departure;
        return shown !== undefined;
      },
      SMALLER,
    );
    onProgress(++done);
    return [kind, { departure, draw: { ...found.draw, topology } }] as const;
  });
}

function leavingOut(leftOut: Map<string, number>) {
  return (error: Error): { readonly departures: readonly Departure[]; readonly explained?: string } => {
    if (!(error instanceof NotApplicable)) throw error;
    countIn(leftOut, error.message);
    return { departures: [] };
  };
}

const countIn = (counts: Map<string, number>, name: string, n = 1) => counts.set(name, (counts.get(name) ?? 0) + n);

/** Those that do, on the same machines. */
async function showAgain(pair: Between, kinds: ReadonlyMap<string, Kind>): Promise<Kind[]> {
  const draws = [...new Set([...kinds.values()].map(({ draw }) => draw))];
  const again = await inLanes(draws, async (draw) => {
    const { departures } = await differencesBetween(pair, draw).catch(leavingOut(new Map()));
    return [draw, new Set(departures.map(signatureOf))] as const;
  });
  const seen = new Map(again);
  return [...kinds.values()].filter(({ departure, draw }) => seen.get(draw)?.has(signatureOf(departure)));
}

const signatureOf = ({ comparator, path, real, simulated }: Departure): string =>
  [comparator, ...path, real, simulated].join('\n');

const offered = ({ what, base, patched, breaks = false }: OfferDifference): Unasserted => ({
  area: what.includes(',') || /^(cxl-(type3|rp|up|down|switch)|acpi-)/.test(what) ? 'options' : 'QMP commands',
  what,
  base,
  patched,
  worse: breaks,
});

/** Steps of a path that say nothing to a reader. */
const UNTOLD: ReadonlySet<string> = new Set(['fields', 'answers', 'output']);

function told({ departure, draw }: Kind, { commandLine }: QemuPair): Unasserted {
  const { comparator, real: base, simulated: patched } = departure;
  const path = departure.path.filter((step) => !UNTOLD.has(step)).map((step) => step.replace(/^\d+\. /, '')); // of a command, which in order it was
  return {
    area: areaOf(departure),
    what: [comparator, ...path].join(' '),
    base,
    patched,
    commandLine: commandLine(draw.topology),
    worse: crash(patched) && !crash(base),
  };
}

/** What shows on a function whose kind is known need not be told of one whose kind is not. */
function named(all: readonly Unasserted[]): Unasserted[] {
  const without = ({ area, what, base, patched }: Unasserted) => {
    const [comparator = '', of = ''] = area.split(' of ');
    return `${comparator} ${what.replace(`${comparator} ${of} `, '')} ${base} ${patched}`;
  };
  const known = new Set(all.filter(({ area }) => !area.endsWith(UNNAMED)).map(without));
  return all.filter((each) => !each.area.endsWith(UNNAMED) || !known.has(without(each)));
}

const UNNAMED = ' of function';

function areaOf({ comparator, path: [of = ''] }: Departure): string {
  return ['registers', 'registers in use', 'mailbox', 'CDAT', 'writes'].includes(comparator)
    ? `${comparator} of ${of}`
    : comparator;
}

const crash = (shown: string): boolean => /\bSIG[A-Z]+\b/.test(shown);
