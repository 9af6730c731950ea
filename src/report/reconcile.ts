/** Whether all reports of a run tell the same. A scenario that one of them loses is the worst that can happen to a report. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { VERDICTS } from '../ledger/verdict';
import { ALLURE_STATUS, STATUSES } from './allure-categories';
import { collect } from './collect';
import { ALLURE_RESULTS, JUNIT_FILE, MESSAGES_FILE, SUMMARY_FILE } from './files';
import { ReportError, readVerdicts, type Totals, totalsOf } from './verdicts';

/** @throws ReportError that names the report which differs from `verdicts.json`. */
export async function reconcile(directory: string): Promise<void> {
  const { totals } = await readVerdicts(directory);
  const text = (file: string) => readFile(join(directory, file), 'utf8');
  agree(MESSAGES_FILE, totals, totalsOf(collect(parse(await text(MESSAGES_FILE))).scenarios));
  agree(SUMMARY_FILE, shown(totals), shownIn(await text(SUMMARY_FILE)));
  agree(JUNIT_FILE, junitTotals(totals), junitTotalsIn(await text(JUNIT_FILE)));
  agree(ALLURE_RESULTS, allureTotals(totals), await allureTotalsIn(join(directory, ALLURE_RESULTS)));
}

function agree(report: string, expected: object, found: object): void {
  if (JSON.stringify(expected) === JSON.stringify(found)) return;
  throw new ReportError(
    `${report} does not agree with verdicts.json: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`,
  );
}

const parse = (ndjson: string): Envelope[] =>
  ndjson
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Envelope);

const shown = (totals: Totals): string[] =>
  VERDICTS.filter((verdict) => totals[verdict] > 0).map((verdict) => `${totals[verdict]} ${verdict}`);

/** A long line goes on in the next ones, further in. */
const shownIn = (summary: string): string[] =>
  /^\d+ scenarios?: (.*(?:\n +.*)*)$/m.exec(summary)?.[1]?.split(/,\s+/) ?? [];

const junitTotals = (totals: Totals) => ({
  all: VERDICTS.reduce((sum, verdict) => sum + totals[verdict], 0),
  skipped: totals.known + totals['not-applicable'],
  failure: totals.fails + totals.fixed,
  error: totals.broken,
});

function junitTotalsIn(xml: string) {
  const count = (element: string) => xml.match(RegExp(`<${element}[ />]`, 'g'))?.length ?? 0;
  return { all: count('testcase'), skipped: count('skipped'), failure: count('failure'), error: count('error') };
}

/** By Allure's statuses. */
export function allureTotals(totals: Totals): Record<string, number> {
  const sums: Record<string, number> = Object.fromEntries(STATUSES.map((status) => [status, 0]));
  for (const verdict of VERDICTS) sums[ALLURE_STATUS[verdict]] = (sums[ALLURE_STATUS[verdict]] ?? 0) + totals[verdict];
  return sums;
}

/** Results that Allure would merge, because they have one history, count once. */
async function allureTotalsIn(directory: string): Promise<Record<string, number>> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('-result.json'));
  const results = await Promise.all(
    files.map((name) => readFile(join(directory, name), 'utf8').then((json) => JSON.parse(json))),
  );
  const statuses = new Map(results.map(({ historyId, status = 'unknown' }) => [historyId as string, status as string]));
  const sums: Record<string, number> = Object.fromEntries(STATUSES.map((status) => [status, 0]));
  for (const status of statuses.values()) sums[status] = (sums[status] ?? 0) + 1;
  return sums;
}
