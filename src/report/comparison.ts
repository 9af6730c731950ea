/** What `compare` finds out: in what two QEMUs differ. The contract that `--json` prints and other commands read. */
import type { PlatformName } from '../ledger/platforms';
import type { Verdict } from '../ledger/verdict';

/** One of the two sides. */
export interface ComparedQemu {
  /** Path of the binary, or the folder of the run. */
  readonly qemu: string;
  readonly version: string;
  /** What kind of machine it has; q35 unless given. */
  readonly platform?: PlatformName;
  /** As its packager words it: `v10.0.0-1234-gabcdef`. */
  readonly package: string;
  /** SHA-256 of the binary, in hex. */
  readonly digest: string;
}

/** Kinds of change, the worst first. */
export const CHANGES = [
  'newly-failing',
  'newly-broken',
  'no-longer-applicable',
  'other-words',
  'mended',
  'newly-conforming',
  'became-applicable',
] as const;

export type ChangeKind = (typeof CHANGES)[number];

/** Of one scenario. */
export interface Change {
  readonly kind: ChangeKind;
  readonly id: string;
  readonly rule: string;
  readonly name: string;
  readonly feature: string;
  readonly uri: string;
  readonly line: number;
  /** What it shows on each side: `conforms`, or the first step that does not hold, with its words. */
  readonly before: Outcome;
  readonly after: Outcome;
  /** By the ledger or the fault dictionary: what was mended, or is there now. */
  readonly quirk?: string;
  /** Whether the patched QEMU is worse by it. */
  readonly worse: boolean;
}

/** What came of a scenario. */
export interface Outcome {
  readonly verdict: Verdict;
  /** The text of the first step that does not hold. */
  readonly step?: string;
  /** What it said. */
  readonly words?: string;
}

/** A difference that no scenario asserts. */
export interface Unasserted {
  /** What lines are grouped by: `CEDT`, `registers of cxl-type3`, `options`. */
  readonly area: string;
  /** `CEDT CFMWS restrictions`. */
  readonly what: string;
  readonly base: string;
  readonly patched: string;
  /** Of a small machine that shows it; none for what the binaries offer. */
  readonly commandLine?: string;
  /** Whether the patched QEMU crashes where the base does not, or refuses what the base takes. */
  readonly worse: boolean;
}

export interface Comparison {
  /** Version of this suite. */
  readonly suite: string;
  readonly base: ComparedQemu;
  readonly patched: ComparedQemu;
  /** How many scenarios both sides have run. */
  readonly scenarios: number;
  /** How many machines were started on both sides to find what no scenario asserts. */
  readonly machines: number;
  /** The worst kind first, then by id. */
  readonly changes: readonly Change[];
  readonly unasserted: readonly Unasserted[];
  /** In sentences. */
  readonly notLookedAt: readonly string[];
  /** Differences that did not show again. */
  readonly flaky: number;
  /** Whether anything got worse. */
  readonly worse: boolean;
}
