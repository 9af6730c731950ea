/** The Allure report of all runs below a folder. It takes Java; nothing else here does. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../system/scratch';
import { type Build, copyHistory, nextOrder, writeExecutor } from './allure-build';
import { addOverview } from './allure-overview';
import { checkRows, copyRow, type Row, rowOf, writeCommon } from './allure-rows';
import { runFolders } from './runs';
import { ReportError } from './verdicts';

const REPORT = 'allure-report';

export interface ReportOptions {
  /** Whether to write it as one file too, which can be sent by mail or opened without a server. */
  readonly singleFile?: boolean;
  /** The day of its last run, and the number after the last report's, unless given. */
  readonly build?: Partial<Build>;
  /** Whether a run belongs to it, by the name of its folder and when it began; each unless given. */
  readonly isPart?: (folder: string, started: string) => boolean;
}

/** Yields what to tell: where the report is, and how many scenarios it has. @throws ReportError */
export async function makeAllureReport(
  directory: string,
  { singleFile, build, isPart = () => true }: ReportOptions = {},
): Promise<string> {
  const runs = await runFolders(directory);
  if (runs.length === 0) throw new ReportError(`no run has left reports in ${directory}: npm start makes some`);
  await needJava();
  const all = await Promise.all(runs.sort().map(rowOf));
  const rows = all.filter(({ path, verdicts }) => isPart(basename(path), verdicts.started));
  if (rows.length === 0)
    throw new ReportError(`no row of the last night in ${directory} has left verdicts: run nightly`);
  const report = join(directory, REPORT);
  const results = makeFolder();
  try {
    for (const row of rows) await copyRow(row, results);
    await writeCommon(rows, results);
    const history = join(report, 'history');
    const whole = { name: nameOf(rows), order: await nextOrder(history), ...build };
    await writeExecutor(results, whole);
    await copyHistory(history, results, whole);
    await generate(results, report);
    const scenarios = await checkRows(report, rows);
    await addOverview(report, rows);
    const told = [
      `${report}/index.html: ${scenarios} scenarios of ${rows.length} runs; to see it: npx allure open ${report}`,
    ];
    if (singleFile) told.push(await writeSingleFile(results, report, rows));
    return told.join('\n');
  } finally {
    await rm(results, { recursive: true, force: true });
  }
}

/** `2026-11-29`. */
const nameOf = (rows: readonly Row[]): string =>
  rows
    .map(({ verdicts }) => verdicts.started.slice(0, 10))
    .sort()
    .at(-1) ?? '';

async function writeSingleFile(results: string, report: string, rows: readonly Row[]): Promise<string> {
  const made = `${results}-single`;
  const file = `${report}.html`;
  try {
    await generate(results, made, ['--single-file']);
    await addOverview(made, rows);
    const text = await readFile(join(made, 'index.html'));
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  return `${join(dirname(file), basename(file))}: the same in one file`;
}

async function needJava(): Promise<void> {
  const { execa } = await import('execa'); // which loads slowly
  const java = await execa('java', ['-version'], { reject: false });
  if (java.failed)
    throw new ReportError('the Allure report needs Java, and there is none: apt-get install default-jre-headless');
}

async function generate(results: string, report: string, more: readonly string[] = []): Promise<void> {
  const { execa } = await import('execa');
  const made = await execa('allure', ['generate', '--clean', ...more, '--output', report, results], {
    preferLocal: true,
    localDir: __dirname,
    reject: false,
    env: { ALLURE_NO_ANALYTICS: 'true' }, // else its pages tell a third party of each reader
  });
  if (made.failed) throw new ReportError(`allure-commandline has failed: ${made.stderr.trim() || made.shortMessage}`);
}
