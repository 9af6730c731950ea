import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Scenario } from '../report/catalogue';
import { countScenarios } from '../report/count';
import { needWritable, ReportFolder } from '../report/folder';
import { folderOf } from '../report/folder-name';
import { ReportError, readVerdicts, type Verdicts } from '../report/verdicts';
import { inScratch } from '../system/scratch';
import { findQemu } from '../target/inventory';
import { openTarget } from '../target/open';
import type { Target, TargetName, TargetOptions } from '../target/target';
import { type Selection, select } from './catalogue';
import { pathsOf, reportsHome, runFeatures } from './cucumber';
import { exitOfVerdicts, UsageError } from './exit';
import { findOut } from './expect';
import { firstOf, needTouched } from './first';
import { needUsed, usedBy } from './run-options';

const MOST_WORKERS = 8;
const SCENARIOS_PER_WORKER = 50;

export interface RunOptions extends Omit<TargetOptions, 'target' | 'bail' | 'quirks' | 'record'>, Selection {
  readonly target?: TargetName;
  readonly quirk?: readonly string[];
  readonly seed?: number;
  /** Processes that share the scenarios; as many as are worth it unless told. */
  readonly jobs?: number;
  /** Ends the run after so many failures. */
  readonly bail?: number | undefined;
  readonly output?: string;
  readonly json?: boolean;
  /** qtest: whether each failure gets a folder with a script that shows it. */
  readonly keep?: boolean;
}

/** Runs on the target that is named, else on the simulator and on a QEMU if there is one. Yields the exit status. */
export async function run(options: RunOptions): Promise<number> {
  const targets = await targetsOf(options);
  needUsed(targets, options);
  const { touching, ...selection } = options; // which says what comes first
  const scenarios = await select(selection);
  needTouched(scenarios, touching);
  const runs: Verdicts[] = [];
  for (const target of targets) {
    const output = options.output && (targets.length === 1 ? options.output : join(options.output, target));
    runs.push(await runOn(target, scenarios, { ...usedBy(target, options), ...(output && { output }) }));
  }
  if (options.json) console.log(JSON.stringify(runs.length === 1 ? runs[0] : runs, null, 2));
  return Math.max(...runs.map(({ totals }) => exitOfVerdicts(totals)));
}

async function targetsOf({ target, qemu, without, quirk, release, keep }: RunOptions): Promise<TargetName[]> {
  if (keep && target && target !== 'qtest') {
    throw new UsageError(`--keep is for --target qtest: on ${target} there is no QEMU that a script could drive`);
  }
  if (target) return [target];
  if (quirk || release) return ['simulator'];
  const found = await findQemu(qemu).catch((error: Error) => error);
  if (!(found instanceof Error)) return ['simulator', 'qtest'];
  if (qemu || without || found instanceof RangeError) throw found; // it is meant, or named by the environment
  console.error(`on the simulator alone: ${found.message}`);
  return ['simulator'];
}

/** Reports go where the options say. */
export async function runOn(
  target: TargetName,
  scenarios: readonly Scenario[],
  options: RunOptions,
): Promise<Verdicts> {
  const {
    qemu,
    without,
    platform,
    release,
    linux,
    quirk: quirks,
    guest,
    firmware,
    ssh,
    identity,
    allowChanges,
  } = options;
  const { machine } = options;
  const given = {
    target,
    qemu,
    without,
    platform,
    release,
    linux,
    quirks,
    guest,
    firmware,
    ssh,
    identity,
    allowChanges,
    machine,
  };
  const known = JSON.parse(JSON.stringify(given)) as TargetOptions; // what is not given is left out
  const { bail: after } = options;
  if (after === undefined) return runWith(known, scenarios, options);
  return inScratch(async (directory) => {
    const bail = { after, tally: join(directory, 'failures') };
    const verdicts = await runWith({ ...known, bail }, scenarios, options);
    const left = scenarios.length - verdicts.scenarios.length;
    if (left > 0) console.error(`ended after ${countOf(after, 'failure')}: ${countOf(left, 'scenario')} did not run`);
    return verdicts;
  });
}

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

async function runWith(
  parameters: TargetOptions,
  scenarios: readonly Scenario[],
  options: RunOptions,
): Promise<Verdicts> {
  const { seed, shard, json, touching, jobs } = options;
  const { target, bail } = parameters;
  const { output, close } = await begin(parameters, scenarios, options.output);
  try {
    const paths = pathsOf(scenarios);
    const reports = seed === undefined ? [output, reportsHome] : []; // the same order for the same seed
    const first = firstOf(scenarios, { target, touching, reports });
    const workers = jobs === undefined ? workersFor(target, scenarios.length) : jobs > 1 ? jobs : 0;
    await runFeatures({
      profile: target,
      paths,
      parameters,
      output,
      seed,
      shard,
      first,
      workers,
      quiet: json ?? false,
    });
  } finally {
    close();
  }
  const verdicts = await readVerdicts(output);
  if (options.keep && target === 'qtest') {
    const { qemu, linux, without } = options;
    const { keepFailures } = require('./keep') as typeof import('./keep');
    await keepFailures(verdicts, scenarios, output, { qemu, linux, without });
  }
  const lost = scenarios.filter(({ id }) => verdicts.scenarios.every((scenario) => scenario.id !== id));
  if (lost.length > 0 && !bail)
    throw new ReportError(`scenarios without a verdict: ${lost.map(({ id }) => id).join(', ')}`);
  return verdicts;
}

/**
 * Takes the folder for the reports, which is known before anything starts if it is given, and finds out what is expected of the
 * target. `close` gives up the folder, unless the reports are in it.
 */
async function begin(parameters: TargetOptions, scenarios: readonly Scenario[], given: string | undefined) {
  let folder = given === undefined ? undefined : ReportFolder.begin(given);
  if (!folder) needWritable(reportsHome);
  let target: Target | undefined;
  try {
    target = await openTarget(parameters); // scenarios get the same one
    const ids = scenarios.map(({ id }) => id);
    folder ??= ReportFolder.begin(join(reportsHome, folderOf(target.subject, ids, countScenarios())));
    await findOut(target.personalities, scenarios, parameters.machine);
    const { path } = folder;
    return { output: path, close: () => folder?.abandon() };
  } catch (error) {
    folder?.abandon();
    await target?.close();
    throw error;
  }
}

/** Beside one for each processor: while one process waits for its QEMU to say something, another one has work. */
const MORE_WORKERS = 1;

/**
 * How many processes are to share so many scenarios. Each takes a second to start, so only those that wait for a QEMU are
 * worth it, and only many of them; a guest keeps more than one processor busy by itself.
 */
export function workersFor(target: TargetName, scenarios: number): number {
  const processors = availableParallelism();
  const most = Math.min(processors + MORE_WORKERS, MOST_WORKERS, Math.floor(scenarios / SCENARIOS_PER_WORKER));
  return target === 'qtest' && processors > 1 && most > 1 ? most : 0;
}
