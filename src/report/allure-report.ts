/** The Allure report of all runs below a folder. It takes Java; nothing else here does. */
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from '../system/scratch';
import { ALLURE_RESULTS } from './files';
import { folderName } from './folder-name';
import { allureTotals } from './reconcile';
import { runFolders } from './runs';
import { ReportError, readVerdicts } from './verdicts';

const REPORT = 'allure-report';
const ENVIRONMENT = 'environment.properties';
const STATUSES = ['passed', 'skipped', 'failed', 'broken'] as const;

/** Yields what to tell: where the report is, and how many scenarios it has. @throws ReportError */
export async function makeAllureReport(directory: string): Promise<string> {
  const runs = await runFolders(directory);
  if (runs.length === 0) throw new ReportError(`no run has left reports in ${directory}: npm start makes some`);
  await needJava();
  const report = join(directory, REPORT);
  const results = makeFolder();
  try {
    const names = new Set<string>();
    for (const path of runs) {
      const name = folderName(await readVerdicts(path));
      await copyResults(path, results, names.has(name) ? basename(path) : undefined);
      names.add(name);
    }
    const environments = runs.map((path) => readFile(join(path, ALLURE_RESULTS, ENVIRONMENT), 'utf8'));
    await writeFile(join(results, ENVIRONMENT), (await Promise.all(environments)).join('\n')); // each run brought its own
    await cp(join(report, 'history'), join(results, 'history'), { recursive: true }).catch(() => {}); // none at first
    await generate(results, report);
  } finally {
    await rm(results, { recursive: true, force: true });
  }
  return `${report}/index.html: ${await check(report, runs)} scenarios of ${runs.length} runs; to see it: npx allure open ${report}`;
}

/** Results of a run of what another run was on too have histories of their own, by a name, for Allure shows the last of each history. */
async function copyResults(run: string, results: string, apart: string | undefined): Promise<void> {
  await cp(join(run, ALLURE_RESULTS), results, { recursive: true });
  if (apart === undefined) return;
  const names = (await readdir(join(run, ALLURE_RESULTS))).filter((name) => name.endsWith('-result.json'));
  for (const name of names) {
    const result = JSON.parse(await readFile(join(results, name), 'utf8'));
    const changed = {
      ...result,
      historyId: `${result.historyId}-${apart}`,
      testCaseId: `${result.testCaseId}-${apart}`,
    };
    await writeFile(join(results, name), JSON.stringify(changed));
  }
}

async function needJava(): Promise<void> {
  const { execa } = await import('execa'); // which loads slowly
  const java = await execa('java', ['-version'], { reject: false });
  if (java.failed)
    throw new ReportError('the Allure report needs Java, and there is none: apt-get install default-jre-headless');
}

async function generate(results: string, report: string): Promise<void> {
  const { execa } = await import('execa');
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
