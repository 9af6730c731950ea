/** What became of each scenario between two QEMUs: a pure function of what it has shown on each. */
import { isDeepStrictEqual } from 'node:util';
import { type Finding, isByChance, type Judgement } from '../ledger/judgement';
import type { Scenario } from './catalogue';
import type { Change, ChangeKind, Outcome } from './comparison';

/** What a scenario has shown on one side. */
export interface Shown {
  readonly findings: readonly Finding[];
  /** Why it could not be asked. */
  readonly broken?: string;
}

export interface Judged extends Shown {
  /** By what is expected of that side. */
  readonly judgement: Judgement;
}

type State = 'passes' | 'fails' | 'not-applicable' | 'broken';

export function stateOf({ findings, broken }: Shown): State {
  if (broken !== undefined) return 'broken';
  if (findings.some(({ kind }) => kind === 'failed')) return 'fails';
  return findings.length > 0 ? 'not-applicable' : 'passes';
}

/** The kind of change, if there is one. Where it does not apply on either side, the words may differ. */
export function kindOfChange(before: Shown, after: Shown, mended = false): ChangeKind | undefined {
  const [was, is] = [stateOf(before), stateOf(after)];
  if (was === is)
    return is === 'fails' && !isDeepStrictEqual(before.findings, after.findings) ? 'other-words' : undefined;
  if (is === 'broken') return 'newly-broken';
  if (is === 'fails') return was === 'broken' ? undefined : 'newly-failing';
  if (is === 'not-applicable') return was === 'broken' ? undefined : 'no-longer-applicable';
  if (was === 'not-applicable') return 'became-applicable';
  return mended ? 'mended' : 'newly-conforming';
}

/** `steps` are the scenario's, in words. */
export function changeOf(
  { id, rule, name, feature, uri, line }: Scenario,
  steps: readonly string[],
  before: Judged,
  after: Judged,
): Change | undefined {
  const quirk = stateOf(after) === 'fails' ? after.judgement.quirk : (before.judgement.quirk ?? after.judgement.quirk);
  const kind = kindOfChange(before, after, quirk !== undefined);
  if (!kind || (kind === 'other-words' && isChance(before, after))) return undefined;
  return {
    kind,
    id,
    rule,
    name,
    feature,
    uri,
    line,
    before: outcomeOf(before, steps),
    after: outcomeOf(after, steps),
    ...(quirk && kind !== 'no-longer-applicable' && { quirk }),
    worse: isWorse(kind, before, after),
  };
}

/** Whether any end is expected of both by the same quirk: that they fail in other words says nothing then. */
const isChance = ({ judgement: before }: Judged, { judgement: after }: Judged): boolean =>
  before.quirk !== undefined && before.quirk === after.quirk && isByChance(before.quirk);

function isWorse(kind: ChangeKind, before: Judged, after: Judged): boolean {
  if (kind === 'newly-failing' || kind === 'newly-broken') return true;
  if (kind === 'no-longer-applicable') return stateOf(before) === 'passes' && after.judgement.verdict === 'fails';
  if (kind !== 'other-words') return false;
  const unexplained = before.judgement.verdict === 'known' && after.judgement.verdict === 'fails';
  return unexplained || crashes(after) > crashes(before) || failsMore(before, after);
}

const crashes = ({ findings }: Shown): number => (findings.some(({ words }) => /\bSIG[A-Z]+\b/.test(words)) ? 1 : 0);

/** At every step at which it did, and at another one. */
function failsMore({ findings: before }: Shown, { findings: after }: Shown): boolean {
  const steps = new Set(after.map(({ step }) => step));
  return before.every(({ step }) => steps.has(step)) && steps.size > new Set(before.map(({ step }) => step)).size;
}

/** Characters: a failure may hold all registers of a machine. */
const WORDS_KEPT = 2000;

function outcomeOf({ findings, broken, judgement }: Judged, steps: readonly string[]): Outcome {
  if (broken !== undefined) return { verdict: 'broken', words: broken };
  const first = findings.find(({ kind }) => kind === 'failed') ?? findings[0];
  if (!first) return { verdict: judgement.verdict };
  const step = steps[first.step];
  const words = first.words.length > WORDS_KEPT ? `${first.words.slice(0, WORDS_KEPT)}...` : first.words;
  return { verdict: judgement.verdict, ...(step !== undefined && { step }), words };
}
