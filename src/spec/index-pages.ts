/** Indexes: by section of a specification, by source file, by requirement; each with what leads back. */
import { filesOfQuirk, filesOfSource } from '../ledger/files';
import { byId } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import { type RequirementId, requirements, STILL_TO_COME } from '../ledger/requirements';
import { sectionName } from '../report/source-name';
import type { Content, Rule } from './content';
import { type Html, html, joined } from './html';
import { fileLink, isDefect, isFile, quirkLink, quirkOf, ruleLink, sectionPlace } from './links';
import { folded, type Page } from './page';
import { legend, marks } from './verdicts';

const rulesOf = ({ features }: Content): Rule[] => features.flatMap(({ rules }) => [...rules]);

const list = (rules: readonly Rule[]): Html =>
  html`<ul class="rules">${rules.map((rule) => html`<li>${ruleLink(rule)}</li>`)}</ul>`;

/** Tags of all rules that are sections, in their order. */
export const sectionsOf = (content: Content): string[] =>
  [...new Set(rulesOf(content).flatMap(({ sources }) => sources))].filter((tag) => !isFile(tag)).sort(byId);

/** `CXL r3.1`, of sections. */
const specificationsOf = (tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => sectionName(tag).replace(/ Section .*/, ''))),
];

const isOf = (specification: string, tag: string): boolean => sectionName(tag).startsWith(`${specification} `);

const numberLink = (tag: string): Html =>
  html`<a href="${sectionPlace(tag)}">${sectionName(tag).replace(/^.* Section /, '')}</a>`;

export function sectionsPage(content: Content): Page {
  const rules = rulesOf(content);
  const tags = sectionsOf(content);
  const specifications = specificationsOf(tags);
  return {
    title: 'Sections',
    body: html`<h1>By section of a specification</h1>
<p>${joined(
      specifications.map((name) => html`<a href="#${name.replaceAll(' ', '-')}">${name}</a>`),
      ', ',
    )}</p>
${specifications.map(
  (name) => html`<h2 id="${name.replaceAll(' ', '-')}">${name}</h2>
${tags.filter((tag) => isOf(name, tag)).map((tag) => sectionPart(tag, rules))}`,
)}`,
  };
}

const sectionPart = (tag: string, rules: readonly Rule[]): Html => html`<section class="entry" id="${tag}">
<h3><a href="#${tag}">${sectionName(tag)}</a> <small>${joined(filesOfSource(tag).map(fileLink), ', ')}</small></h3>
${list(rules.filter(({ sources }) => sources.includes(tag)))}
</section>
`;

/** Source files that a rule names, that implement a section, or that have a quirk. */
export function filesOf(content: Content): string[] {
  const ofSources = rulesOf(content).flatMap(({ sources }) => sources.flatMap(filesOfSource));
  const ofQuirks = (Object.keys(quirks) as QuirkName[]).flatMap(filesOfQuirk);
  return [...new Set([...ofSources, ...ofQuirks])].sort();
}

export function filesPage(content: Content): Page {
  const files = filesOf(content);
  const rules = rulesOf(content);
  return {
    title: 'Source files',
    body: html`<h1>By source file</h1>
<p>Of QEMU, and of Linux. For each: sections that it implements, rules about those sections or about the file itself, and defects in it.</p>
<ul class="files">${files.map((path) => html`<li>${html`<a class="name" href="#${path}">${path}</a>`}</li>`)}</ul>
${files.map((path) => filePart(path, rules, sectionsOf(content)))}`,
  };
}

function filePart(path: string, rules: readonly Rule[], tags: readonly string[]): Html {
  const sections = tags.filter((tag) => filesOfSource(tag).includes(path));
  const own = rules.filter(({ sources }) => sources.some((tag) => filesOfSource(tag).includes(path)));
  const inIt = (Object.keys(quirks) as QuirkName[]).filter((name) => filesOfQuirk(name).includes(path));
  const defects = inIt.filter(isDefect);
  const planted = inIt.filter((name) => !isDefect(name));
  const line = (name: string) => html`<li>${quirkLink(name)} ${quirkOf(name).summary}</li>`;
  return html`<section class="entry" id="${path}">
<h2><a class="name" href="#${path}">${path}</a></h2>
${specificationsOf(sections).map((name) => html`<p>${name} Section ${joined(sections.filter((tag) => isOf(name, tag)).map(numberLink), ', ')}</p>`)}
${own.length > 12 ? folded(`Rules: ${own.length}`, list(own)) : list(own)}
${defects.length > 0 && folded(`Known defects: ${defects.length}`, html`<ul>${defects.map(line)}</ul>`)}
${planted.length > 0 && folded(`Planted faults: ${planted.length}`, html`<ul>${planted.map(line)}</ul>`)}
</section>
`;
}

export function requirementsPage(content: Content): Page {
  return {
    title: 'Requirements',
    body: html`<h1>By requirement</h1>
<p>What the mailing-list thread of October 2022 (Multi-Region and Volatile Memory support for CXL Type-3 Devices) asks of an emulated CXL platform, paragraph by paragraph.</p>
${legend(content.columns)}
${(Object.keys(requirements) as RequirementId[]).map((id) => requirementPart(id, content))}`,
  };
}

function requirementPart(id: RequirementId, content: Content): Html {
  const rules = rulesOf(content).filter((rule) => rule.requirements.includes(id));
  return html`<section class="entry" id="${id}">
<h2><a href="#${id}">${id}</a> ${requirements[id]}</h2>
${
  rules.length > 0
    ? html`<ul class="rules">${rules.map(
        (rule) =>
          html`<li>${ruleLink(rule)} ${marks(
            content.columns,
            rule.scenarios.flatMap(({ ids }) => ids),
          )}</li>`,
      )}</ul>`
    : html`<p>No rule yet: ${STILL_TO_COME[id]}.</p>`
}
</section>
`;
}
