/** The Allure report of all runs below a folder. It takes Java; nothing else here does. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { makeFolder } from '../system/scratch';
import { allureTotals } from './reconcile';
import { ReportError, readVerdicts, VERDICTS_FILE } from './verdicts';
import { ALLURE_RESULTS } from './write';

const REPORT = 'allure-report';
const ENVIRONMENT = 'environment.properties';
const STATUSES = ['passed', 'skipped', 'failed', 'broken'] as const;

/** Yields what to tell: where the report is, and how many scenarios it has. @throws ReportError */
export async function makeAllureReport(directory: string): Promise<string> {
  const runs = await runsBelow(directory);
  if (runs.length === 0) throw new ReportError(`no run has left reports in ${directory}: npm start makes some`);
  await needJava();
  const report = join(directory, REPORT);
  const results = makeFolder();
  try {
    for (const run of runs) await cp(join(run, ALLURE_RESULTS), results, { recursive: true });
    const environments = runs.map((run) => readFile(join(run, ALLURE_RESULTS, ENVIRONMENT), 'utf8'));
    await writeFile(join(results, ENVIRONMENT), (await Promise.all(environments)).join('\n')); // each run brought its own
    await cp(join(report, 'history'), join(results, 'history'), { recursive: true }).catch(() => {}); // none at first
    await generate(results, report);
  } finally {
    await rm(results, { recursive: true, force: true });
  }
  return `${report}/index.html: ${await check(report, runs)} scenarios of ${runs.length} runs; to see it: npx allure open ${report}`;
}

async function runsBelow(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.map((name) => join(directory, name)).filter((path) => existsSync(join(path, VERDICTS_FILE)));
}

async function needJava(): Promise<void> {
  const java = await execa('java', ['-version'], { reject: false });
  if (java.failed)
    throw new ReportError('the Allure report needs Java, and there is none: apt-get install default-jre-headless');
}

async function generate(results: string, report: string): Promise<void> {
  const made = await execa('allure', ['generate', '--clean', '--output', report, results], {
    preferLocal: true,
    localDir: __dirname,
    reject: false,
  });
  if (made.failed) throw new ReportError(`allure-commandline has failed: ${made.stderr.trim() || made.shortMessage}`);
}

/** @throws ReportError if the report does not show as many scenarios of each status as the runs had. */
async function check(report: string, runs: readonly string[]): Promise<number> {
  const { statistic } = JSON.parse(await readFile(join(report, 'widgets', 'summary.json'), 'utf8'));
  const expected = (await Promise.all(runs.map(readVerdicts))).map(({ totals }) => allureTotals(totals));
  for (const status of STATUSES) {
    const sum = expected.reduce((total, sums) => total + (sums[status] ?? 0), 0);
    if (statistic[status] !== sum) {
      throw new ReportError(
        `the Allure report shows ${statistic[status]} scenarios as ${status}, and the runs had ${sum}`,
      );
    }
  }
  return statistic.total;
}
