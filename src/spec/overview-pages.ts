/** The start page, and a page for each area. */
import type { Column, Content, Feature } from './content';
import { type Html, html } from './html';
import { areaPage, featureLink, PAGES, releasePage, ruleLink } from './links';
import { areasOf, type Page, table } from './page';
import { releaseOf } from './release-page';
import { legend, marks } from './verdicts';

const ABOUT = 'How an emulated CXL platform must behave: rules, each with its source and the scenarios that check it.';

export function startPage(content: Content): Page {
  const { features, columns } = content;
  const rules = features.flatMap((feature) => feature.rules);
  const scenarios = rules.flatMap((rule) => rule.scenarios).flatMap(({ ids }) => ids);
  return {
    title: 'Specification',
    body: html`<h1>Specification of an emulated CXL platform</h1>
<p>${ABOUT} ${features.length} features, ${rules.length} rules, ${scenarios.length} scenarios.</p>
<ul class="ways">
<li>By what it is about: an area below, or the search above.</li>
<li>By <a href="${PAGES.sections}">section of a specification</a>, <a href="${PAGES.files}">source file of QEMU</a>, or <a href="${PAGES.requirements}">requirement</a> of the mailing-list thread.</li>
<li>By what goes wrong: <a href="${PAGES.defects}">known defects</a> of QEMU releases, or <a href="${PAGES.planted}">planted faults</a>.</li>
</ul>
<h2>Areas</h2>
<div class="areas">${areasOf(content).map((area) =>
      areaPart(
        area,
        features.filter((each) => each.area === area),
      ),
    )}</div>
<h2>Last runs</h2>
<p>In a cell: scenarios that conform, of those that apply; in parentheses the number of known defects by which others fail.</p>
${areaTable(content, columns)}`,
  };
}

const areaPart = (area: string, features: readonly Feature[]): Html => html`<section class="area">
<h3><a href="${areaPage(area)}">${area}</a></h3>
<ul>${features.map((feature) => html`<li>${featureLink(feature)}</li>`)}</ul>
</section>`;

/** A row for each column: releases are many, and areas few. */
function areaTable(content: Content, columns: readonly Column[]): Html {
  const areas = areasOf(content);
  const idsOf = (area: string) =>
    content.features.filter((each) => each.area === area).flatMap(({ rules }) => rules.flatMap(idsOfRule));
  return table(
    ['run', ...areas],
    columns.map((column) => [runName(column), ...areas.map((area) => cell(column, idsOf(area)))]),
  );
}

const idsOfRule = ({ scenarios }: Feature['rules'][number]): string[] => scenarios.flatMap(({ ids }) => [...ids]);

const runName = ({ description, qemu, started }: Column): Html => {
  const release = qemu && releaseOf(qemu);
  const name = release ? html`<a href="${releasePage(release)}">${description}</a>` : description;
  return html`${name} <small>${started.slice(0, 10)}</small>`;
};

function cell({ outcomes }: Column, ids: readonly string[]): Html {
  const found = ids.flatMap((id) => outcomes.get(id) ?? []);
  const applicable = found.filter(({ verdict }) => verdict !== 'not-applicable');
  const defects = new Set(found.flatMap(({ verdict, quirk }) => (verdict === 'known' && quirk ? quirk : [])));
  const conform = found.filter(({ verdict }) => verdict === 'conforms').length;
  const failing = found.some(({ verdict }) => ['fails', 'fixed', 'broken'].includes(verdict));
  if (applicable.length === 0) return html`-`;
  const text = `${conform}/${applicable.length}${defects.size > 0 ? ` (${defects.size})` : ''}`;
  return failing ? html`<b class="mark fails">${text}</b>` : html`${text}`;
}

export function areaPageOf(area: string, { features, columns }: Content): Page {
  const own = features.filter((each) => each.area === area);
  return {
    title: area,
    body: html`<h1>Area: ${area}</h1>
${legend(columns)}
${own.map(
  (feature) => html`<section><h2>${featureLink(feature)}</h2><p>${feature.about}</p>
<ul class="rules">${feature.rules.map((rule) => html`<li>${ruleLink(rule)} ${marks(columns, idsOfRule(rule))}</li>`)}</ul></section>
`,
)}`,
  };
}
