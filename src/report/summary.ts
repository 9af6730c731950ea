/** `summary.txt`: what to paste into a mail. At most {@link LINES} lines. */
import { stripVTControlCharacters } from 'node:util';
import { VERDICTS, type Verdict } from '../ledger/verdict';
import { firstLine } from './collect';
import type { ScenarioVerdict, Verdicts } from './verdicts';

const LINES = 20;
const WIDTH = 100;

/** In the order in which they are of interest. */
const OF_INTEREST: readonly Verdict[] = ['fails', 'fixed', 'broken', 'known', 'not-applicable'];

/** `paint` colours a verdict; a mail has none. */
export function summaryOf(
  verdicts: Verdicts,
  paint: (verdict: Verdict, text: string) => string = (_, text) => text,
): string {
  const { suite, description, kernel, scenarios, totals } = verdicts;
  const count = VERDICTS.filter((verdict) => totals[verdict] > 0).map((verdict) =>
    paint(verdict, `${totals[verdict]} ${verdict}`),
  );
  const head = [
    cut(`cxl-conformance ${suite}: ${description}${kernel ? `, Linux ${kernel}` : ''}`),
    `${scenarios.length} scenarios: ${count.join(', ') || 'none'}`,
    '',
    ...byFeature(scenarios),
  ];
  const detail = OF_INTEREST.flatMap((verdict) => detailOf(verdict, scenarios, paint));
  const [looked] = scenarios.filter(({ verdict }) => ['fails', 'fixed', 'broken'].includes(verdict));
  const tail = looked ? [`again: ${looked.reproduce}`] : [];
  const room = LINES - head.length - tail.length - (detail.length > 0 ? 1 : 0);
  const shown =
    detail.length > room
      ? [...detail.slice(0, room - 1), `... and ${detail.length - room + 1} more lines in verdicts.json`]
      : detail;
  return `${[...head, ...(shown.length > 0 ? ['', ...shown] : []), ...tail].join('\n')}\n`;
}

/** A line each: how many of its scenarios are as they should be. */
function byFeature(scenarios: readonly ScenarioVerdict[]): string[] {
  const features = [...new Set(scenarios.map(({ feature }) => feature))];
  const width = Math.max(...features.map(({ length }) => length));
  return features.map((feature) => {
    const of = scenarios.filter((scenario) => scenario.feature === feature);
    const conforming = of.filter(({ verdict }) => verdict === 'conforms').length;
    return `  ${feature.padEnd(width)}  ${`${conforming}`.padStart(2)} of ${of.length} conform`;
  });
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
    const named = ids.length > 3 ? `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more` : ids.join(', ');
    const line = cut(`${verdict} ${named}: ${reason}`);
    return paint(verdict, verdict) + line.slice(verdict.length);
  });
}

/** Of what `expect` says, the values; of anything else, the first line. */
function brief(reason: string): string {
  const plain = stripVTControlCharacters(reason);
  const differing = plain
    .split('\n')
    .filter((line) => /^\s*[-+] /.test(line) && !/^\s*[-+] (Expected|Received)\b/.test(line));
  const said = plain.split('\n').filter((line) => /^(Expected|Received)\b/.test(line));
  const told = differing.length > 0 ? differing : said;
  return told.length > 0 ? told.map((line) => line.trim().replace(/\s+/g, ' ')).join('; ') : firstLine(plain);
}

const cut = (line: string): string => (line.length > WIDTH ? `${line.slice(0, WIDTH - 3)}...` : line);
