/** Cucumber by its API, with this project's configuration. */

import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  type ISupportCodeLibrary,
  loadConfiguration,
  loadSources,
  loadSupport,
  runCucumber,
} from '@cucumber/cucumber/api';
import type { SupportCodeLibrary } from '@cucumber/cucumber/lib/support_code_library_builder/types';
import type { Envelope } from '@cucumber/messages';
import { firstLine } from '../report/collect';
import type { Shard } from '../report/verdicts';
import { UsageError } from './exit';

/** Top of the project, wherever the command was called. */
export const root = join(__dirname, '../..');

/** Where runs are reported unless told: with the project, or where the command is called once it is installed. */
export const reportsHome = root.includes('/node_modules/') ? resolve('reports') : join(root, 'reports');

export interface CucumberRun {
  /** Profile of cucumber.js. */
  readonly profile: string;
  /** `features/a.feature:12`; all features if there is none. */
  readonly paths: readonly string[];
  readonly parameters?: object;
  /** Where reports go. None: nothing is written. */
  readonly output?: string;
  readonly seed?: number | undefined;
  /** Which part of a run it is, for its reports to say. */
  readonly shard?: Shard | undefined;
  /** Whether standard output is for other things. */
  readonly quiet?: boolean;
  /** Scenarios that come before the others. */
  readonly first?: readonly { readonly uri: string; readonly line: number }[] | undefined;
  /** How many processes share the scenarios, each with machines of its own. None: they run in this one. */
  readonly workers?: number;
}

let support: Promise<ISupportCodeLibrary> | undefined;

/** Runs features, and waits for their end. What came of it, the messages tell. */
export async function runFeatures(run: CucumberRun, onMessage?: (message: Envelope) => void): Promise<void> {
  const environment = { cwd: root, stdout: run.quiet ? new PassThrough().resume() : process.stdout };
  const provided = {
    paths: [...run.paths],
    worldParameters: { ...run.parameters },
    ...(run.seed !== undefined && { order: `random:${run.seed}` as const }),
  };
  const { runConfiguration } = await loadConfiguration({ profiles: [run.profile], provided }, environment);
  const given = runConfiguration.formats;
  const formats =
    run.output === undefined
      ? { ...given, stdout: 'progress' }
      : {
          ...given,
          options: {
            ...JSON.parse(JSON.stringify({ seed: run.seed, shard: run.shard })),
            directory: resolve(run.output),
          },
        };
  const runtime = { ...runConfiguration.runtime, parallel: run.workers ?? 0 };
  const places = (run.first ?? []).map(({ uri, line }) => `${uri}:${line}`);
  const largestFirst = runtime.parallel > 0 && run.seed === undefined;
  const plugins =
    places.length > 0 || largestFirst
      ? { specifiers: ['./src/cli/order.js'], options: { order: { places, largestFirst } } }
      : undefined;
  support ??= loadSupport(runConfiguration, environment);
  const loaded = (await support) as SupportCodeLibrary;
  const parallelCanAssign = assignment(run);
  const configuration = { ...runConfiguration, formats, runtime, support: { ...loaded, parallelCanAssign } };
  await withWorkersOf(WORKER_FLAGS, () =>
    runCucumber({ ...configuration, ...(plugins && { plugins }) }, environment, onMessage),
  );
}

/**
 * Which scenarios a process can take while others run. Those of a feature share machines: a process that has begun with one goes
 * on with it, and others take other features, as long as there are more of these than processes.
 */
export function assignment({ paths, workers = 0 }: Pick<CucumberRun, 'paths' | 'workers'>) {
  const features = new Set(paths.map((path) => path.split(':')[0]));
  const byFeature = paths.length === 0 || features.size > workers;
  return ({ uri }: { readonly uri: string }, running: readonly { readonly uri: string }[]): boolean =>
    !byFeature || running.every((other) => other.uri !== uri);
}

/** Processes that share scenarios start as this one does; and what they make and drop at once needs no more than one look. */
const WORKER_FLAGS = ['--max-semi-space-size=32', '--require', join(root, 'src/system/code-cache.js')];

/** Cucumber starts its processes with the flags that this one has. */
async function withWorkersOf(flags: readonly string[], action: () => Promise<unknown>): Promise<void> {
  const { execArgv } = process;
  process.execArgv = [...execArgv, ...flags];
  try {
    await action();
  } finally {
    process.execArgv = execArgv;
  }
}

/** What Cucumber knows of steps and hooks, for rehearsal.ts. */
export async function loadDefinitions(profile: string): Promise<SupportCodeLibrary> {
  const environment = { cwd: root };
  const { runConfiguration } = await loadConfiguration({ profiles: [profile] }, environment);
  support ??= loadSupport(runConfiguration, environment);
  return (await support) as SupportCodeLibrary;
}

/** Where the scenarios are that `paths` and `tags` choose. @throws UsageError if the tags, or a feature, cannot be read. */
export async function planned(
  paths: readonly string[],
  tags: string,
): Promise<{ readonly uri: string; readonly line: number }[]> {
  const coordinates = {
    defaultDialect: 'en',
    order: 'defined' as const,
    paths: [...paths],
    names: [],
    tagExpression: tags,
  };
  const { plan, errors } = await loadSources(coordinates, { cwd: root }).catch((error: Error) => {
    const said = firstLine(error.cause instanceof Error ? error.cause.message : error.message);
    throw new UsageError(tags ? `--tags ${tags}: ${said}` : said);
  });
  const [error] = errors;
  if (error) throw new UsageError(`${error.uri} is no Gherkin: ${firstLine(error.message)}`);
  return plan.map(({ uri, location }) => ({ uri, line: location.line }));
}

/** What {@link runFeatures} takes to run these scenarios: a path for each feature, for Cucumber looks up each path. */
export function pathsOf(scenarios: readonly { readonly uri: string; readonly line: number }[]): string[] {
  const uris = [...new Set(scenarios.map(({ uri }) => uri))];
  return uris.map((uri) => [uri, ...scenarios.filter((each) => each.uri === uri).map(({ line }) => line)].join(':'));
}

/** Feature files and folders as the caller names them, as Cucumber wants them. @throws UsageError if one is not there. */
export function featurePaths(features: readonly string[]): string[] {
  return features.map((feature) => {
    const [path = '', line] = feature.split(/:(\d+)$/);
    const absolute = resolve(path);
    if (!existsSync(absolute)) throw new UsageError(`no feature file or folder ${path}`);
    return relative(root, absolute) + (line ? `:${line}` : '');
  });
}
