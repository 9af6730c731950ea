import type { Verdict } from '../ledger/verdict';

/** Exit status. */
export const EXIT = { asExpected: 0, lookAtIt: 1, usage: 2, broken: 3 } as const;

/** By which `git bisect run` ends; it takes lower ones for the answer that a commit is bad. */
export const STOP_BISECTING = 128;

/** The command line cannot be followed; the message says why and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};

/** Why a file cannot be read, in words. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return UNREADABLE[code ?? ''] ?? message;
}

/** A value that does not exist is the caller's mistake; everything else that ends a command is trouble. */
export function exitOf(error: unknown): number {
  return error instanceof UsageError || error instanceof RangeError ? EXIT.usage : EXIT.broken;
}

/** What a run's verdicts make of it: a finding outweighs trouble. */
export function exitOfVerdicts(totals: Readonly<Record<Verdict, number>>): number {
  if (totals.fails + totals.fixed > 0) return EXIT.lookAtIt;
  return totals.broken > 0 ? EXIT.broken : EXIT.asExpected;
}

/** Ends the command, once nothing is left to do. */
export function finish(status: number): void {
  process.exitCode = status;
}
