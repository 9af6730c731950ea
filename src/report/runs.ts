/** The runs that have left their reports in folders of a folder. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readVerdicts, VERDICTS_FILE, type Verdicts } from './verdicts';

export interface FinishedRun {
  /** Of its folder. */
  readonly path: string;
  readonly verdicts: Verdicts;
}

/** Folders of runs; those of parts lie deeper. */
export async function runFolders(directory: string): Promise<string[]> {
  const paths = (await readdir(directory).catch(() => [])).map((name) => join(directory, name));
  return paths.filter((path) => existsSync(join(path, VERDICTS_FILE)));
}

/** The last one first; those that cannot be read are left out. */
export async function runsBelow(directory: string): Promise<FinishedRun[]> {
  const read = (path: string) => readVerdicts(path).then((verdicts) => ({ path, verdicts }));
  const runs = await Promise.all((await runFolders(directory)).map((path) => read(path).catch(() => undefined)));
  const startOf = ({ verdicts }: FinishedRun): string => verdicts.started ?? ''; // an earlier version of this suite did not say
  return runs.filter((run) => run !== undefined).sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
}
