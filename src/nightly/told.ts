/** What a night has to say: changes first, each row in a line after them; its first lines fit into a mail. */
import { CHANGES, type Change, isWorse } from './changes';
import type { Night, RowResult } from './night';

/** So many ids of a kind of change are named. */
const NAMED = 5;

export function nightTold({ number, started }: Night, results: readonly RowResult[]): string {
  const broken = results.filter(({ trouble }) => trouble !== undefined);
  const changed = results.filter(({ changes }) => changes.length > 0);
  const same = results.length - broken.length - changed.length;
  const head = [
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(broken.length > 0 ? [`${broken.length} broken`] : []),
    `${same} as accepted`,
  ];
  return [
    `cxl-conformance night ${number}, ${started.slice(0, 10)}: of ${results.length} row(s) ${head.join(', ')}`,
    ...changed.flatMap(changesTold),
    ...broken.map(({ row, trouble }) => `${row.name} is broken: ${trouble}`),
    '',
    ...results.map(rowTold),
  ].join('\n');
}

function changesTold({ row, changes }: RowResult): string[] {
  const kinds = CHANGES.map((what) => ({ what, of: changes.filter((change) => change.what === what) }));
  return [
    row.name,
    ...kinds.filter(({ of }) => of.length > 0).map(({ what, of }) => `  ${of.length} ${what}: ${named(of)}`),
  ];
}

function named(changes: readonly Change[]): string {
  const names = changes.slice(0, NAMED).map(({ id, before, after }) => {
    const way = [before, after].filter((words) => words !== undefined).join(' -> ');
    return `${id} (${way})`;
  });
  return [...names, ...(changes.length > NAMED ? [`and ${changes.length - NAMED} more`] : [])].join(', ');
}

function rowTold({ row, verdicts }: RowResult): string {
  if (!verdicts) return `${row.name}: broken`;
  const totals = Object.entries(verdicts.totals).filter(([, count]) => count > 0);
  return `${row.name}: ${totals.map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`;
}

/** Whether somebody is to look at it. */
export const isForTheWorse = (results: readonly RowResult[]): boolean =>
  results.some(({ changes }) => changes.some(isWorse));
