/** Verdicts as marks, which can be told apart without their colours. */
import { VERDICTS, type Verdict } from '../ledger/verdict';
import type { Column, Outcome } from './content';
import { type Html, html } from './html';
import { quirkLink } from './links';

const MARK: Readonly<Record<Verdict, string>> = {
  conforms: '✓',
  known: '▲',
  'not-applicable': '–',
  fails: '✗',
  fixed: '↑',
  broken: '?',
};

const MEANING: Readonly<Record<Verdict, string>> = {
  conforms: 'holds',
  known: 'does not hold, by a known defect of the release',
  'not-applicable': 'does not apply: the release or the target lacks what the scenario is about',
  fails: 'does not hold, or holds otherwise than expected',
  fixed: 'holds, and the ledger says that it does not',
  broken: 'the environment failed',
};

/** What several scenarios are together: the first of these that one of them is. */
const WORST: readonly Verdict[] = ['broken', 'fails', 'fixed', 'known', 'conforms', 'not-applicable'];

export const legend = (columns: readonly Column[]): Html => {
  const used = VERDICTS.filter((verdict) => columns.some(({ totals }) => totals[verdict] > 0));
  return html`<p class="legend">${used.map((verdict) => html`<span><b class="mark ${verdict}">${MARK[verdict]}</b> ${verdict}: ${MEANING[verdict]}</span> `)}<span><b>1/3</b> so many of the scenarios that apply</span></p>`;
};

/** A mark for each column that has run some of these scenarios; with how many are so where not all are. */
export function marks(columns: readonly Column[], ids: readonly string[]): Html {
  const shown = columns.flatMap((column) => {
    const outcomes = ids.flatMap((id) => column.outcomes.get(id) ?? []);
    const verdict = WORST.find((each) => outcomes.some((outcome) => outcome.verdict === each));
    if (!verdict) return [];
    const those = outcomes.filter((outcome) => outcome.verdict === verdict);
    const applicable = outcomes.filter((outcome) => outcome.verdict !== 'not-applicable');
    const part =
      verdict !== 'conforms' && those.length < applicable.length ? ` ${those.length}/${applicable.length}` : '';
    const names = [...new Set(those.flatMap(({ quirk }) => quirk ?? []))].join(', ');
    const words = `${column.description}: ${verdict}${names && `: ${names}`}`;
    return html`<span class="mark ${verdict}" title="${words}">${column.label} ${MARK[verdict]}${part}</span> `;
  });
  return html`<span class="marks">${shown}</span>`;
}

/** In a cell of a table. */
export const mark = (outcome: Outcome | undefined): Html =>
  outcome
    ? html`<td class="mark ${outcome.verdict}" title="${outcome.verdict}${outcome.quirk && `: ${outcome.quirk}`}">${MARK[outcome.verdict]}</td>`
    : html`<td></td>`;

/** Why scenarios do not conform, once for each reason. */
export function reasons(columns: readonly Column[], ids: readonly string[]): Html {
  const lines = columns.flatMap(({ description, outcomes }) => {
    const told = ids.flatMap((id) => outcomes.get(id) ?? []).filter(({ verdict }) => verdict !== 'conforms');
    const wordsOf = ({ verdict, quirk, reason }: Outcome) => `${verdict} ${quirk ?? reason}`;
    const each = [...new Map(told.map((outcome) => [wordsOf(outcome), outcome])).values()];
    return each.map(
      ({ verdict, quirk, reason }) =>
        html`<li>${description}: <b class="mark ${verdict}">${verdict}</b> ${quirk ? quirkLink(quirk) : reason}</li>`,
    );
  });
  return lines.length > 0 ? html`<ul class="reasons">${lines}</ul>` : html``;
}
