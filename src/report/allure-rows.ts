/** Runs as rows of one report: each has a name, results of its own, and totals that the report must show. */
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TestResult } from 'allure-js-commons';
import type { QuirkName } from '../ledger/quirks';
import { identityOf } from './allure';
import { categoriesOf, STATUSES } from './allure-categories';
import { environmentOf, propertiesOf } from './allure-environment';
import { ALLURE_RESULTS } from './files';
import { folderName } from './folder-name';
import { allureTotals } from './reconcile';
import { ReportError, readVerdicts, type Verdicts } from './verdicts';

export interface Row {
  /** Of its folder; where that does not say what it was run on, this as well. */
  readonly name: string;
  readonly path: string;
  readonly verdicts: Verdicts;
}

export async function rowOf(path: string): Promise<Row> {
  const verdicts = await readVerdicts(path);
  const [folder, usual] = [basename(path), folderName(verdicts)];
  return { name: folder.startsWith(usual) ? folder : `${folder}: ${usual}`, path, verdicts };
}

/** Copies what a run has left, and names its results by the row. */
export async function copyRow({ name, path }: Row, results: string): Promise<void> {
  const from = join(path, ALLURE_RESULTS);
  const files = (await readdir(from)).filter((file) => /-(result|attachment)\b/.test(file));
  await Promise.all(
    files.map(async (file) => {
      if (!file.endsWith('-result.json')) return copyFile(join(from, file), join(results, file));
      const result = JSON.parse(await readFile(join(from, file), 'utf8')) as TestResult;
      const id = result.fullName?.split(': ').slice(1).join(': ') ?? '';
      const labels = result.labels.map((label) => (label.name === 'parentSuite' ? { ...label, value: name } : label));
      const { historyId, testCaseId } = identityOf({ row: name, id });
      const placed = { ...result, uuid: historyId, historyId, testCaseId, labels };
      return writeFile(join(results, `${historyId}-result.json`), JSON.stringify(placed));
    }),
  );
}

/** What the rows have in common: categories, and the environment with a line for each. */
export async function writeCommon(rows: readonly Row[], results: string): Promise<void> {
  const known = rows.flatMap(({ verdicts }) =>
    verdicts.scenarios.flatMap(({ verdict, quirk }) => (verdict === 'known' && quirk ? [quirk as QuirkName] : [])),
  );
  await writeFile(join(results, 'categories.json'), JSON.stringify(categoriesOf(known)));
  const environments = rows.map(({ name, verdicts }) => [name, environmentOf(verdicts)]);
  await writeFile(join(results, 'environment.properties'), propertiesOf(Object.fromEntries(environments)));
}

interface Node {
  readonly name: string;
  readonly status?: string;
  readonly children?: readonly Node[];
}

/** How many scenarios the report has. @throws ReportError if a row has other totals in it than in its verdicts */
export async function checkRows(report: string, rows: readonly Row[]): Promise<number> {
  const { children = [] } = JSON.parse(await readFile(join(report, 'data', 'suites.json'), 'utf8')) as Node;
  for (const { name, verdicts } of rows) {
    const statuses = children.filter((suite) => suite.name === name).flatMap(statusesIn);
    const expected = allureTotals(verdicts.totals);
    for (const status of STATUSES) {
      const shown = statuses.filter((each) => each === status).length;
      if (shown !== expected[status])
        throw new ReportError(
          `the Allure report shows ${shown} scenarios of ${name} as ${status}, and the run had ${expected[status]}: run it again with this version of the suite`,
        );
    }
  }
  const all = children.flatMap(statusesIn).length;
  const expected = rows.reduce((sum, { verdicts }) => sum + verdicts.scenarios.length, 0);
  if (all !== expected) throw new ReportError(`the Allure report shows ${all} scenarios, and the runs had ${expected}`);
  return all;
}

const statusesIn = ({ status, children }: Node): string[] =>
  children ? children.flatMap(statusesIn) : status === undefined ? [] : [status];
