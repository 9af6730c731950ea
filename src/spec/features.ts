/** Features as their files have them: rules, scenarios that are not unrolled, backgrounds. */
import { basename, dirname } from 'node:path';
import type * as messages from '@cucumber/messages';
import type { Scenario } from '../report/catalogue';
import { viewsOf } from '../report/machine-picture';
import type { Examples, Feature, Machine, Rule, SpecScenario, Step } from './content';

/** A feature file with its scenarios, in order; drawings are of scenarios by id, and by name. */
export interface Read {
  readonly document: messages.GherkinDocument;
  readonly scenarios: readonly Scenario[];
  readonly machines: { readonly of: ReadonlyMap<string, string>; readonly pictures: ReadonlyMap<string, string> };
}

export function featureOf(read: Read): Feature {
  const [first] = read.scenarios;
  const { feature } = read.document;
  if (!first || !feature) throw new RangeError('a feature file has no scenario');
  const { uri, about } = first;
  const area = basename(dirname(uri));
  const page = `${area}-${basename(uri, '.feature')}.html`;
  const rules = feature.children.flatMap(({ rule }) => (rule ? [ruleOf(rule, page, read)] : []));
  return { area, page, title: feature.name, about, uri, background: backgroundOf(feature.children), rules };
}

function ruleOf(rule: messages.Rule, page: string, read: Read): Rule {
  const asWritten = rule.children.flatMap(({ scenario }) => scenario ?? []);
  const own = read.scenarios.filter((scenario) => scenario.rule === rule.name);
  const all = (list: (scenario: Scenario) => readonly string[]) => [...new Set(own.flatMap(list))];
  return {
    id: idOf(rule.tags),
    page,
    text: rule.name,
    line: rule.location.line,
    background: backgroundOf(rule.children),
    scenarios: asWritten.map((scenario) => scenarioOf(scenario, read)),
    requirements: all(({ requirements }) => requirements),
    sources: all(({ sources }) => sources),
    quirks: all(({ quirks }) => quirks),
  };
}

const idOf = (tags: readonly messages.Tag[]): string =>
  `${tags.find(({ name }) => name.startsWith('@id:'))?.name.slice('@id:'.length)}`;

const backgroundOf = (children: readonly { readonly background?: messages.Background }[]): Step[] =>
  children.flatMap(({ background }) => background?.steps ?? []).map(stepOf);

function scenarioOf(scenario: messages.Scenario, read: Read): SpecScenario {
  const id = idOf(scenario.tags);
  const ids = read.scenarios.filter((each) => each.id === id || each.id.startsWith(`${id}/`)).map((each) => each.id);
  return {
    id,
    name: scenario.name,
    line: scenario.location.line,
    steps: scenario.steps.map(stepOf),
    examples: examplesOf(scenario, ids),
    ids,
    machines: machinesOf(ids, read.machines),
  };
}

function stepOf({ keyword, text, dataTable, docString }: messages.Step): Step {
  const table = dataTable?.rows.map(cellsOf);
  return { keyword, text, ...(table && { table }), ...(docString && { block: docString.content }) };
}

const cellsOf = ({ cells }: messages.TableRow): string[] => cells.map(({ value }) => value);

/** The ids of an outline's rows are in the order of the rows. */
function examplesOf({ examples }: messages.Scenario, ids: readonly string[]): Examples[] {
  let row = 0;
  return examples.map(({ name, tableHeader, tableBody }) => ({
    name,
    heading: tableHeader ? cellsOf(tableHeader) : [],
    rows: tableBody.map((each) => ({ id: `${ids[row++]}`, cells: cellsOf(each) })),
  }));
}

function machinesOf(ids: readonly string[], { of, pictures }: Read['machines']): Machine[] {
  const names = [...new Set(ids.flatMap((id) => of.get(id) ?? []))];
  return names.map((picture) => ({
    picture,
    views: viewsOf(pictures.get(picture) ?? ''),
    ids: ids.filter((id) => of.get(id) === picture),
  }));
}
