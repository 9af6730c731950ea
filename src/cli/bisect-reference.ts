/** What scenarios do on the good commit of a bisection: what every other commit is compared with. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scenario } from '../report/catalogue';
import type { Shown } from '../report/changes';
import { type Build, build } from '../series/build';
import { tryGit } from '../series/git';
import type { Place } from '../series/shell';
import { WorkTree, workFolder } from '../series/work-tree';
import { showOn } from './bisect-answer';
import { UsageError } from './exit';
import type { Showing } from './sides';

/** Of the bisection that is under way in `tree`: built in a work tree of our own, once for all of its commits. */
export async function referenceOf(tree: string, scenarios: readonly Scenario[], how: Build): Promise<Showing> {
  const commit = await goodCommit(tree);
  const path = pathFor(JSON.stringify([commit, how, scenarios.map(({ id }) => id)]));
  const known = read(path);
  if (known) return known;
  console.error(`building the good commit, ${commit.slice(0, 12)}, to see what the scenarios do there`);
  const shown = await WorkTree.use({ repository: resolve(tree), commit }, (workTree) =>
    shownAt(workTree, scenarios, how),
  );
  mkdirSync(folder(), { recursive: true });
  writeFileSync(path, JSON.stringify([...shown]));
  return shown;
}

/** @throws UsageError if it does not build, or its QEMU cannot be tested */
export async function shownAt(place: Place, scenarios: readonly Scenario[], how: Build): Promise<Showing> {
  const built = await build(place, how);
  if ('failed' in built) throw new UsageError(`the good commit does not build: ${built.failed}`);
  const shown = await showOn(built.qemu, scenarios);
  if ('none' in shown) throw new UsageError(`the QEMU of the good commit cannot be tested: ${shown.none}`);
  return shown;
}

async function goodCommit(tree: string): Promise<string> {
  const log = await tryGit(tree, 'bisect', 'log');
  const term = (await tryGit(tree, 'bisect', 'terms', '--term-good')).stdout.trim() || 'good';
  const [, commit] = new RegExp(`^# ${term}: \\[([0-9a-f]+)\\]`, 'm').exec(log.stdout) ?? [];
  if (commit) return commit;
  throw new UsageError(
    '--changed compares with the good commit of a bisection: begin one by git bisect start BAD GOOD',
  );
}

const folder = (): string => join(workFolder(), '..', 'bisect');

const pathFor = (key: string): string =>
  join(folder(), `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`);

function read(path: string): Showing | undefined {
  try {
    return new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, Shown][]);
  } catch {
    return undefined;
  }
}
