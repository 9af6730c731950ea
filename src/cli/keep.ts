/** A folder for each failure of a run by qtest, with the script that shows it without this suite. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../report/catalogue';
import { FAILURES } from '../report/files';
import type { Verdicts } from '../report/verdicts';
import { NoReproducer, type ReproductionOptions, reproduction } from './reproduction';

/** For how long one script may be cut down, and all of them together; those behind are not. In ms. */
const EACH = 10_000;
const ALL = 300_000;

/** Below the folder of the run's reports; slashes in ids of rows become dashes. */
export const failureFolder = (output: string, id: string): string => join(output, FAILURES, id.replace('/', '-'));

/** Writes `failures/ID/reproduce.sh`, new failures first; and says in `reproduce.txt` why there is none. */
export async function keepFailures(
  verdicts: Verdicts,
  scenarios: readonly Scenario[],
  output: string,
  options: Omit<ReproductionOptions, 'limit'>,
): Promise<void> {
  const failed = (verdict: string) => verdicts.scenarios.filter((each) => each.verdict === verdict);
  const until = Date.now() + ALL;
  for (const { id } of [...failed('fails'), ...failed('known')]) {
    const scenario = scenarios.find((each) => each.id === id);
    if (!scenario) continue;
    const limit = Math.max(0, Math.min(EACH, until - Date.now()));
    const made = await reproduction(scenario, { ...options, limit }).catch((error: Error) => {
      if (error instanceof NoReproducer) return error;
      throw error;
    });
    const folder = failureFolder(output, id);
    mkdirSync(folder, { recursive: true });
    if (made instanceof NoReproducer) writeFileSync(join(folder, 'reproduce.txt'), `${made.message}\n`);
    else {
      writeFileSync(join(folder, 'reproduce.sh'), made.script);
      chmodSync(join(folder, 'reproduce.sh'), 0o755);
    }
  }
}
