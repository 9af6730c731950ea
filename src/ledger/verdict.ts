import type { Personality } from './personality';
import type { PlatformName } from './platforms';

/** How a scenario fared on a target; features/README.md tells how to read each. */
export const VERDICTS = ['conforms', 'known', 'not-applicable', 'fails', 'fixed', 'broken'] as const;

export type Verdict = (typeof VERDICTS)[number];

/**
 * Ends a scenario that asks for what the thing under test does not have; the message names it. Whether it may lack that
 * depends on what its release has.
 */
export class NotApplicable extends Error {
  override readonly name: string = 'NotApplicable';

  constructor(
    message: string,
    /** What is lacking, by the name that `--without` takes; none for what no build leaves out. */
    readonly lacking?: string,
  ) {
    super(message);
  }
}

/** Ends a scenario that asks for what nobody can do on this kind of target, whatever is tested; the message says why. */
export class OutOfReach extends NotApplicable {
  override readonly name = 'OutOfReach';
}

/** What the scenarios were held against. */
export interface Subject {
  /** `simulator`, `qtest`, `guest` or `ssh`. */
  readonly target: string;
  /** For people, in a line. */
  readonly description: string;
  /** Version of QEMU. */
  readonly qemu?: string;
  /** What kind of machine it is; q35 unless given. */
  readonly platform?: PlatformName;
  /** As its packager words it: `v10.0.0-1234-gabcdef`. */
  readonly qemuPackage?: string;
  readonly qemuPath?: string;
  /** What named the binary: `given`, an environment variable, or `PATH`. */
  readonly qemuFrom?: string;
  /** SHA-256 of the binary, in hex. */
  readonly qemuDigest?: string;
  /** What the QEMU was built without on purpose. */
  readonly without?: readonly string[];
  /** Release of the Linux kernel. */
  readonly kernel?: string;
  /** As which releases the simulator shows what is expected of it. */
  readonly personalities?: readonly Personality[];
  /** Options of the machine under check, if it was one that somebody has pasted. */
  readonly machine?: readonly string[];
  /** Further options of the command `run` that lead to it again. */
  readonly options?: readonly string[];
}
