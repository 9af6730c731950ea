/** Tries random machines and actions for a given time, and makes what it finds smaller. */
import fc from 'fast-check';
import { inLanes } from '../differential/hunt';
import { anyDraw } from '../differential/machines';
import { smallest } from '../differential/smaller';
import { NotApplicable } from '../ledger/verdict';
import { reduce } from '../reproduce/reduce';
import type { Twins } from '../target/real-and-modelled';
import { type Action, anyAction } from './action';
import { type Outcome, type Trial, tryOut, withoutEnds } from './trial';

/** For each machine. */
const ACTIONS = 60;

/** One machine of so many is given what ends it by a known quirk, too. */
const ENDING = 5;

/** Machines tried at most for a smaller one. */
const ATTEMPTS = 60;

export interface Found {
  readonly trial: Trial;
  readonly outcome: Outcome;
  /** How many trials have found the same. */
  readonly times: number;
}

export interface Fuzzed {
  readonly machines: number;
  readonly actions: number;
  /** The quirks that have left to chance how a machine goes on, with how often. */
  readonly chances: ReadonlyMap<string, number>;
  readonly found: readonly Found[];
}

export interface FuzzPlan {
  readonly twins: Pick<Twins, 'real' | 'simulated' | 'traits' | 'version'>;
  /** When to stop, and when to stop making smaller what was found, by the clock, in ms. */
  readonly until: number;
  readonly shrinkUntil: number;
  readonly seed: number;
  readonly onProgress: (machines: number, actions: number, found: number) => void;
}

export async function fuzz(plan: FuzzPlan): Promise<Fuzzed> {
  const { twins, until, seed, onProgress } = plan;
  const trials = anyTrial(twins);
  const chances = new Map<string, number>();
  const kinds = new Map<string, Found>();
  let [machines, actions] = [0, 0];
  const lanes = [0, 1];
  await inLanes(lanes, async (lane) => {
    for (let n = lane; Date.now() < until; n += lanes.length) {
      const [drawn] = fc.sample(trials, { seed: (seed + n) | 0, numRuns: 1 });
      if (!drawn) continue;
      const trial = n % ENDING === 0 ? drawn : await withoutEnds(drawn, twins.simulated, twins.version);
      const outcome = await outcomeOf(trial, plan);
      if (!outcome) continue;
      const { chance, difference, done } = outcome;
      machines += 1;
      actions += done;
      if (chance !== undefined) chances.set(chance, (chances.get(chance) ?? 0) + 1);
      const kind = kindOf(outcome);
      const before = kinds.get(kind);
      if (difference)
        kinds.set(kind, {
          trial: before?.trial ?? trial,
          outcome: before?.outcome ?? outcome,
          times: (before?.times ?? 0) + 1,
        });
      onProgress(machines, actions, kinds.size);
    }
  });
  const found: Found[] = [];
  for (const each of kinds.values()) found.push(await smaller(each, plan));
  return { machines, actions, chances, found };
}

const anyTrial = ({ traits }: FuzzPlan['twins']): fc.Arbitrary<Trial> =>
  fc.record({
    topology: anyDraw(traits)
      .map(({ topology }) => topology)
      .filter(
        ({ type3s, switches = [] }) => type3s.length > 0 || switches.some(({ mailbox }) => mailbox !== undefined),
      ),
    actions: fc.array(anyAction, { minLength: ACTIONS, maxLength: ACTIONS }),
  });

/** Undefined for a machine that the QEMU cannot be asked for. */
async function outcomeOf(trial: Trial, { twins }: FuzzPlan): Promise<Outcome | undefined> {
  try {
    return await tryOut(trial, twins.real, twins.simulated, twins.version);
  } catch (error) {
    if (error instanceof NotApplicable) return undefined;
    throw error;
  }
}

/** What was done last and where the answers differ, without numbers. */
const kindOf = ({ at = '', difference }: Outcome): string =>
  `${at.replace(/[:;].*/s, '')} ${difference?.path.join(' ')} ${difference?.path.length === 0 ? difference.real : ''}`.replace(
    /0x[\da-f]+|\b[\da-f]+\b|\bm?em\S*|\d+/g,
    '#',
  );

/** Fewer actions, then a smaller machine, as long as there is time. */
async function smaller(found: Found, plan: FuzzPlan): Promise<Found> {
  let best = found;
  const isTimeUp = () => Date.now() >= plan.shrinkUntil;
  const shows = async (trial: Trial): Promise<boolean> => {
    const outcome = isTimeUp() ? undefined : await outcomeOf(trial, plan);
    const same = outcome?.difference !== undefined && kindOf(outcome) === kindOf(found.outcome);
    if (same && outcome) best = { ...found, trial, outcome };
    return same;
  };
  const { topology } = found.trial;
  const upTo = found.trial.actions.slice(0, Math.max(1, found.outcome.done));
  const { kept } = await reduce<Action>(upTo, (actions) => shows({ topology, actions }), isTimeUp);
  await smallest(topology, (each) => shows({ topology: each, actions: kept }), ATTEMPTS);
  return best;
}
