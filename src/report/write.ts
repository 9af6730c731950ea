import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAllureResults } from './allure';
import type { Run } from './collect';
import { junitOf } from './junit';
import { pictureOf } from './picture';
import { reconcile } from './reconcile';
import { summaryOf } from './summary';
import { VERDICTS_FILE, verdictsOf } from './verdicts';

export const MESSAGES_FILE = 'messages.ndjson';
export const JUNIT_FILE = 'junit.xml';
export const SUMMARY_FILE = 'summary.txt';
export const PICTURE_FILE = 'summary.svg';
export const ALLURE_RESULTS = 'allure-results';

/** All reports of a run but the messages, which are there already. @throws ReportError if their totals do not agree. */
export async function writeReports(directory: string, run: Run): Promise<void> {
  const verdicts = verdictsOf(run);
  await writeFile(join(directory, VERDICTS_FILE), `${JSON.stringify(verdicts, null, 2)}\n`);
  await writeFile(join(directory, JUNIT_FILE), junitOf(verdicts));
  await writeFile(join(directory, SUMMARY_FILE), summaryOf(verdicts));
  await writeFile(join(directory, PICTURE_FILE), pictureOf(verdicts));
  await writeAllureResults(join(directory, ALLURE_RESULTS), run);
  await reconcile(directory);
}
