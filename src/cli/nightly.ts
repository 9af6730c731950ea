/** `nightly`: all rows of a matrix, and what changed since it was accepted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labEntries, labEntry, programOf } from '../lab/lab';
import { readAccepted, writeAccepted } from '../nightly/accepted';
import { matrixOf, parseMatrix, type Row } from '../nightly/matrix';
import { beginNight, lastNight, runNight } from '../nightly/night';
import { isForTheWorse, nightTold } from '../nightly/told';
import { ReportFolder } from '../report/folder';
import { readVerdicts } from '../report/verdicts';
import { findQemu, platformOfProgram } from '../target/inventory';
import { reportsHome } from './cucumber';
import { EXIT, UsageError, whyUnreadable } from './exit';

interface NightlyOptions {
  /** Where the night's folders go. */
  readonly output?: string;
  /** Where what is accepted stands. */
  readonly expected?: string;
  /** Takes what the last night showed for accepted. */
  readonly accept?: boolean;
  readonly json?: boolean;
}

/** Name of the QEMU that is found without being named, in the matrix that the lab makes. */
const SYSTEM = 'system';

export async function nightly(matrix: string | undefined, options: NightlyOptions): Promise<number> {
  const { output: directory = join(reportsHome, 'nightly'), expected = join(reportsHome, 'expected') } = options;
  if (options.accept) return accept(directory, expected);
  const rows = matrix === undefined ? await defaultRows() : parseMatrix(read(matrix));
  const folder = ReportFolder.begin(directory); // none else may write there
  try {
    const night = beginNight(directory, rows);
    const results = await runNight(night, {
      directory,
      pathOf,
      acceptedOf: ({ name }) => readAccepted(expected, name),
      tell: (line) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`),
    });
    console.log(options.json ? JSON.stringify({ night, results }, null, 2) : nightTold(night, results));
    if (isForTheWorse(results)) return EXIT.lookAtIt;
    return results.some(({ trouble }) => trouble !== undefined) ? EXIT.broken : EXIT.asExpected;
  } finally {
    folder.abandon();
  }
}

async function accept(directory: string, expected: string): Promise<number> {
  const night = lastNight(directory);
  if (!night?.finished) throw new UsageError(`there is no finished night in ${directory} to accept: run nightly first`);
  for (const { name } of night.rows) {
    const verdicts = await readVerdicts(join(directory, name)).catch(() => undefined);
    if (verdicts) console.log(writeAccepted(expected, name, verdicts.scenarios));
    else console.error(`${name} was broken, and what was accepted of it stays`);
  }
  return EXIT.asExpected;
}

async function defaultRows(): Promise<Row[]> {
  const entries = await labEntries();
  const named = (kind: string) => entries.filter((entry) => entry.kind === kind);
  const system = await findQemu().catch(() => undefined);
  const own = system ? [{ name: SYSTEM, platform: platformOfProgram(system.path) }] : [];
  return matrixOf([...own, ...named('qemu')], named('guest'));
}

async function pathOf(qemu: string): Promise<string> {
  if (qemu.includes('/')) return (await findQemu(qemu)).path;
  return qemu === SYSTEM ? (await findQemu()).path : programOf(await labEntry('qemu', qemu));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`the matrix ${path} cannot be read: ${whyUnreadable(error)}`);
  }
}
