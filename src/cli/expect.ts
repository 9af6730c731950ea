/** What scenarios do on the simulator as a QEMU release: what a run on a QEMU of that release is judged by. */
import type { Finding } from '../ledger/judgement';
import { DEFAULT_LINUX } from '../ledger/linux';
import { type Personality, personalitiesOf } from '../ledger/personality';
import type { PlatformName } from '../ledger/platforms';
import { releaseNamed } from '../ledger/release';
import type { Scenario } from '../report/catalogue';
import { ReportError } from '../report/verdicts';
import { keepFindings, knownFindings } from '../target/expectations';
import { select } from './catalogue';
import { EXIT } from './exit';
import { Stage } from './stage';

interface ExpectOptions {
  readonly release: string;
  readonly linux?: string;
  readonly platform?: PlatformName;
}

/** Finds it out for all scenarios. */
export async function expect({ release, linux = DEFAULT_LINUX, platform }: ExpectOptions): Promise<number> {
  await findOut(personalitiesOf(releaseNamed(release), linux, '', platform), await select({}));
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
  { name, release, linux, platform }: Personality,
  scenarios: readonly Scenario[],
  machine: readonly string[] | undefined,
) {
  const simulator = {
    linux,
    record: true,
    ...(release && { release }),
    ...(platform && { platform }),
    ...(machine && { machine }),
  };
  const stage = await Stage.of(scenarios);
  const found: Record<string, readonly Finding[]> = {};
  const ids = scenarios.map(({ id }) => id);
  await stage.run(ids, simulator, (i, verdict, _, judgement) => {
    const id = `${ids[i]}`;
    if (!judgement || verdict === 'broken')
      throw new ReportError(`what ${id} does on ${name} cannot be found out: ${judgement?.reason ?? 'it has no end'}`);
    found[id] = judgement.findings;
  });
  return found;
}
