/**
 * One night: each row is a run of its own process into a folder of its own, some side by side. A row is done when its folder has
 * verdicts of this night, so that a night that was ended in the middle goes on where it was.
 */
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { freed } from '../report/folder';
import { readVerdicts, type Verdicts } from '../report/verdicts';
import { leashed } from '../system/leash';
import { type Accepted, type Change, changesOf, isWorse } from './changes';
import { optionsOf, type Row } from './matrix';
import { inParallel, planned } from './schedule';

export interface Night {
  /** Counts nights, from 1. */
  readonly number: number;
  /** ISO 8601. */
  readonly started: string;
  /** The same, once all rows are done. */
  readonly finished?: string;
  readonly rows: readonly Row[];
}

/** What became of a row. */
export interface RowResult {
  readonly row: Row;
  /** Undefined for a row that broke. */
  readonly verdicts?: Verdicts;
  /** Why it broke. */
  readonly trouble?: string;
  readonly changes: readonly Change[];
}

export interface NightOptions {
  /** Where the night's folders go. */
  readonly directory: string;
  /** Path of the program of a QEMU that a row names. */
  readonly pathOf: (qemu: string) => Promise<string>;
  readonly acceptedOf: (row: Row) => Accepted | undefined;
  /** Is told what begins and what ends. */
  readonly tell: (line: string) => void;
}

const STATE = 'night.json';
const AGAIN = 'again';
const MAIN = join(__dirname, '../cli/main.js');

/** So many scenarios that have changed for the worse are tried a second time. */
const MOST_AGAIN = 50;

/** A run of this suite that was killed with the last night has so long to end, in ms. */
const END_LIMIT = 10_000;

/** The last night of a folder, finished or not. */
export function lastNight(directory: string): Night | undefined {
  const path = join(directory, STATE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Night) : undefined;
}

/** Goes on with a night of the same rows that was not finished, else begins the next one. */
export function beginNight(directory: string, rows: readonly Row[]): Night {
  const last = lastNight(directory);
  if (last && !last.finished && JSON.stringify(last.rows) === JSON.stringify(rows)) return last;
  const night = { number: (last?.number ?? 0) + 1, started: new Date().toISOString(), rows };
  write(directory, night);
  return night;
}

export async function runNight(night: Night, options: NightOptions): Promise<RowResult[]> {
  const results: RowResult[] = [];
  const room = availableParallelism();
  const tasks = planned(night.rows, room).map(({ row, weight }) => ({
    weight,
    run: async () => {
      results.push(await runRow({ row, jobs: weight }, night, options));
    },
  }));
  await inParallel(tasks, room);
  const order = (row: Row) => night.rows.findIndex(({ name }) => name === row.name);
  write(options.directory, { ...night, finished: new Date().toISOString() });
  return results.sort((a, b) => order(a.row) - order(b.row));
}

/** A row, and how many processes share its scenarios. */
interface Lane {
  readonly row: Row;
  readonly jobs: number;
}

async function runRow(lane: Lane, night: Night, options: NightOptions): Promise<RowResult> {
  const { row } = lane;
  const { directory, acceptedOf, tell } = options;
  const folder = join(directory, row.name);
  try {
    const had = await readVerdicts(folder).catch(() => undefined);
    const isDone = had !== undefined && had.started >= night.started;
    if (!isDone) tell(`${row.name}: begins`);
    const verdicts = isDone ? had : await runInto(folder, lane, options);
    const accepted = acceptedOf(row);
    const worse = changesOf(accepted, verdicts.scenarios).filter((change) => isWorse(change) && change.what !== 'gone');
    const again = await tryAgain(lane, worse, options);
    const changes = changesOf(accepted, verdicts.scenarios, again);
    tell(
      `${row.name}: ${isDone ? 'was done' : 'done'}, ${changes.length === 0 ? 'as accepted' : `${changes.length} changed`}`,
    );
    return { row, verdicts, changes };
  } catch (error) {
    const trouble = (error as Error).message;
    tell(`${row.name}: broken: ${trouble}`);
    return { row, trouble, changes: [] };
  }
}

/** Too many failures are no chance. */
async function tryAgain(lane: Lane, changes: readonly Change[], options: NightOptions) {
  if (changes.length === 0 || changes.length > MOST_AGAIN) return [];
  const ids = changes.flatMap(({ id }) => ['--id', id]);
  return (await runInto(join(options.directory, AGAIN, lane.row.name), lane, options, ids)).scenarios;
}

/** @throws Error with the last line of what the run printed, if it has left no verdicts */
async function runInto(
  folder: string,
  { row, jobs }: Lane,
  { pathOf }: NightOptions,
  more: readonly string[] = [],
): Promise<Verdicts> {
  const path = row.qemu === undefined ? undefined : await pathOf(row.qemu);
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'run.log');
  const shared = row.target === 'qtest' ? ['--jobs', `${jobs}`] : [];
  const args = [MAIN, 'run', ...optionsOf(row, path), ...shared, ...more, '--output', folder];
  await freed(folder, END_LIMIT);
  const begun = new Date().toISOString();
  const [program = '', ...rest] = [...leashed('TERM'), process.execPath, ...args];
  const run = execa(program, rest, { reject: false, all: true, buffer: false, env: { CI: 'true' } });
  run.all.pipe(createWriteStream(log));
  await run;
  const verdicts = await readVerdicts(folder).catch(() => undefined);
  if (verdicts && verdicts.started >= begun) return verdicts;
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  throw new Error(`${lines.at(-1) || 'the run has left no verdicts'}`);
}

function write(directory: string, night: Night): void {
  mkdirSync(directory, { recursive: true });
  const making = join(directory, `${STATE}.new`);
  try {
    writeFileSync(making, `${JSON.stringify(night, null, 2)}\n`);
    renameSync(making, join(directory, STATE));
  } finally {
    rmSync(making, { force: true });
  }
}
