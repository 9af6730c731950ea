/**
 * How Allure groups results. Its statuses are fewer than the verdicts: `known` gets the status that Allure calls unknown, so that
 * known defects and what does not apply have colours and counts of their own.
 */
import type { Judgement } from '../ledger/judgement';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Verdict } from '../ledger/verdict';

export const STATUSES = ['passed', 'unknown', 'skipped', 'failed', 'broken'] as const;

export type AllureStatus = (typeof STATUSES)[number];

export const ALLURE_STATUS: Readonly<Record<Verdict, AllureStatus>> = {
  conforms: 'passed',
  known: 'unknown',
  'not-applicable': 'skipped',
  fails: 'failed',
  fixed: 'failed',
  broken: 'broken',
};

/** Names a category; `messageRegex` is what the message of a result must match as a whole. */
export interface Category {
  readonly name: string;
  readonly messageRegex: string;
  readonly matchedStatuses: readonly AllureStatus[];
}

type Judged = Pick<Judgement, 'verdict' | 'step' | 'quirk'>;

/** What the message of a result begins with; categories go by it. */
export function messageStart({ verdict, step, quirk }: Judged): string {
  if (verdict === 'known') return `known: ${quirk}: `;
  if (verdict !== 'not-applicable') return `${verdict}: `;
  return step === undefined ? 'not on this target: ' : 'not in this release: ';
}

const starting = (name: string, start: string, status: AllureStatus): Category => ({
  name,
  messageRegex: `${start.replace(/[.*+?^$(){}|[\]\\]/g, '\\$&')}.*`,
  matchedStatuses: [status],
});

/** In the order in which a reader wants them. @param known The quirks that have explained failures. */
export const categoriesOf = (known: Iterable<QuirkName>): Category[] => [
  starting('Does not conform', 'fails: ', 'failed'),
  starting('Mended: the ledger says that it fails on this release, and it does not', 'fixed: ', 'failed'),
  ...[...new Set(known)].sort().map((quirk) => {
    const start = messageStart({ verdict: 'known', quirk });
    return starting(`Known defect of this release: ${quirk}: ${quirks[quirk].summary}`, start, 'unknown');
  }),
  starting('The environment broke', 'broken: ', 'broken'),
  starting('Not in this release', 'not in this release: ', 'skipped'),
  starting('Not on this target', 'not on this target: ', 'skipped'),
];
