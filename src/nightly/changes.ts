/** In what a row of a night differs from what was accepted of it. */
import type { ScenarioVerdict } from '../report/verdicts';

/** By the id of a scenario: its verdict, and the quirk that explains it: `conforms`, `known e820-reserves-cfmws`. */
export type Accepted = Readonly<Record<string, string>>;

/** In the order in which they are told. */
export const CHANGES = ['newly fails', 'newly broken', 'gone', 'mended', 'flaky', 'other', 'new'] as const;

export interface Change {
  readonly what: (typeof CHANGES)[number];
  readonly id: string;
  /** Undefined for one that is new. */
  readonly before?: string;
  /** Undefined for one that is gone. */
  readonly after?: string;
}

/** Those that are worse than before. */
const WORSE: readonly Change['what'][] = ['newly fails', 'newly broken', 'gone'];

export const isWorse = ({ what }: Change): boolean => WORSE.includes(what);

type Judged = Pick<ScenarioVerdict, 'id' | 'verdict' | 'quirk'>;

const wordsOf = ({ verdict, quirk }: Judged): string => (quirk ? `${verdict} ${quirk}` : verdict);

export const acceptedOf = (scenarios: readonly Judged[]): Accepted =>
  Object.fromEntries(scenarios.map((scenario) => [scenario.id, wordsOf(scenario)]));

/**
 * Without anything accepted yet, a scenario is accepted as long as it is neither broken nor to be looked at.
 * @param again What scenarios that had changed for the worse did at a second try.
 */
export function changesOf(
  accepted: Accepted | undefined,
  scenarios: readonly Judged[],
  again: readonly Judged[] = [],
): Change[] {
  const second = new Map(again.map((scenario) => [scenario.id, scenario]));
  const came = scenarios.flatMap((scenario) => {
    const change = changeOf(accepted, scenario);
    const retried = second.get(scenario.id);
    if (!change || !retried || changeOf(accepted, retried)) return change ?? [];
    return { ...change, what: 'flaky' as const };
  });
  const left = Object.keys(accepted ?? {}).filter((id) => scenarios.every((scenario) => scenario.id !== id));
  const gone = left.map((id): Change => ({ what: 'gone', id, before: `${accepted?.[id]}` }));
  return [...came, ...gone].sort((a, b) => CHANGES.indexOf(a.what) - CHANGES.indexOf(b.what));
}

function changeOf(accepted: Accepted | undefined, scenario: Judged): Change | undefined {
  const { id, verdict } = scenario;
  const [before, after] = [accepted?.[id], wordsOf(scenario)];
  if (before === after) return undefined;
  const change = { id, after, ...(before !== undefined && { before }) };
  if (verdict === 'broken') return { what: 'newly broken', ...change };
  if (verdict === 'fails') return { what: 'newly fails', ...change };
  if (before === undefined)
    return accepted === undefined && verdict !== 'fixed' ? undefined : { what: 'new', ...change };
  const better = verdict === 'conforms' || verdict === 'fixed';
  return { what: better && before !== 'not-applicable' ? 'mended' : 'other', ...change };
}
