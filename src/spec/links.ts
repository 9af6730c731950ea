/** Where each thing has its place, and links to it. All pages lie in one folder. */
import { folded } from '../ledger/kill-list';
import { quirkNamed, quirks } from '../ledger/quirks';
import type { Quirk } from '../ledger/quirks/quirk';
import { type RequirementId, requirements } from '../ledger/requirements';
import { sectionName } from '../report/source-name';
import type { Feature, Rule } from './content';
import { type Html, html, joined } from './html';

export const PAGES = {
  start: 'index.html',
  sections: 'sections.html',
  files: 'files.html',
  requirements: 'requirements.html',
  defects: 'defects.html',
  planted: 'planted.html',
} as const;

export const areaPage = (area: string): string => `area-${area}.html`;

/** `10.0`. */
export const releasePage = (release: string): string => `qemu-${release}.html`;

export const quirkOf = (name: string): Quirk => quirks[quirkNamed(name)];

/** Whether some QEMU release has it; others are planted. */
export const isDefect = (name: string): boolean => quirkOf(name).releases !== undefined;

export const quirkPlace = (name: string): string => `${isDefect(name) ? PAGES.defects : PAGES.planted}#${name}`;

export const rulePlace = ({ page, id }: Rule): string => `${page}#${id}`;

export const sectionPlace = (tag: string): string => `${PAGES.sections}#${tag}`;

export const filePlace = (path: string): string => `${PAGES.files}#${path}`;

export const requirementPlace = (id: string): string => `${PAGES.requirements}#${id}`;

export const ruleLink = (rule: Rule): Html =>
  html`<a href="${rulePlace(rule)}"><span class="id">${rule.id}</span> ${rule.text}</a>`;

export const featureLink = ({ page, title }: Feature): Html => html`<a href="${page}">${title}</a>`;

export const quirkLink = (name: string): Html =>
  html`<a class="name" href="${quirkPlace(name)}" title="${quirkOf(name).summary}">${name}</a>`;

export const fileLink = (path: string): Html => html`<a class="name" href="${filePlace(path)}">${path}</a>`;

export const requirementLink = (id: string): Html =>
  html`<a href="${requirementPlace(id)}" title="${requirements[id as RequirementId]}">thread ${id}</a>`;

export const isFile = (source: string): boolean => source.startsWith('QEMU-');

export const sourceLink = (tag: string): Html =>
  isFile(tag) ? fileLink(sectionName(tag)) : html`<a href="${sectionPlace(tag)}">${sectionName(tag)}</a>`;

/** Links to scenarios, the rows of an outline taken together. Those that there are no more have none. */
export function scenarioLinks(ids: readonly string[], pages: ReadonlyMap<string, string>): Html[] {
  const links = folded(ids).map((id) => {
    const [scenario = ''] = id.split('/');
    const page = pages.get(scenario);
    return page ? html`<a class="id" href="${page}#${scenario}">${id}</a>` : html`<span class="id">${id}</span>`;
  });
  return joined(links, ' ');
}

/** Pages of scenarios and rules by id. */
export const pagesById = (features: readonly Feature[]): Map<string, string> =>
  new Map(
    features.flatMap(({ rules }) =>
      rules.flatMap((rule) => [rule.id, ...rule.scenarios.map(({ id }) => id)].map((id) => [id, rule.page] as const)),
    ),
  );
