/** What a commit answers to `git bisect`: whether chosen scenarios hold on its QEMU, or do what they did on another one. */

import type { Scenario } from '../report/catalogue';
import { kindOfChange, type Shown, stateOf } from '../report/changes';
import { openSide, type Showing } from './sides';

/** As `git bisect run` takes them: good, bad, and a commit that cannot be tested. */
export const ANSWER = { good: 0, bad: 1, untestable: 125 } as const;

export type Answer = (typeof ANSWER)[keyof typeof ANSWER];

export interface Answered {
  readonly answer: Answer;
  /** Why, in a sentence. */
  readonly reason: string;
}

/** Pure: of what scenarios have shown; with a reference, whether any shows something else than there. */
export function answerOf(showing: Showing, reference?: Showing): Answered {
  const states = [...showing].map(([id, shown]) => ({ id, shown, state: stateOf(shown) }));
  const bad = states.filter(({ id, shown, state }) =>
    reference ? state !== 'broken' && differs(reference.get(id), shown) : state === 'fails',
  );
  if (bad.length > 0)
    return { answer: ANSWER.bad, reason: bad.map(({ id, shown }) => `${id}: ${shownBy(shown)}`).join('; ') };
  const broken = states.find(({ state }) => state === 'broken');
  if (broken) return { answer: ANSWER.untestable, reason: `${broken.id} cannot be asked: ${broken.shown.broken}` };
  if (reference) return { answer: ANSWER.good, reason: 'nothing has changed' };
  const held = states.filter(({ state }) => state === 'passes').length;
  if (held === 0) return { answer: ANSWER.untestable, reason: 'no scenario applies' };
  const others = states.length - held;
  return { answer: ANSWER.good, reason: `${held} hold${others > 0 ? `, ${others} do not apply` : ''}` };
}

function differs(before: Shown | undefined, after: Shown): boolean {
  return before !== undefined && stateOf(before) !== 'broken' && kindOfChange(before, after) !== undefined;
}

const shownBy = (shown: Shown): string => {
  const first = shown.findings.find(({ kind }) => kind === 'failed') ?? shown.findings[0];
  return first ? `${first.words.split('\n').find((line) => line.trim() !== '')}` : 'holds';
};

/** Runs the scenarios on a QEMU. One that does not run at all shows nothing. */
export async function showOn(
  qemu: string,
  scenarios: readonly Scenario[],
): Promise<Showing | { readonly none: string }> {
  try {
    return await (await openSide(qemu)).show(scenarios);
  } catch (error) {
    if ((error as Error).name === 'QemuError') return { none: (error as Error).message };
    throw error;
  }
}

/** Asks the scenarios; those by which a commit is bad are asked once more, and count only if they show the same again. */
export async function ask(qemu: string, scenarios: readonly Scenario[], reference?: Showing): Promise<Answered> {
  const first = await showOn(qemu, scenarios);
  if ('none' in first) return { answer: ANSWER.untestable, reason: first.none };
  const answered = answerOf(first, reference);
  if (answered.answer !== ANSWER.bad) return answered;
  const doubtful = scenarios.filter(
    ({ id }) => answerOf(only(first, id), reference && only(reference, id)).answer === ANSWER.bad,
  );
  const again = await showOn(qemu, doubtful);
  return 'none' in again ? answered : answerOf(new Map([...first, ...again]), reference);
}

const only = (showing: Showing, id: string): Showing => new Map([...showing].filter(([each]) => each === id));
