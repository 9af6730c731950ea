/** What scenarios there are, and which of them a command line asks for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMessages } from '@cucumber/gherkin';
import { type Envelope, type GherkinDocument, IdGenerator, type Pickle, SourceMediaType } from '@cucumber/messages';
import { isBelow } from '../ledger/files';
import { alike } from '../ledger/spelling';
import { catalogueOf, type Scenario } from '../report/catalogue';
import { scenarioText } from '../report/scenario-text';
import { scenariosTouching } from '../report/touching';
import type { Shard } from '../report/verdicts';
import { featuresNaming } from './candidates';
import { featurePaths, planned, root } from './cucumber';
import { UsageError } from './exit';
import { needTags, withSections } from './tags';

/** What the options of `run` and `list` select. */
export interface Selection {
  readonly features?: readonly string[];
  readonly tags?: string;
  /** Beginnings of ids, or of sections that a source tag names. */
  readonly id?: readonly string[];
  readonly shard?: Shard;
  /** What the scenario, or its rule or feature, has in its text, whether in capitals or not. */
  readonly grep?: string;
  /** Source files of QEMU. */
  readonly touching?: readonly string[];
}

/** Those of an id, or of the beginning of one, that is a command's argument. @throws UsageError if there is none */
export async function selectNamed(id: string): Promise<Scenario[]> {
  return select({ id: [id] }, 'id');
}

/** The scenarios asked for, in order. @throws UsageError if there is none, if an option selects none, or a feature is no Gherkin. */
export async function select(selection: Selection, named = '--id'): Promise<Scenario[]> {
  const { features = [], tags = '', id = [], shard, grep, touching = [] } = selection;
  const few = features.length === 0 && id.length > 0 && !tags;
  const plan = await planned(few ? featuresNaming(root, id) : featurePaths(features), withSections(tags));
  if (tags && features.length === 0) needTags(tags);
  const lines = new Set(plan.map(({ uri, line }) => `${uri}:${line}`));
  const chosen = [...new Set(plan.map(({ uri }) => uri))]
    .flatMap(scenariosIn)
    .filter(({ uri, line }) => lines.has(`${uri}:${line}`));
  const ofId = either(chosen, id, (prefix) => chosen.filter((each) => isNamed(each, prefix)), named);
  const ofFile = either(ofId, touching, (file) => scenariosTouching(ofId, file), '--touching');
  const scenarios = ofFile
    .filter((scenario) => grep === undefined || mentions(scenario, grep))
    .filter((_, i) => !shard || i % shard.of === shard.index - 1);
  if (scenarios.length === 0)
    throw new UsageError(`no scenario is selected${grep ? ` by --grep ${grep}` : ''}; ${ALL}`);
  return scenarios;
}

const ALL = '`npx cxl-conformance list` shows all';

/** Those that some of `values` selects, in their order; all if there is no value. @throws UsageError for a value that selects none */
function either(
  scenarios: Scenario[],
  values: readonly string[],
  selected: (value: string) => readonly Scenario[],
  option: string,
): Scenario[] {
  if (values.length === 0) return scenarios;
  const found = values.map((value) => {
    const own = selected(value);
    if (own.length > 0) return own;
    const hint =
      option !== '--touching'
        ? alike(
            value,
            scenarios.flatMap(({ id }) => prefixesOf(id)),
          )
        : '';
    throw new UsageError(`no scenario is selected by ${option} ${value}${hint}; ${ALL}`);
  });
  const any = new Set(found.flat());
  return scenarios.filter((scenario) => any.has(scenario));
}

const isNamed = ({ id, sources }: Scenario, prefix: string): boolean =>
  isPrefix(prefix, id) || sources.some((section) => isBelow(prefix, section));

/** `E820`, `E820-1`, `E820-1.2` and `E820-1.2/3` of the last one. */
export const prefixesOf = (id: string): string[] => [...id.matchAll(/[-./]|$/g)].map(({ index }) => id.slice(0, index));

function mentions(scenario: Scenario, text: string): boolean {
  const wanted = text.toLowerCase();
  const { id, feature, rule, name, uri } = scenario;
  return [id, feature, rule, name, uri, ...wordsOf(pickleOf(scenario).pickle)].some((each) =>
    each.toLowerCase().includes(wanted),
  );
}

const wordsOf = ({ tags, steps }: Pickle): string[] => [
  ...tags.map(({ name }) => name),
  ...steps.flatMap(({ text, argument }) => [
    text,
    argument?.docString?.content ?? '',
    ...(argument?.dataTable?.rows ?? []).flatMap(({ cells }) => cells.map(({ value }) => value)),
  ]),
];

/** Those in a feature file. */
const scenariosIn = (uri: string): Scenario[] => catalogueOf(messagesOf(uri));

/** What Cucumber runs for a scenario. */
export function pickleOf({ uri, pickle: wanted }: Scenario): { pickle: Pickle; gherkinDocument: GherkinDocument } {
  const messages = messagesOf(uri);
  const gherkinDocument = messages.find((message) => message.gherkinDocument)?.gherkinDocument;
  const pickle = messages.find((message) => message.pickle?.id === wanted)?.pickle;
  if (!pickle || !gherkinDocument) throw new RangeError(`${uri} has no pickle ${wanted}`);
  return { pickle, gherkinDocument };
}

const read = new Map<string, readonly Envelope[]>();

/** Of a feature file, which is read once. */
function messagesOf(uri: string): readonly Envelope[] {
  const known = read.get(uri) ?? parsed(uri);
  read.set(uri, known);
  return known;
}

function parsed(uri: string): readonly Envelope[] {
  const text = readFileSync(join(root, uri), 'utf8');
  const parts = { includeSource: false, includeGherkinDocument: true, includePickles: true };
  const options = { ...parts, newId: IdGenerator.incrementing() };
  return generateMessages(text, uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, options);
}

/** Whether `prefix` is the beginning of `id`, by whole segments: `E820-1` is that of `E820-1.2`, not of `E820-10`. */
export const isPrefix = (prefix: string, id: string): boolean =>
  id === prefix || (id.startsWith(prefix) && '-./'.includes(id.charAt(prefix.length)));

/** The lines of a scenario, with the steps of its backgrounds and the values of its row. */
export function stepsOf(scenario: Scenario): string[] {
  const { pickle, gherkinDocument } = pickleOf(scenario);
  return scenarioText(gherkinDocument, pickle);
}
