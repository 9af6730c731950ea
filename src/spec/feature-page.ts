/** The page of a feature: its rules, each with sources, defects and scenarios. */
import { showReleases } from '../ledger/quirks/quirk';
import { touchedFiles } from '../report/touching';
import type { Column, Content, Feature, Machine, Rule, SpecScenario, Step } from './content';
import { type Html, html, joined } from './html';
import { areaPage, fileLink, isDefect, quirkLink, quirkOf, requirementLink, sourceLink } from './links';
import { folded, type Page } from './page';
import { legend, mark, marks, reasons } from './verdicts';

export function featurePage(feature: Feature, { columns }: Content): Page {
  const { area, title, about, uri, background, rules } = feature;
  const usual = usualMachine(feature);
  return {
    title,
    body: html`<p class="path"><a href="${areaPage(area)}">${area}</a></p>
<h1>${title}</h1>
<p>${about}</p>
<p class="place">${uri}</p>
<ul class="rules">${rules.map(({ id, text }) => html`<li><a href="#${id}"><span class="id">${id}</span> ${text}</a></li>`)}</ul>
${legend(columns)}
${background.length > 0 && html`<section class="background"><h2>Background</h2>${steps(background)}</section>`}
${usual && html`<section><h2>Machine</h2>${picture(usual)}</section>`}
${rules.map((rule) => ruleSection(rule, feature, columns, usual))}`,
  };
}

/** That of most scenarios, where a Background describes it. */
function usualMachine({ background, rules }: Feature): Machine | undefined {
  const machines =
    background.length > 0 ? rules.flatMap(({ scenarios }) => scenarios.flatMap((each) => each.machines)) : [];
  const countOf = ({ picture: name }: Machine) => machines.filter((each) => each.picture === name).length;
  return [...machines].sort((a, b) => countOf(b) - countOf(a))[0];
}

function ruleSection(rule: Rule, { uri }: Feature, columns: readonly Column[], usual: Machine | undefined): Html {
  const { id, text, line, background, scenarios, requirements, sources, quirks } = rule;
  const defects = quirks.filter(isDefect);
  const planted = quirks.filter((name) => !isDefect(name));
  const files = touchedFiles([{ sources, quirks: [] }]);
  return html`<section class="rule" id="${id}">
<h2><a class="id" href="#${id}">${id}</a> ${text}</h2>
<p>${marks(
    columns,
    scenarios.flatMap(({ ids }) => ids),
  )}</p>
<dl><dt>Written in</dt><dd>${joined([...requirements.map(requirementLink), ...sources.map(sourceLink)], ', ')}</dd>
${files.length > 0 && html`<dt>Implemented in</dt><dd>${joined(files.map(fileLink), ', ')}</dd>`}
<dt>Scenarios</dt><dd class="place">${uri}:${line}</dd></dl>
${defects.length > 0 && html`<div class="defects"><h3>Known defects</h3><ul>${defects.map(defectLine)}</ul></div>`}
${planted.length > 0 && html`<div class="planted">${folded(`Planted faults by which a scenario fails: ${planted.length}`, html`<ul>${planted.map((name) => html`<li>${quirkLink(name)} ${quirkOf(name).summary}</li>`)}</ul>`)}</div>`}
${background.length > 0 && html`<h3>Background</h3>${steps(background)}`}
${scenarios.map((scenario) => scenarioPart(scenario, columns, usual))}
</section>
`;
}

const defectLine = (name: string): Html =>
  html`<li>${quirkLink(name)} <span class="releases">${showReleases(quirkOf(name).releases)}</span> ${quirkOf(name).summary}</li>`;

function scenarioPart(scenario: SpecScenario, columns: readonly Column[], usual: Machine | undefined): Html {
  const { id, name, ids, machines, examples } = scenario;
  const run = columns.filter(({ outcomes }) => ids.some((each) => outcomes.has(each)));
  const own = machines.filter((machine) => machine.picture !== usual?.picture);
  return html`<details class="scenario" id="${id}"><summary><span class="id">${id}</span> <span class="title">${placeholders(name)}</span> ${marks(run, ids)}</summary>
${steps(scenario.steps)}
${examples.map(
  ({
    name: title,
    heading,
    rows,
  }) => html`<h4>Examples: ${title}</h4><div class="wide"><table class="examples"><thead><tr><th>row</th>${heading.map((cell) => html`<th>${cell}</th>`)}${run.map(({ label }) => html`<th class="column">${label}</th>`)}</tr></thead><tbody>
${rows.map((row) => html`<tr id="${row.id}"><th>${row.id.split('/')[1]}</th>${row.cells.map(dataCell)}${run.map(({ outcomes }) => mark(outcomes.get(row.id)))}</tr>`)}</tbody></table></div>`,
)}
${reasons(run, ids)}
${own.length === 1 && own[0] ? picture(own[0]) : own.map((machine) => folded(`Machine of ${machine.ids.join(', ')}`, picture(machine)))}
</details>
`;
}

/** To what part of its width a drawing shrinks on a narrow screen before it has to be scrolled. */
const LEAST = 0.75;

/** A drawing's parts beside each other, or below each other where there is no room. */
const picture = ({ picture: name, views }: Machine): Html =>
  html`<div class="machine">${views.map(({ id, width, height }) => html`<div><img src="${name}#${id}" width="${width}" height="${height}" style="aspect-ratio:${width}/${height};min-width:${Math.round(width * LEAST)}px" loading="lazy" alt="${id === 'map' ? 'Memory map' : 'What the machine is made of'}"></div>`)}</div>`;

const steps = (list: readonly Step[]): Html => html`<ol class="steps">${list.map(step)}</ol>`;

const step = ({ keyword, text, table, block }: Step): Html =>
  html`<li><b>${keyword}</b>${placeholders(text)}${table && dataTable(table)}${block !== undefined && html`<pre>${placeholders(block)}</pre>`}</li>`;

const dataTable = ([heading = [], ...rows]: readonly (readonly string[])[]): Html =>
  html`<div class="wide"><table><thead><tr>${heading.map((cell) => html`<th>${placeholders(cell)}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(dataCell)}</tr>`)}</tbody></table></div>`;

/** A short word is not broken at its hyphens. */
const dataCell = (cell: string): Html =>
  /^\S{0,24}$/.test(cell) ? html`<td class="short">${placeholders(cell)}</td>` : html`<td>${placeholders(cell)}</td>`;

/** What an example fills in stands out. */
const placeholders = (text: string): Html =>
  html`${text.split(/(<[^<>]+>)/).map((part, i) => (i % 2 === 0 ? part : html`<i>${part}</i>`))}`;
