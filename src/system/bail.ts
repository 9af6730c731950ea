/** When a run ends early: all its processes count what fails in one file, for they know nothing else of each other. */
import { appendFileSync, statSync } from 'node:fs';

export interface Bail {
  /** So many failures are enough. */
  readonly after: number;
  /** The file, a byte for each failure. */
  readonly tally: string;
}

export const noteFailure = ({ tally }: Bail): void => appendFileSync(tally, '.');

export const isEnough = ({ after, tally }: Bail): boolean =>
  (statSync(tally, { throwIfNoEntry: false })?.size ?? 0) >= after;
