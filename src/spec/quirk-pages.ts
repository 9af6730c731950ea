/** Known defects, and planted faults: what goes wrong, since when and until when, where, and which scenarios fail by each. */
import { filesOfQuirk } from '../ledger/files';
import { readKillList } from '../ledger/kill-list';
import { type QuirkName, quirkNamed, quirks } from '../ledger/quirks';
import { showReleases } from '../ledger/quirks/quirk';
import type { DefectReport } from '../report/defect-report';
import type { Column, Content } from './content';
import { type Html, html, joined } from './html';
import { fileLink, isDefect, pagesById, quirkOf, scenarioLinks } from './links';
import type { Page } from './page';

const names = Object.keys(quirks) as QuirkName[];

export const defectsPage = (content: Content): Page =>
  pageOf(
    'Known defects',
    'Departures from conforming behaviour that QEMU releases have.',
    names.filter(isDefect),
    content,
  );

export const plantedPage = (content: Content): Page =>
  pageOf(
    'Planted faults',
    'Departures that no release has. The simulator can be given each, to show that a scenario can fail.',
    names.filter((name) => !isDefect(name)),
    content,
  );

function pageOf(
  title: string,
  about: string,
  list: readonly QuirkName[],
  { features, columns, defects }: Content,
): Page {
  const pages = pagesById(features);
  return {
    title,
    body: html`<h1>${title}: ${list.length}</h1><p>${about}</p>${list.map((name) =>
      part(
        name,
        columns,
        pages,
        defects.find((each) => each.name === name),
      ),
    )}`,
  };
}

function part(
  name: QuirkName,
  columns: readonly Column[],
  pages: ReadonlyMap<string, string>,
  report?: DefectReport,
): Html {
  const { summary, source, releases, byChance, linuxFrom, linuxFixedIn } = quirkOf(name);
  const files = filesOfQuirk(quirkNamed(name));
  const linux = [...(linuxFrom ? [`since ${linuxFrom}`] : []), ...(linuxFixedIn ? [`until ${linuxFixedIn}`] : [])];
  const seen = columns.filter(({ outcomes }) => [...outcomes.values()].some(({ quirk }) => quirk === name));
  return html`<section class="quirk" id="${name}">
<h2><a class="name" href="#${name}">${name}</a></h2>
<p>${releases && html`<span class="releases">${showReleases(releases)}</span> `}${summary}</p>
<dl>${releases && html`<dt>Source</dt><dd>${source}</dd>`}
${files.length > 0 && html`<dt>In</dt><dd>${joined(files.map(fileLink), ', ')}</dd>`}
${linux.length > 0 && html`<dt>Linux</dt><dd>${linux.join(' ')}</dd>`}
${byChance && html`<dt>By chance</dt><dd>${byChance}</dd>`}
${seen.length > 0 && html`<dt>Seen in</dt><dd>${seen.map(({ description }) => description).join('; ')}</dd>`}
${report && reported(report, pages)}
<dt>Fails</dt><dd class="ids">${scenarioLinks(readKillList().get(name) ?? [], pages)}</dd></dl>
</section>
`;
}

/** What is right, and how to see that it is not so. */
const reported = ({ right, by, scenario, reproduce }: DefectReport, pages: ReadonlyMap<string, string>): Html =>
  html`<dt>Right</dt><dd>${right} (${by.join('; ')})</dd>
<dt>Shown by</dt><dd class="ids">${scenarioLinks([scenario.id], pages)} <code>${reproduce}</code></dd>`;
