import { type QuirkName, quirks } from './quirks';
import type { Quirk } from './quirks/quirk';

/** How a scenario fared on a target; features/README.md tells how to read each. */
export const VERDICTS = ['conforms', 'known', 'not-applicable', 'fails', 'fixed', 'broken'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What running the scenario showed, before asking what was expected. */
export type Outcome = 'passed' | 'failed' | 'broken' | 'not-applicable';

export interface Judgement {
  readonly verdict: Verdict;
  /** For people; empty where the verdict says it all. */
  readonly reason: string;
  /** The quirk that explains the verdict. */
  readonly quirk?: QuirkName;
}

/** Judges an outcome and why it came about; `expected` are the quirks that make the scenario fail on this target. */
export function judge(outcome: Outcome, expected: readonly QuirkName[], reason = ''): Judgement {
  if (outcome === 'broken' || outcome === 'not-applicable') return { verdict: outcome, reason };
  const [first] = expected;
  const shown = outcome === 'failed' ? expected.find((name) => quirks[name].symptom.test(reason)) : undefined;
  const quirk = shown ?? expected.find(isByChance);
  if (quirk) return { verdict: 'known', reason: told(quirk), quirk };
  if (outcome === 'failed') return { verdict: 'fails', reason };
  return first ? { verdict: 'fixed', reason: told(first), quirk: first } : { verdict: 'conforms', reason };
}

const isByChance = (name: QuirkName): boolean => (quirks[name] as Quirk).byChance ?? false;

const told = (quirk: QuirkName): string => `${quirk}: ${quirks[quirk].summary}`;

/** Ends a scenario that asks for what the target does not have; the message names it. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** What the scenarios were held against. */
export interface Subject {
  /** `simulator`, `qtest`, `guest` or `ssh`. */
  readonly target: string;
  /** For people, in a line. */
  readonly description: string;
  /** Version of QEMU. */
  readonly qemu?: string;
  readonly qemuPath?: string;
  /** What named the binary: `given`, an environment variable, or `PATH`. */
  readonly qemuFrom?: string;
  /** Release of the Linux kernel. */
  readonly kernel?: string;
  /** Further options of the command `run` that lead to it again. */
  readonly options?: readonly string[];
}
