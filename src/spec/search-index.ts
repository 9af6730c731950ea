/** What the search finds: a title, where it leads, what it is, and further words by which it is found. */

import { readKillList } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import { RELEASES } from '../ledger/release';
import { requirements } from '../ledger/requirements';
import { sectionName } from '../report/source-name';
import type { Content, Rule, SpecScenario } from './content';
import { filesOf, sectionsOf } from './index-pages';
import {
  filePlace,
  isDefect,
  quirkOf,
  quirkPlace,
  releasePage,
  requirementPlace,
  rulePlace,
  sectionPlace,
} from './links';

type Entry = readonly [title: string, place: string, kind: string, words?: string];

export const INDEX_FILE = 'search-index.js';

/** As a script, for a page that was opened as a file may fetch nothing. */
export const searchIndex = (content: Content): string => `searchIndex(${JSON.stringify(entriesOf(content))});\n`;

/** A quirk by which scenarios of more rules fail is about none of them. */
const FEW = 2;

/** What goes wrong where this rule does not hold. */
const summariesOf = ({ quirks: names }: Rule): string[] =>
  names.filter((name) => rulesKilledBy(name) <= FEW).map((name) => quirkOf(name).summary);

const rulesKilledBy = (name: string): number =>
  new Set((readKillList().get(name) ?? []).map((id) => id.replace(/\..*/, ''))).size;

/** Of two that match as well, the first comes first. */
function entriesOf(content: Content): Entry[] {
  const { features } = content;
  const rules = features.flatMap((feature) => feature.rules);
  return [
    ...features.map(({ title, page, about, uri }): Entry => [title, page, 'feature', `${about} ${uri}`]),
    ...rules.map(
      (rule): Entry => [
        `${rule.id} ${rule.text}`,
        rulePlace(rule),
        'rule',
        [...rule.sources, ...rule.requirements, ...summariesOf(rule)].join(' '),
      ],
    ),
    ...sectionsOf(content).map((tag): Entry => [sectionName(tag), sectionPlace(tag), 'section', tag]),
    ...filesOf(content).map((path): Entry => [path, filePlace(path), 'source file']),
    ...Object.entries(requirements).map(([id, text]): Entry => [`${id} ${text}`, requirementPlace(id), 'requirement']),
    ...RELEASES.map((release): Entry => [`QEMU ${release}`, releasePage(release), 'release']),
    ...(Object.keys(quirks) as QuirkName[]).map(
      (name): Entry => [
        `${name}: ${quirkOf(name).summary}`,
        quirkPlace(name),
        isDefect(name) ? 'known defect' : 'planted fault',
      ],
    ),
    ...rules.flatMap(({ page, scenarios }) =>
      scenarios.map((each): Entry => [`${each.id} ${each.name}`, `${page}#${each.id}`, 'scenario', wordsOf(each)]),
    ),
  ];
}

const wordsOf = ({ steps, examples }: SpecScenario): string => {
  const cells = examples.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  return [...new Set([...steps.map(({ text }) => text), ...cells])].join(' ');
};
