import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Scenario } from '../report/catalogue';
import { ReportError, readVerdicts, type Verdicts } from '../report/verdicts';
import { findQemu } from '../target/inventory';
import { openTarget } from '../target/open';
import type { TargetName, TargetOptions } from '../target/target';
import { type Selection, select } from './catalogue';
import { pathsOf, reportsHome, runFeatures } from './cucumber';
import { exitOfVerdicts } from './exit';
import { findOut } from './expect';
import { needUsed, usedBy } from './run-options';

const MOST_WORKERS = 8;
const SCENARIOS_PER_WORKER = 50;

export interface RunOptions extends Omit<TargetOptions, 'target' | 'quirks' | 'record'>, Selection {
  readonly target?: TargetName;
  readonly quirk?: readonly string[];
  readonly seed?: number;
  readonly output?: string;
  readonly json?: boolean;
}

/** Runs on the target that is named, else on the simulator and on a QEMU if there is one. Yields the exit status. */
export async function run(options: RunOptions): Promise<number> {
  const targets = await targetsOf(options);
  needUsed(targets, options);
  const scenarios = await select(options);
  const runs: Verdicts[] = [];
  for (const target of targets) runs.push(await runOn(target, scenarios, usedBy(target, options)));
  if (options.json) console.log(JSON.stringify(runs.length === 1 ? runs[0] : runs, null, 2));
  return Math.max(...runs.map(({ totals }) => exitOfVerdicts(totals)));
}

async function targetsOf({ target, qemu, without, quirk, release }: RunOptions): Promise<TargetName[]> {
  if (target) return [target];
  if (quirk || release) return ['simulator'];
  const found = await findQemu(qemu).catch((error: Error) => error);
  if (!(found instanceof Error)) return ['simulator', 'qtest'];
  if (qemu || without || found instanceof RangeError) throw found; // it is meant, or named by the environment
  console.error(`on the simulator alone: ${found.message}`);
  return ['simulator'];
}

async function runOn(target: TargetName, scenarios: readonly Scenario[], options: RunOptions): Promise<Verdicts> {
  const { qemu, without, release, linux, quirk: quirks, guest, firmware, ssh, identity, allowChanges } = options;
  const { seed, json } = options;
  const given = { target, qemu, without, release, linux, quirks, guest, firmware, ssh, identity, allowChanges };
  const parameters = JSON.parse(JSON.stringify(given)) as TargetOptions; // what is not given is left out
  const { personalities } = await openTarget(parameters); // scenarios get the same one; if it cannot be had, nothing has been written yet
  await findOut(personalities, scenarios);
  const output = options.output ?? join(reportsHome, target);
  const paths = pathsOf(scenarios);
  const workers = workersFor(target, scenarios.length);
  await runFeatures({ profile: target, paths, parameters, output, seed, workers, quiet: json ?? false });
  const verdicts = await readVerdicts(output);
  const lost = scenarios.filter(({ id }) => verdicts.scenarios.every((scenario) => scenario.id !== id));
  if (lost.length > 0) throw new ReportError(`scenarios without a verdict: ${lost.map(({ id }) => id).join(', ')}`);
  return verdicts;
}

/**
 * How many processes are to share so many scenarios. Each takes a second to start, so only those that wait for a QEMU are
 * worth it, and only many of them; a guest keeps more than one processor busy by itself.
 */
export function workersFor(target: TargetName, scenarios: number): number {
  const most = Math.min(availableParallelism(), MOST_WORKERS, Math.floor(scenarios / SCENARIOS_PER_WORKER));
  return target === 'qtest' && most > 1 ? most : 0;
}
