/** What scenarios do on the simulator as a QEMU release: what a run on a QEMU of that release is judged by. */
import { availableParallelism } from 'node:os';
import type { Envelope } from '@cucumber/messages';
import { DEFAULT_LINUX } from '../ledger/linux';
import { type Personality, personalitiesOf } from '../ledger/personality';
import { releaseNamed } from '../ledger/release';
import type { Scenario } from '../report/catalogue';
import { collect } from '../report/collect';
import { ReportError } from '../report/verdicts';
import { keepFindings, knownFindings } from '../target/expectations';
import type { TargetOptions } from '../target/target';
import { select } from './catalogue';
import { pathsOf, runFeatures } from './cucumber';
import { EXIT } from './exit';

/** So many are worth processes of their own. */
const MANY = 400;

interface ExpectOptions {
  readonly release: string;
  readonly linux?: string;
}

/** Finds it out for all scenarios. */
export async function expect({ release, linux = DEFAULT_LINUX }: ExpectOptions): Promise<number> {
  await findOut(personalitiesOf(releaseNamed(release), linux), await select({}));
  return EXIT.asExpected;
}

/** Finds out what is not known yet. */
export async function findOut(
  personalities: readonly Personality[],
  scenarios: readonly Scenario[],
  machine?: readonly string[],
): Promise<void> {
  for (const personality of personalities) {
    if (personality.release === undefined) continue;
    const known = knownFindings(personality, machine);
    const unknown = scenarios.filter(({ id }) => !known[id]);
    if (unknown.length > 0) keepFindings(personality, await record(personality, unknown, machine), machine);
  }
}

/** @throws ReportError if a scenario did not come to its end: that it found nothing would be taken for passing. */
async function record(
  { name, release, linux }: Personality,
  scenarios: readonly Scenario[],
  machine: readonly string[] | undefined,
) {
  const parameters: TargetOptions = {
    target: 'simulator',
    linux,
    record: true,
    ...(release && { release }),
    ...(machine && { machine }),
  };
  const messages: Envelope[] = [];
  const workers = scenarios.length < MANY ? 0 : Math.min(2, availableParallelism());
  const run = { profile: 'simulator', paths: pathsOf(scenarios), parameters, quiet: true, workers };
  await runFeatures(run, (message) => messages.push(message));
  const results = collect(messages).scenarios;
  const [broken] = results.filter(({ verdict }) => verdict === 'broken');
  if (broken) throw new ReportError(`what ${broken.id} does on ${name} cannot be found out: ${broken.reason}`);
  return Object.fromEntries(results.map(({ id, findings }) => [id, findings]));
}
