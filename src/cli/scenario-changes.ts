/** What became of the suite's scenarios between two sides, and what of that shows again. */
import { isDeepStrictEqual } from 'node:util';
import { type Expectation, isJustAs, judge } from '../ledger/judgement';
import { type Personality, quirksOfPersonality } from '../ledger/personality';
import { quirkNamed } from '../ledger/quirks';
import type { Scenario } from '../report/catalogue';
import { changeOf, kindOfChange, type Shown, stateOf } from '../report/changes';
import type { Change } from '../report/comparison';
import { knownFindings } from '../target/expectations';
import { pickleOf } from './catalogue';
import { findOut } from './expect';
import { personalitiesFor, type Showing, type Side } from './sides';

export interface ScenarioChanges {
  readonly changes: readonly Change[];
  /** How many scenarios were compared. */
  readonly compared: number;
  /** Those that hold on each side. */
  readonly conforming: { readonly base: ReadonlySet<string>; readonly patched: ReadonlySet<string> };
  /** What has become of a scenario on the base, and on the patched QEMU. */
  readonly states: (id: string) => readonly [State, State];
  /** How many changes did not show again, or are chance. */
  readonly flaky: number;
}

/** In a sentence: `base: 20 of 1106 scenarios`. */
export type Tell = (progress: string) => void;

/** Runs `scenarios` on what is a binary, and those that differ once more. */
export async function scenarioChanges(
  base: Side,
  patched: Side,
  scenarios: readonly Scenario[],
  tell: Tell,
): Promise<ScenarioChanges> {
  const telling = (side: string, all: number) => (done: number) => tell(`${side}: ${done} of ${all} scenarios`);
  const before = await base.show(scenarios, telling('base', scenarios.length));
  const after = await patched.show(scenarios, telling('patched', scenarios.length));
  const common = scenarios.filter(({ id }) => before.has(id) && after.has(id));
  const alike = base.isBinary && patched.isBinary;
  const pair = (id: string, [a, b]: readonly Showing[]): [Shown, Shown] =>
    aligned([shownAs(a, id), shownAs(b, id)], alike);
  const differing = common.filter(({ id }) => kindOfChange(...pair(id, [before, after])) !== undefined);
  const judged = await judges(base, patched, differing);
  const doubtful = differing.filter((scenario) => {
    const expected = judged(scenario);
    return pair(scenario.id, [before, after]).some((shown, side) => isDoubtful(shown, expected[side]));
  });
  const again = await Promise.all([
    base.isBinary ? base.show(doubtful, telling('base again', doubtful.length)) : before,
  ]);
  again.push(patched.isBinary ? await patched.show(doubtful, telling('patched again', doubtful.length)) : after);
  const lasting = differing.filter((each) => {
    if (!doubtful.includes(each)) return true;
    return isLasting(pair(each.id, [before, after]), pair(each.id, again));
  });
  const changes = lasting.flatMap((scenario) => {
    const [was, is] = pair(scenario.id, [before, after]);
    const [ofBase, ofPatched] = judged(scenario);
    const steps = pickleOf(scenario).pickle.steps.map(({ text }) => text);
    const change = changeOf(
      scenario,
      steps,
      { ...was, judgement: judge(was.findings, ofBase) },
      { ...is, judgement: judge(is.findings, ofPatched) },
    );
    if (!change) return [];
    return doubtful.includes(scenario) ? withSteadyWords(change, [was, is], pair(scenario.id, again)) : change;
  });
  const holding = (showing: Showing) =>
    new Set(common.flatMap(({ id }) => (stateOf(shownAs(showing, id)) === 'passes' ? [id] : [])));
  const conforming = { base: holding(before), patched: holding(after) };
  const states = (id: string): [State, State] => [stateIn(before, id), stateIn(after, id)];
  return { changes, conforming, states, compared: common.length, flaky: differing.length - changes.length };
}

export type State = ReturnType<typeof stateOf> | 'missing';

function stateIn(showing: Showing, id: string): State {
  const shown = showing.get(id);
  return shown ? stateOf(shown) : 'missing';
}

const NOTHING: Shown = { findings: [] };

const shownAs = (showing: Showing | undefined, id: string): Shown => showing?.get(id) ?? NOTHING;

/**
 * A scenario that was judged while it ran ends at the first step that fails and was not expected to: of what a later step
 * shows, the other side alone knows then.
 */
function aligned([a, b]: [Shown, Shown], alike: boolean): [Shown, Shown] {
  const length = Math.min(a.findings.length, b.findings.length);
  if (alike || length === 0) return [a, b];
  const cut = (shown: Shown): Shown => ({ ...shown, findings: shown.findings.slice(0, length) });
  return [cut(a), cut(b)];
}

/** That something fails may be chance, unless it is known of the release; that a QEMU does not have something is none. */
const isDoubtful = (shown: Shown, expected: readonly Expectation[] = []): boolean =>
  ['fails', 'broken'].includes(stateOf(shown)) &&
  (shown.broken !== undefined || !expected.some((each) => isJustAs(each, shown.findings)));

/** Of words that differ each time they are said, only what they are said of counts. */
function isLasting(first: [Shown, Shown], second: [Shown, Shown]): boolean {
  const kind = kindOfChange(...first);
  if (kind !== kindOfChange(...second)) return false;
  return kind !== 'other-words' || first.every((shown, i) => isDeepStrictEqual(shown.findings, second[i]?.findings));
}

/** Where a machine shows what is in memory by chance, the words are other ones each time: two comparisons say the same. */
function withSteadyWords(change: Change, first: [Shown, Shown], second: [Shown, Shown]): Change {
  const steady = (outcome: Change['before'], i: 0 | 1): Change['before'] => {
    const differ = isDoubtful(first[i]) && !isDeepStrictEqual(first[i].findings, second[i].findings);
    return differ ? { ...outcome, words: 'in words that differ each time' } : outcome;
  };
  return { ...change, before: steady(change.before, 0), after: steady(change.after, 1) };
}

type Expected = readonly [readonly Expectation[], readonly Expectation[]];

/** What is expected of a scenario on each side; found out for these alone. */
async function judges(
  base: Side,
  patched: Side,
  scenarios: readonly Scenario[],
): Promise<(scenario: Scenario) => Expected> {
  const sides = personalitiesFor(base, patched);
  const different = new Map(sides.flat().map((each) => [each.name + each.linux, each]));
  if (scenarios.length > 0) await findOut([...different.values()], scenarios);
  return ({ id, quirks: killers }) => {
    const expectation = (of: Personality): Expectation => {
      const mine = new Set(quirksOfPersonality(of));
      const findings = of.release === undefined ? [] : (knownFindings(of)[id] ?? []);
      return { of, findings, quirks: killers.map(quirkNamed).filter((name) => mine.has(name)) };
    };
    const [ofBase, ofPatched] = sides;
    return [ofBase.map(expectation), ofPatched.map(expectation)];
  };
}
