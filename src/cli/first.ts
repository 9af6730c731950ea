/** Which scenarios of a run come first: those that failed when this target was run last, then those about the files that are named. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../report/catalogue';
import { scenariosTouching } from '../report/touching';
import { VERDICTS_FILE, type Verdicts } from '../report/verdicts';
import type { TargetName } from '../target/target';
import { UsageError } from './exit';

/** How deep below a folder of reports those of a run may lie. */
const DEPTH = 2;

const FAILED: ReadonlySet<string> = new Set(['fails', 'fixed', 'broken']);

interface Asked {
  readonly target: TargetName;
  /** Folders with reports of runs, or with folders of such. */
  readonly reports: readonly string[];
  /** Source files of QEMU. */
  readonly touching?: readonly string[] | undefined;
}

/** Without those that come in no order of their own. */
export function firstOf(scenarios: readonly Scenario[], { target, reports, touching = [] }: Asked): Scenario[] {
  const failed = lastFailed(target, reports);
  const again = scenarios.filter(({ id }) => failed.has(id));
  return [...new Set([...again, ...touching.flatMap((file) => scenariosTouching(scenarios, file))])];
}

/** @throws UsageError for a file that none of the scenarios touches */
export function needTouched(scenarios: readonly Scenario[], touching: readonly string[] = []): void {
  for (const file of touching) {
    if (scenariosTouching(scenarios, file).length > 0) continue;
    throw new UsageError(`--touching ${file}: no scenario of this run touches it`);
  }
}

/** Ids of those that the newest run on the target has seen fail; a report that cannot be read is none. */
function lastFailed(target: TargetName, reports: readonly string[]): ReadonlySet<string> {
  const files = [...new Set(reports.flatMap((folder) => verdictsBelow(folder, DEPTH)))];
  const newest = files.map((path) => ({ path, time: timeOf(path) })).sort((a, b) => b.time - a.time);
  for (const { path } of newest) {
    const verdicts = read(path);
    if (verdicts?.target !== target) continue;
    return new Set(verdicts.scenarios.filter(({ verdict }) => FAILED.has(verdict)).map(({ id }) => id));
  }
  return new Set();
}

function verdictsBelow(folder: string, depth: number): string[] {
  let entries: ReturnType<typeof entriesOf> = [];
  try {
    entries = entriesOf(folder);
  } catch {}
  if (entries.some(({ name }) => name === VERDICTS_FILE)) return [join(folder, VERDICTS_FILE)];
  const folders = depth > 0 ? entries.filter((entry) => entry.isDirectory()) : [];
  return folders.flatMap(({ name }) => verdictsBelow(join(folder, name), depth - 1));
}

const entriesOf = (folder: string) => readdirSync(folder, { withFileTypes: true });

const timeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function read(path: string): Verdicts | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Verdicts;
  } catch {
    return undefined;
  }
}
