/** What scenarios there are, by a dry run of Cucumber, and which of them a command line asks for. */
import type { Envelope } from '@cucumber/messages';
import { catalogueOf, type Scenario } from '../report/catalogue';
import { featurePaths, runFeatures } from './cucumber';
import { UsageError } from './exit';

/** What the options of `run` and `list` select. */
export interface Selection {
  readonly features?: readonly string[];
  readonly tags?: string;
  readonly id?: readonly string[];
  readonly shard?: { readonly index: number; readonly of: number };
}

/** The scenarios asked for, in order. @throws UsageError if there is none, or if a step has no definition. */
export async function select({ features = [], tags, id, shard }: Selection): Promise<Scenario[]> {
  const messages: Envelope[] = [];
  const run = { profile: 'simulator', paths: featurePaths(features), dryRun: true, quiet: true, ...(tags && { tags }) };
  await runFeatures(run, (message) => messages.push(message)).catch((error: Error) => {
    const said = firstLine(error.cause instanceof Error ? error.cause.message : error.message);
    throw new UsageError(tags ? `--tags ${tags}: ${said}` : said);
  });
  const scenarios = catalogueOf(messages)
    .filter((scenario) => !id || id.some((prefix) => isPrefix(prefix, scenario.id)))
    .filter((_, i) => !shard || i % shard.of === shard.index - 1);
  if (scenarios.length === 0) throw new UsageError('no scenario is selected; `npx cxl-conformance list` shows all');
  return scenarios;
}

/** Whether `prefix` is the beginning of `id`, by whole segments: `E820-1` is that of `E820-1.2`, not of `E820-10`. */
export const isPrefix = (prefix: string, id: string): boolean =>
  id === prefix || (id.startsWith(prefix) && '-./'.includes(id.charAt(prefix.length)));

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
