/** The page of a QEMU release: its known defects, what is new and mended in it, and how runs of it fared. */
import { folded as foldedIds, readKillList } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import { type Quirk, showReleases } from '../ledger/quirks/quirk';
import { isReleased, minorOf, precedes, RELEASES } from '../ledger/release';
import type { Column, Content } from './content';
import { type Html, html, joined } from './html';
import { pagesById, quirkLink, quirkOf, releasePage, scenarioLinks } from './links';
import { type Page, table } from './page';
import { totalsTable } from './totals';

/** `10.0` of `10.0.13`; undefined for a version that is of no release. */
export const releaseOf = (version: string): string | undefined =>
  isReleased(version) ? RELEASES.find((release) => release === minorOf(version)) : undefined;

const names = Object.keys(quirks) as QuirkName[];

/** Those that its first version has, or a later one of its series. */
function defectsOf(release: string): QuirkName[] {
  const next = RELEASES[RELEASES.indexOf(release) + 1];
  return names.filter((name) =>
    rangesOf(name).some(
      ({ from, fixedIn }) => (!next || precedes(from, next)) && (!fixedIn || precedes(release, fixedIn)),
    ),
  );
}

const rangesOf = (name: QuirkName): NonNullable<Quirk['releases']> => quirkOf(name).releases ?? [];

export function releasePageOf(release: string, content: Content): Page {
  const columns = content.columns.filter(({ qemu }) => qemu !== undefined && releaseOf(qemu) === release);
  const pages = pagesById(content.features);
  const defects = defectsOf(release);
  const before = RELEASES[RELEASES.indexOf(release) - 1];
  const earlier = before ? defectsOf(before) : [];
  const mended = earlier.filter((name) => !defects.includes(name));
  return {
    title: `QEMU ${release}`,
    body: html`<h1>QEMU ${release}</h1>
<p>${joined(
      RELEASES.map((each) =>
        each === release ? html`<b>${each}</b>` : html`<a href="${releasePage(each)}">${each}</a>`,
      ),
      ' ',
    )}</p>
${columns.length > 0 ? totalsTable(columns) : html`<p>No run of this release is at hand; what follows is what the ledger knows.</p>`}
${columns.map((column) => failing(column, pages))}
<h2 id="defects">Known defects: ${defects.length}</h2>
${table(
  ['defect', 'releases', 'what goes wrong', 'scenarios', ...columns.map(({ label }) => label)],
  defects.map((name) => [
    quirkLink(name),
    html`${showReleases(rangesOf(name))}${before && !earlier.includes(name) && html` <b>new</b>`}`,
    quirkOf(name).summary,
    readKillList().get(name)?.length ?? 0,
    ...columns.map((column) => seen(column, name)),
  ]),
)}
${mended.length > 0 && html`<h2 id="mended">Mended since ${before}: ${mended.length}</h2><ul>${mended.map((name) => html`<li>${quirkLink(name)} ${quirkOf(name).summary}</li>`)}</ul>`}
${columns.map((column) => absent(column, pages))}`,
  };
}

/** How many scenarios failed by it. */
function seen({ outcomes }: Column, name: string): Html {
  const count = [...outcomes.values()].filter(({ verdict, quirk }) => verdict === 'known' && quirk === name).length;
  return count > 0 ? html`<span class="mark known">${count}</span>` : html``;
}

function failing({ description, outcomes }: Column, pages: ReadonlyMap<string, string>): Html {
  const some = [...outcomes].filter(([, { verdict }]) => ['fails', 'fixed', 'broken'].includes(verdict));
  if (some.length === 0) return html``;
  return html`<h2>Does not conform: ${description}</h2><ul>${some.map(([id, { verdict, reason }]) => html`<li>${scenarioLinks([id], pages)} <b class="mark ${verdict}">${verdict}</b> ${reason}</li>`)}</ul>`;
}

function absent({ description, outcomes }: Column, pages: ReadonlyMap<string, string>): Html {
  const groups = new Map<string, string[]>();
  for (const [id, { verdict, reason = '' }] of outcomes)
    if (verdict === 'not-applicable') groups.set(reason, [...(groups.get(reason) ?? []), id]);
  if (groups.size === 0) return html``;
  const items = [...groups].map(
    ([reason, ids]) => html`<li>${reason} (${foldedIds(ids).length}): ${scenarioLinks(ids, pages)}</li>`,
  );
  return html`<h2>Absent: ${description}</h2><ul class="absent">${items}</ul>`;
}
