/** What is accepted of each row: a file per row, reviewed as a diff. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioVerdict } from '../report/verdicts';
import { type Accepted, acceptedOf } from './changes';

/** Undefined where nothing was accepted yet. @throws RangeError for a file that is none of those */
export function readAccepted(directory: string, row: string): Accepted | undefined {
  const path = join(directory, `${row}.txt`);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const odd = lines.find((line) => !/^\S+ \S/.test(line));
  if (odd !== undefined) throw new RangeError(`${path} has a line without id and verdict: ${odd}`);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}

/** A line per scenario, in the order of the features. */
export function writeAccepted(directory: string, row: string, scenarios: readonly ScenarioVerdict[]): string {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${row}.txt`);
  const lines = Object.entries(acceptedOf(scenarios)).map(([id, words]) => `${id} ${words}\n`);
  writeFileSync(path, `# What is accepted of ${row}: npx cxl-conformance nightly --accept\n${lines.join('')}`);
  return path;
}
