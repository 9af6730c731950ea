/** Which scenarios each quirk makes fail, found out by running them on the simulator that has it. */
import type { KillList } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Scenario } from '../report/catalogue';
import { openTarget } from '../target/open';
import type { TargetOptions } from '../target/target';
import { pickleOf } from './catalogue';
import { loadDefinitions } from './cucumber';
import { type Rehearsed, rehearse, rehearsed } from './rehearsal';

type Definitions = Awaited<ReturnType<typeof loadDefinitions>>;

/** Of those quirks, all unless told. @throws Error if a scenario does not conform without a quirk */
export async function kills(
  scenarios: readonly Scenario[],
  names = Object.keys(quirks) as readonly QuirkName[],
): Promise<KillList> {
  const definitions = await loadDefinitions('simulator');
  const ready = scenarios.map((scenario) => {
    const { pickle, gherkinDocument } = pickleOf(scenario);
    return rehearsed(scenario.id, pickle, gherkinDocument, definitions);
  });
  const asked = await trace(ready, definitions);
  const list = new Map<string, string[]>();
  for (const name of names) {
    const concerned = ready.filter(({ id }) => asked.get(id)?.has(name));
    list.set(name, await killedBy(name, concerned, definitions));
  }
  return list;
}

/** For each scenario the quirks that something asks for while it runs: it cannot fail by any other. */
async function trace(scenarios: readonly Rehearsed[], definitions: Definitions) {
  const options = onSimulator();
  const { quirksAsked = new Set() } = await openTarget(options);
  const asked = new Map<string, ReadonlySet<QuirkName>>();
  quirksAsked.clear();
  await rehearse(scenarios, options, definitions, (id, verdict) => {
    if (verdict !== 'conforms')
      throw new Error(`${id} is ${verdict} on a simulator without a quirk; see run --id ${id}`);
    asked.set(id, new Set(quirksAsked));
    quirksAsked.clear();
  });
  return asked;
}

/** Ids of the scenarios that do not conform on a simulator with that quirk. */
async function killedBy(quirk: QuirkName, scenarios: readonly Rehearsed[], definitions: Definitions) {
  const killed: string[] = [];
  if (scenarios.length === 0) return killed;
  await rehearse(scenarios, onSimulator(quirk), definitions, (id, verdict) => {
    if (verdict !== 'conforms') killed.push(id);
  });
  return killed;
}

const onSimulator = (...quirks: QuirkName[]): TargetOptions => ({ target: 'simulator', quirks });
