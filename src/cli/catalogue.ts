/** What scenarios there are, and which of them a command line asks for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMessages } from '@cucumber/gherkin';
import { type Envelope, type GherkinDocument, IdGenerator, type Pickle, SourceMediaType } from '@cucumber/messages';
import { catalogueOf, type Scenario } from '../report/catalogue';
import { featuresNaming } from './candidates';
import { featurePaths, planned, root } from './cucumber';
import { UsageError } from './exit';

/** What the options of `run` and `list` select. */
export interface Selection {
  readonly features?: readonly string[];
  readonly tags?: string;
  readonly id?: readonly string[];
  readonly shard?: { readonly index: number; readonly of: number };
}

/** The scenarios asked for, in order. @throws UsageError if there is none, or a feature is no Gherkin. */
export async function select({ features = [], tags = '', id, shard }: Selection): Promise<Scenario[]> {
  const paths = features.length === 0 && id && !tags ? featuresNaming(root, id) : featurePaths(features);
  const plan = await planned(paths, tags);
  const lines = new Set(plan.map(({ uri, line }) => `${uri}:${line}`));
  const scenarios = [...new Set(plan.map(({ uri }) => uri))]
    .flatMap(scenariosIn)
    .filter(({ uri, line }) => lines.has(`${uri}:${line}`))
    .filter((scenario) => !id || id.some((prefix) => isPrefix(prefix, scenario.id)))
    .filter((_, i) => !shard || i % shard.of === shard.index - 1);
  if (scenarios.length === 0) throw new UsageError('no scenario is selected; `npx cxl-conformance list` shows all');
  return scenarios;
}

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
