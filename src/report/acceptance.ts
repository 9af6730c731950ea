/** What `accept` finds out about a patch series: the contract that `--json` prints, and that the reply is made from. */
import type { Comparison } from './comparison';

/** How far a patch has come. `skipped`: a patch before it did not apply, or nobody asked for a build of it alone. */
export type PatchState = 'built' | 'applied' | 'skipped' | 'does-not-apply' | 'does-not-build';

export interface PatchOutcome {
  /** From 1, as in `[PATCH 1/3]`. */
  readonly number: number;
  readonly subject: string;
  readonly state: PatchState;
  /** The last words of git or of the build, where it failed. */
  readonly words?: string;
}

/** What one patch, or several where some between do not build, changed. */
export interface Step {
  /** The patch, by number. */
  readonly patch: number;
  /** The patch that it is compared with; 0 is the base. */
  readonly against: number;
  readonly comparison: Comparison;
}

export interface Acceptance {
  /** Version of this suite. */
  readonly suite: string;
  readonly subject: string;
  /** Subject and Message-ID of the mail that a reply answers. */
  readonly answers: string;
  readonly messageId?: string;
  readonly base: {
    readonly commit: string;
    /** As `git describe` has it. */
    readonly name: string;
    /** Why this one. */
    readonly from: string;
  };
  readonly patches: readonly PatchOutcome[];
  /** Base and the whole series; none if it does not apply or build. */
  readonly comparison?: Comparison;
  /** Patch by patch: all that changed if each was asked for, else where what got worse did. */
  readonly steps: readonly Step[];
  /** Files of the series that no scenario touches. */
  readonly untouched: readonly string[];
  /** Files of the series that scenarios touch. */
  readonly touched: readonly string[];
  /** How it was built, and how to do this again: commands. */
  readonly build: string;
  readonly reproduce: string;
  /** Work tree and binaries, where they are kept. */
  readonly kept?: string;
  /** Whether the series cannot be taken as it is: it does not apply or build, or something got worse. */
  readonly worse: boolean;
}
