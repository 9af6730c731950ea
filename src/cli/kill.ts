/** Which scenarios each quirk makes fail, found out by running them on the simulator that has it. */
import type { Envelope } from '@cucumber/messages';
import type { QuirkName } from '../ledger/quirks';
import { collect, type ScenarioResult } from '../report/collect';
import { openTarget } from '../target/open';
import type { TargetOptions } from '../target/target';
import { pathsOf, runFeatures } from './cucumber';

export interface TracedScenario extends ScenarioResult {
  /** The quirks that something asked for while it ran: it cannot fail by any other. */
  readonly asked: ReadonlySet<QuirkName>;
}

/** All scenarios, run on a simulator without a quirk. */
export async function trace(): Promise<TracedScenario[]> {
  const options = onSimulator();
  const target = await openTarget(options);
  const { quirksAsked = new Set() } = target;
  const messages: Envelope[] = [];
  const asked: ReadonlySet<QuirkName>[] = [];
  await runFeatures({ profile: 'simulator', paths: [], parameters: options, quiet: true }, (message) => {
    messages.push(message);
    if (message.testCaseStarted) quirksAsked.clear();
    if (message.testCaseFinished) asked.push(new Set(quirksAsked));
  });
  return collect(messages).scenarios.map((scenario, i) => ({ ...scenario, asked: asked[i] ?? new Set() }));
}

/** Ids of the scenarios that do not conform on a simulator with that quirk. */
export async function killedBy(quirk: QuirkName, scenarios: readonly TracedScenario[]): Promise<string[]> {
  const concerned = scenarios.filter(({ asked }) => asked.has(quirk));
  if (concerned.length === 0) return [];
  const messages: Envelope[] = [];
  const paths = pathsOf(concerned);
  await runFeatures({ profile: 'simulator', paths, parameters: onSimulator(quirk), quiet: true }, (message) =>
    messages.push(message),
  );
  return collect(messages).scenarios.flatMap(({ verdict, id }) => (verdict === 'conforms' ? [] : [id]));
}

const onSimulator = (...quirks: QuirkName[]): TargetOptions => ({ target: 'simulator', quirks });
