/** What no scenario asserts and two QEMUs differ in: on the machines that scenarios start, and on random ones. */
import fc from 'fast-check';
import type { Departure } from '../differential/compare';
import { anyDraw } from '../differential/machines';
import { type Kind, showingAgain, survey, withSmallMachines } from '../differential/survey';
import type { Unasserted } from '../report/comparison';
import { type OfferDifference, openPair, type QemuPair } from '../target/pair';
import type { Tell } from './scenario-changes';
import { machinesOf, spread, visitsOf } from './suite-machines';

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
  /** Whether a smaller machine is looked for where a difference was found; that takes as long as all else. */
  readonly smaller: boolean;
  readonly tell: Tell;
}

export async function lookForUnasserted(plan: Plan): Promise<Looked> {
  const { count, seed, tell } = plan;
  const pair = await openPair(plan.base, plan.patched);
  const machines = machinesOf(plan.commandLines, pair);
  const chosen = spread(machines, plan.most);
  const random = fc.sample(anyDraw(pair.traits), { seed, numRuns: count });
  const visits = visitsOf(chosen, random);
  const found = await survey(pair, visits, (n) => tell(`machines: ${n} of ${visits.length}`));
  const { kinds, leftOut, chance } = found;
  const smaller = plan.smaller
    ? await withSmallMachines(pair, kinds, (n) => tell(`smaller machines: ${n} of ${kinds.size}`))
    : kinds;
  tell('differences again');
  const lasting = await showingAgain(pair, smaller);
  return {
    unasserted: [...pair.offers.map(offered), ...named(lasting.map((each) => told(each, pair)))],
    machines: visits.length - [...leftOut.values()].reduce((a, b) => a + b, 0),
    notLookedAt: [
      ...(chosen.length < machines.length
        ? [`${machines.length - chosen.length} of the suite's ${machines.length} machines`]
        : []),
      ...[...leftOut].map(([reason, n]) => `${n} machines: ${reason}`),
      ...[...chance].map((quirk) => `what is chance by ${quirk}`),
    ],
    flaky: kinds.size - lasting.length,
  };
}

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
