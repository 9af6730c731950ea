/**
 * Which scenarios each quirk makes fail, found out by running them on the simulator that has it. A quirk that nothing asks
 * for while a scenario runs cannot make it fail. Those that the kill list does not have for it are tried several at a time:
 * if it conforms, and each of them was asked for, none makes it fail; if it does not, fewer are tried.
 */
import type { KillList } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Verdict } from '../ledger/verdict';
import type { Scenario } from '../report/catalogue';
import { Stage } from './stage';

/** How many are tried at a time: more meet in more scenarios, and are then tried again. */
const TOGETHER = 8;

/** A scenario, to be run on a simulator with all of these quirks. */
export interface Trial {
  readonly id: string;
  readonly quirks: readonly QuirkName[];
}

type Asked = ReadonlyMap<string, ReadonlySet<QuirkName>>;

interface KillOptions {
  /** All unless told. */
  readonly names?: readonly QuirkName[];
  /** Whether each is tried alone, which takes several times as long and assumes nothing. */
  readonly singly?: boolean | undefined;
}

/** @throws Error if a scenario does not conform without a quirk */
export async function kills(scenarios: readonly Scenario[], options: KillOptions = {}): Promise<KillList> {
  const { names = Object.keys(quirks) as QuirkName[], singly } = options;
  const stage = await Stage.of(scenarios);
  const asked = await trace(stage, scenarios);
  const list = new Map(names.map((name) => [name, [] as string[]]));
  let trials = scenarios.flatMap(({ id, quirks: known }) => {
    const concerned = names.filter((name) => asked.get(id)?.has(name));
    return trialsOf(id, concerned, singly ? concerned : known);
  });
  while (trials.length > 0) {
    const again: Trial[] = [];
    await run(stage, trials, (trial, verdict, askedThen) => {
      const [quirk] = trial.quirks;
      if (trial.quirks.length > 1) again.push(...closer(trial, verdict, askedThen));
      else if (quirk && verdict !== 'conforms') list.get(quirk)?.push(trial.id);
    });
    trials = again;
  }
  return list;
}

/** Those to be tried alone, and the others some at a time, never with their neighbours in the ledger, which are of one kind. */
export function trialsOf(id: string, concerned: readonly QuirkName[], alone: readonly string[]): Trial[] {
  const others = concerned.filter((name) => !alone.includes(name));
  const groups = Math.ceil(others.length / TOGETHER);
  const grouped = Array.from({ length: groups }, (_, group) => others.filter((_, i) => i % groups === group));
  const single = concerned.filter((name) => alone.includes(name)).map((name) => [name]);
  return [...single, ...grouped].map((together) => ({ id, quirks: together }));
}

/** What is left to try after several quirks were: halves if it failed, else alone those that others kept from being asked for. */
export function closer({ id, quirks }: Trial, verdict: Verdict, asked: ReadonlySet<QuirkName>): Trial[] {
  const half = Math.ceil(quirks.length / 2);
  const parts =
    verdict === 'conforms'
      ? quirks.filter((name) => !asked.has(name)).map((name) => [name])
      : [quirks.slice(0, half), quirks.slice(half)];
  return parts.map((part) => ({ id, quirks: part }));
}

/** For each scenario the quirks that something asks for while it runs: it cannot fail by any other. */
async function trace(stage: Stage, scenarios: readonly Scenario[]): Promise<Asked> {
  const asked = new Map<string, ReadonlySet<QuirkName>>();
  const bare = scenarios.map(({ id }) => ({ id, quirks: [] }));
  await run(stage, bare, ({ id }, verdict, askedThen) => {
    if (verdict !== 'conforms')
      throw new Error(`${id} does not conform on a simulator without a quirk: run --id ${id}`);
    asked.set(id, new Set(askedThen));
  });
  return asked;
}

type Tell = (trial: Trial, verdict: Verdict, asked: ReadonlySet<QuirkName>) => void;

/** Runs trials, those with the same quirks on the same simulator; each has a machine of its own, so that it asks for all that matters to it. */
async function run(stage: Stage, trials: readonly Trial[], tell: Tell): Promise<void> {
  const bySimulator = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = trial.quirks.join(' ');
    bySimulator.set(key, [...(bySimulator.get(key) ?? []), trial]);
  }
  for (const alike of bySimulator.values()) {
    const ids = alike.map(({ id }) => id);
    await stage.run(ids, { quirks: alike[0]?.quirks ?? [], unshared: true }, (i, verdict, asked) => {
      const trial = alike[i];
      if (trial) tell(trial, verdict, asked);
    });
  }
}
