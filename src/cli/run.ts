import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Scenario } from '../report/catalogue';
import { countScenarios } from '../report/count';
import { needWritable, ReportFolder } from '../report/folder';
import { folderOf } from '../report/folder-name';
import { ReportError, readVerdicts, type Verdicts } from '../report/verdicts';
import { findQemu } from '../target/inventory';
import { openTarget } from '../target/open';
import type { Target, TargetName, TargetOptions } from '../target/target';
import { type Selection, select } from './catalogue';
import { pathsOf, root, runFeatures } from './cucumber';
import { exitOfVerdicts } from './exit';
import { findOut } from './expect';

/** Where runs leave their folders, unless another one is named. */
export const REPORTS = join(root, 'reports');

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
  const scenarios = await select(options);
  const runs: Verdicts[] = [];
  const targets = await targetsOf(options);
  for (const target of targets) {
    const output = options.output && (targets.length === 1 ? options.output : join(options.output, target));
    runs.push(await runOn(target, scenarios, { ...options, ...(output && { output }) }));
  }
  if (options.json) console.log(JSON.stringify(runs.length === 1 ? runs[0] : runs, null, 2));
  return Math.max(...runs.map(({ totals }) => exitOfVerdicts(totals)));
}

async function targetsOf({ target, qemu, quirk, release }: RunOptions): Promise<TargetName[]> {
  if (target) return [target];
  if (quirk || release) return ['simulator'];
  const found = await findQemu(qemu).catch((error: Error) => error);
  if (!(found instanceof Error)) return ['simulator', 'qtest'];
  if (qemu) throw found;
  console.error(`on the simulator alone: ${found.message}`);
  return ['simulator'];
}

async function runOn(target: TargetName, scenarios: readonly Scenario[], options: RunOptions): Promise<Verdicts> {
  const { qemu, without, release, linux, quirk: quirks, guest, firmware, ssh, identity, allowChanges } = options;
  const { seed, json } = options;
  const given = { target, qemu, without, release, linux, quirks, guest, firmware, ssh, identity, allowChanges };
  const parameters = JSON.parse(JSON.stringify(given)) as TargetOptions; // what is not given is left out
  const { output, close } = await begin(parameters, scenarios, options.output);
  try {
    const paths = pathsOf(scenarios);
    const workers = workersFor(target, scenarios.length);
    await runFeatures({ profile: target, paths, parameters, output, seed, workers, quiet: json ?? false });
  } finally {
    close();
  }
  const verdicts = await readVerdicts(output);
  const lost = scenarios.filter(({ id }) => verdicts.scenarios.every((scenario) => scenario.id !== id));
  if (lost.length > 0) throw new ReportError(`scenarios without a verdict: ${lost.map(({ id }) => id).join(', ')}`);
  return verdicts;
}

/**
 * Takes the folder for the reports, which is known before anything starts if it is given, and finds out what is expected of the
 * target. `close` gives up the folder, unless the reports are in it.
 */
async function begin(parameters: TargetOptions, scenarios: readonly Scenario[], given: string | undefined) {
  let folder = given === undefined ? undefined : ReportFolder.begin(given);
  if (!folder) needWritable(REPORTS);
  let target: Target | undefined;
  try {
    target = await openTarget(parameters); // scenarios get the same one
    const ids = scenarios.map(({ id }) => id);
    folder ??= ReportFolder.begin(join(REPORTS, folderOf(target.subject, ids, countScenarios())));
    await findOut(target.personalities, scenarios);
    const { path } = folder;
    return { output: path, close: () => folder?.abandon() };
  } catch (error) {
    folder?.abandon();
    await target?.close();
    throw error;
  }
}

/**
 * How many processes are to share so many scenarios. Each takes a second to start, so only those that wait for a QEMU are
 * worth it, and only many of them; a guest keeps more than one processor busy by itself.
 */
export function workersFor(target: TargetName, scenarios: number): number {
  const most = Math.min(availableParallelism(), MOST_WORKERS, Math.floor(scenarios / SCENARIOS_PER_WORKER));
  return target === 'qtest' && most > 1 ? most : 0;
}
