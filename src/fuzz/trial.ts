/** One machine in a QEMU and in the simulator, to which the same actions are done until they differ. */
import { chanceIn } from '../differential/comparator';
import { hasEnded, observed, type Started, start } from '../differential/compare';
import { type Difference, firstDifference } from '../differential/difference';
import type { Draw } from '../differential/draw';
import type { Topology } from '../machine/topology';
import type { BootedMachine, Start } from '../target/real-and-modelled';
import type { Action } from './action';
import { Rig } from './rig';

export interface Trial {
  readonly topology: Topology;
  readonly actions: readonly Action[];
}

export interface Outcome {
  /** How many actions were done. */
  readonly done: number;
  readonly difference?: Difference;
  /** The action at which they differ, for people. */
  readonly at?: string;
  /** Actions up to that one, for people. */
  readonly steps: readonly string[];
  /** The quirk by which the rest is left to chance. */
  readonly chance?: string;
}

const BEFORE = 'the start';

export async function tryOut(
  { topology, actions }: Trial,
  real: Start,
  simulated: Start,
  release: string,
): Promise<Outcome> {
  const draw = { topology } as Draw;
  const machines = await Promise.all([start(real, draw), start(simulated, draw)]);
  try {
    return await compared(machines, draw, actions, release);
  } finally {
    await Promise.all(machines.map(({ booted }) => booted?.machine.powerOff()));
  }
}

async function compared(
  [ours, theirs]: readonly [Started, Started] | readonly Started[],
  draw: Draw,
  actions: readonly Action[],
  release: string,
): Promise<Outcome> {
  const nothing = { done: 0, steps: [] };
  const chance = chanceIn(theirs?.refusal);
  if (chance !== undefined) return { ...nothing, chance };
  const refused = firstDifference(ours?.refusal, theirs?.refusal);
  if (refused) return { ...nothing, difference: refused, at: BEFORE };
  if (!ours?.booted || !theirs?.booted) return nothing;
  const rigs = await Promise.all(
    [ours, theirs].map(({ booted }) => Rig.of({ ...(booted as BootedMachine), draw }, release)),
  );
  const [a, b] = rigs as [Rig, Rig];
  const listed = firstDifference(a.mailboxes, b.mailboxes);
  if (listed) return { ...nothing, difference: listed, at: BEFORE };
  if (a.mailboxes === undefined) return nothing;
  const steps: string[] = [];
  for (const action of actions) {
    steps.push(b.show(action));
    const [came, expected] = await Promise.all([observed(a.do(action)), observed(b.do(action))]);
    const end = { done: steps.length, steps };
    const quirk = typeof expected === 'string' ? chanceIn(expected) : undefined;
    if (quirk !== undefined) return { ...end, chance: quirk };
    const difference = firstDifference(came, expected);
    if (difference) return { ...end, difference, at: steps.at(-1) ?? BEFORE };
    if (hasEnded(came)) return end;
  }
  const [came, expected] = await Promise.all([observed(a.observe()), observed(b.observe())]);
  const quirk = typeof expected === 'string' ? chanceIn(expected) : undefined;
  const end = { done: steps.length, steps };
  if (quirk !== undefined) return { ...end, chance: quirk };
  const difference = firstDifference(came, expected);
  return difference ? { ...end, difference, at: 'what can be read afterwards' } : end;
}

/** Without the actions that end the simulated machine, or leave to chance how it goes on: what follows them would not be tried. */
export async function withoutEnds({ topology, actions }: Trial, simulated: Start, release: string): Promise<Trial> {
  let left = actions;
  for (;;) {
    const end = await endOf({ topology, actions: left }, simulated, release);
    if (end < 0) return { topology, actions: left };
    left = left.filter((_, n) => n !== end);
  }
}

/** Which action ends it; -1 for none. */
async function endOf({ topology, actions }: Trial, simulated: Start, release: string): Promise<number> {
  const draw = { topology } as Draw;
  const { booted } = await start(simulated, draw);
  if (!booted) return -1;
  try {
    const rig = await Rig.of({ ...booted, draw }, release);
    for (const [n, action] of actions.entries()) {
      const came = await observed(rig.do(action));
      if ((typeof came === 'string' && chanceIn(came) !== undefined) || hasEnded(came)) return n;
    }
    return -1;
  } finally {
    await booted.machine.powerOff();
  }
}
