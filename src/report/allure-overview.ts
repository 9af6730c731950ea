/**
 * What the report's pages have besides Allure's own: a table on the overview of how each row fared, by the verdicts of this suite,
 * for Allure counts neither known defects nor what does not apply, and says 100 % of the rest. Colours have the names of verdicts.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VERDICTS, type Verdict } from '../ledger/verdict';
import type { Row } from './allure-rows';
import { escaped as text } from './svg';

const COLOUR: Readonly<Record<Verdict, string>> = {
  conforms: '#3ecb5d',
  known: '#a07cff',
  'not-applicable': '#a3b6d0',
  fails: '#fd5a3e',
  fixed: '#2f9bff',
  broken: '#ffd050',
};

/** The status that a result has for Allure, and the verdict that it stands for. */
const NAMES = { Unknown: 'known', Skipped: 'not-applicable', Passed: 'conforms', Failed: 'fails' } as const;

const STYLE = `
#cxl-rows { box-sizing: border-box; padding: 16px }
#cxl-rows table { border-collapse: collapse; width: 100% }
#cxl-rows th, #cxl-rows td { padding: 6px 12px 6px 0; text-align: left; vertical-align: top; border-top: 1px solid #8883 }
#cxl-rows .count { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
#cxl-rows .none { opacity: 0.35 }
#cxl-rows small { opacity: 0.7; display: block }
#cxl-rows .share { display: flex; min-width: 160px; height: 14px; border-radius: 4px; overflow: hidden }
#cxl-rows i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px }
.chart__caption { display: none }
.widget .table__col { word-break: normal; overflow-wrap: anywhere }
.pane__section .label { margin-right: 6px }
.testresult-link { display: block; margin-bottom: 4px }
.testresult-link::after { content: none !important }
.description__text p { margin: 0 0 8px }
.description__text table { border-collapse: collapse; margin-bottom: 12px }
.description__text th, .description__text td { padding: 4px 14px 4px 0; text-align: left; vertical-align: top; border-top: 1px solid #8883 }
.description__text th { font-weight: 600; white-space: nowrap }
.description__text code { font-size: 12px; overflow-wrap: anywhere; white-space: pre-wrap }
`;

const SCRIPT = `
const names = ${JSON.stringify(NAMES)};
const rows = document.getElementById('cxl-rows-template');
function mend() {
  const grid = document.querySelector('.widgets-grid');
  const isOverview = /^#?\\/?$/.test(location.hash);
  if (isOverview && grid && !document.getElementById('cxl-rows')) grid.prepend(rows.content.cloneNode(true));
  for (const label of document.querySelectorAll('[class*="label_status_"], [class*="status-details__status"]')) {
    const name = names[label.textContent.trim()];
    if (name) label.textContent = name;
  }
  for (const row of document.querySelectorAll('.chart__legend-row')) {
    const name = names[row.textContent.trim()];
    if (name) row.lastChild.textContent = ' ' + name;
  }
}
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
mend();
`;

/** Adds them to the report in a folder. */
export async function addOverview(report: string, rows: readonly Row[]): Promise<void> {
  const path = join(report, 'index.html');
  const page = await readFile(path, 'utf8');
  const at = page.lastIndexOf('</body>');
  const added = `<style>${STYLE}</style><template id="cxl-rows-template">${tableOf(rows)}</template><script>${SCRIPT}</script>`;
  await writeFile(path, `${page.slice(0, at)}${added}\n${page.slice(at)}`);
}

function tableOf(rows: readonly Row[]): string {
  const heads = VERDICTS.map(
    (verdict) => `<th class="count"><i style="background:${COLOUR[verdict]}"></i>${verdict}</th>`,
  );
  return `<section id="cxl-rows" class="widgets-grid__header island"><h2 class="widget__title">Conformance by release</h2><table>
<tr><th>row</th><th></th>${heads.join('')}</tr>
${rows.map(lineOf).join('\n')}
</table></section>`;
}

function lineOf({ name, verdicts }: Row): string {
  const { totals } = verdicts;
  const all = VERDICTS.reduce((sum, verdict) => sum + totals[verdict], 0);
  const share = VERDICTS.filter((verdict) => totals[verdict] > 0).map(
    (verdict) =>
      `<span title="${totals[verdict]} ${verdict}" style="background:${COLOUR[verdict]};flex:${totals[verdict] / all}"></span>`,
  );
  const counts = VERDICTS.map(
    (verdict) => `<td class="count${totals[verdict] ? '' : ' none'}" data-verdict="${verdict}">${totals[verdict]}</td>`,
  );
  return `<tr data-row="${text(name)}"><td><b>${text(name)}</b><small>${text(verdicts.description)}</small></td><td><span class="share">${share.join('')}</span></td>${counts.join('')}</tr>`;
}
