/** `summary.txt`: what to paste into a mail. At most {@link LINES} lines. */
import { stripVTControlCharacters } from 'node:util';
import { VERDICTS, type Verdict } from '../ledger/verdict';
import type { ScenarioVerdict, Verdicts } from './verdicts';

const LINES = 20;
const WIDTH = 100;

/** At most so many have a line each. */
const FEATURES = 8;

/** In the order in which they are of interest. */
const OF_INTEREST: readonly Verdict[] = ['fails', 'fixed', 'broken', 'known', 'not-applicable'];

/** `paint` colours a verdict; a mail has none. */
export function summaryOf(
  verdicts: Verdicts,
  paint: (verdict: Verdict, text: string) => string = (_, text) => text,
): string {
  const { suite, description, kernel, qemuPath, qemuFrom, machines, scenarios, totals } = verdicts;
  const count = VERDICTS.filter((verdict) => totals[verdict] > 0).map((verdict) =>
    paint(verdict, `${totals[verdict]} ${verdict}`),
  );
  const head = [
    cut(`cxl-conformance ${suite}: ${description}${kernel ? `, Linux ${kernel}` : ''}`),
    ...(qemuPath ? [`${qemuPath} (${qemuFrom}), started ${times(machines)}`] : []),
    `${scenarios.length} ${scenarios.length === 1 ? 'scenario' : 'scenarios'}: ${count.join(', ') || 'none'}`,
    '',
    ...byFeature(scenarios),
  ];
  const detail = OF_INTEREST.flatMap((verdict) => [
    ...(verdict === 'known' ? changesIn(scenarios) : []), // what failed comes first, what is known last
    ...detailOf(verdict, scenarios, paint),
  ]);
  const [looked] = scenarios.filter(({ verdict }) => ['fails', 'fixed', 'broken'].includes(verdict));
  const tail = looked ? [`again: ${looked.reproduce}`] : [];
  const room = LINES - head.length - tail.length - (detail.length > 0 ? 1 : 0);
  const shown =
    detail.length > room
      ? [...detail.slice(0, room - 1), `... and ${detail.length - room + 1} more lines in verdicts.json`]
      : detail;
  return `${[...head, ...(shown.length > 0 ? ['', ...shown] : []), ...tail].join('\n')}\n`;
}

/** How many of its scenarios conform, a line for each feature; where there are many, one line for all that do entirely. */
function byFeature(scenarios: readonly ScenarioVerdict[]): string[] {
  const rows = [...new Set(scenarios.map(({ feature }) => feature))].map((feature) =>
    tally(
      feature,
      scenarios.filter((scenario) => scenario.feature === feature),
    ),
  );
  const whole = rows.length > FEATURES ? rows.filter(({ conforming, all }) => conforming === all) : [];
  const apart = rows.filter((row) => !whole.includes(row));
  const shown = apart.length > FEATURES ? [] : apart;
  const folded = rows.filter((row) => !shown.includes(row));
  const ids = new Set(folded.map(({ what }) => what));
  const rest = scenarios.filter(({ feature }) => ids.has(feature));
  const lines = [...shown, ...(rest.length > 0 ? [tally(`${folded.length} features`, rest)] : [])];
  const width = Math.max(...lines.map(({ what }) => what.length));
  return lines.map(
    ({ what, conforming, all }) => `  ${what.padEnd(width)}  ${`${conforming}`.padStart(3)} of ${all} conform`,
  );
}

function tally(what: string, scenarios: readonly ScenarioVerdict[]) {
  const conforming = scenarios.filter(({ verdict }) => verdict === 'conforms').length;
  return { what, conforming, all: scenarios.length };
}

/** On a QEMU between two releases: in what it differs from the older one. */
function changesIn(scenarios: readonly ScenarioVerdict[]): string[] {
  const changes = [...new Set(scenarios.flatMap(({ change }) => change ?? []))];
  const having = (change: string) => scenarios.filter((each) => each.change === change).map(({ id }) => id);
  return changes.map((change) => cut(`${change}: ${named(having(change))}`));
}

/** Scenarios with the same verdict for the same reason share a line. */
function detailOf(
  verdict: Verdict,
  scenarios: readonly ScenarioVerdict[],
  paint: (verdict: Verdict, text: string) => string,
): string[] {
  const byReason = new Map<string, string[]>();
  for (const { verdict: own, reason = '', id } of scenarios) {
    if (own === verdict) byReason.set(brief(reason), [...(byReason.get(brief(reason)) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => {
    const line = cut(`${verdict} ${named(ids)}: ${reason}`);
    return paint(verdict, verdict) + line.slice(verdict.length);
  });
}

const named = (ids: readonly string[]): string =>
  ids.length > 3 ? `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more` : ids.join(', ');

/** All values that differ; of anything else, the first line. */
function brief(reason: string): string {
  const [first = '', ...rest] = stripVTControlCharacters(reason).split('\n');
  const differing = rest.filter((line) => /\bexpected .*; received /.test(line));
  return [first, ...differing].join(' | ');
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const cut = (line: string): string => (line.length > WIDTH ? `${line.slice(0, WIDTH - 3)}...` : line);
