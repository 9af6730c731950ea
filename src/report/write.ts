import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAllureResults } from './allure';
import type { Run } from './collect';
import { ALLURE_RESULTS, JUNIT_FILE, PICTURE_FILE, SUMMARY_FILE } from './files';
import { junitOf } from './junit';
import { pictureOf } from './picture';
import { reconcile } from './reconcile';
import { summaryOf } from './summary';
import { VERDICTS_FILE, type Verdicts } from './verdicts';

/** All reports of a run but the messages, which are there already. @throws ReportError if their totals do not agree. */
export async function writeReports(directory: string, run: Run, verdicts: Verdicts): Promise<void> {
  await writeFile(join(directory, VERDICTS_FILE), `${JSON.stringify(verdicts, null, 2)}\n`);
  await writeFile(join(directory, JUNIT_FILE), junitOf(verdicts));
  await writeFile(join(directory, SUMMARY_FILE), summaryOf(verdicts));
  await writeFile(join(directory, PICTURE_FILE), pictureOf(verdicts));
  await writeAllureResults(join(directory, ALLURE_RESULTS), run);
  await reconcile(directory);
}
