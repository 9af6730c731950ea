/**
 * `npm run bench`: what the suite costs, as ratios measured in this run.
 *
 *   npm run bench -- [--qemu QEMU]... [--guest IMAGE]
 *
 * The lane of each QEMU that is named is measured; the guest's figure takes minutes, so only for an image that is named, on the first.
 */

import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { readVerdicts, type Verdicts } from '../report/verdicts';
import { inScratch } from '../system/scratch';
import { findQemu, startAndQuit } from '../target/inventory';
import { openTarget } from '../target/open';
import type { TargetOptions } from '../target/target';
import { select } from './catalogue';
import { reportsHome, runFeatures } from './cucumber';
import { findOut } from './expect';
import { workersFor } from './run';

const REPEATS = 3;

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly detail: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { qemu: { type: 'string', multiple: true }, guest: { type: 'string' } } });
  const named = await Promise.all((values.qemu ?? []).map((each) => findQemu(each))); // one that is not there is a mistake
  const qemus = named.length > 0 ? named : await found();
  const figures = await simulator();
  for (const { path } of qemus) figures.push(...(await qtest(path)));
  if (qemus[0] && values.guest) figures.push(await guest(qemus[0].path, values.guest));
  for (const { what, value, limit, detail } of figures) {
    console.log(`${value.toFixed(2).padStart(6)}  ${what} (at most ${limit}): ${detail}`);
  }
  process.exitCode = figures.every(({ value, limit }) => value <= limit) ? 0 : 1;
}

/** The QEMU that needs no option to be found; none if there is none. */
async function found(): Promise<{ readonly path: string }[]> {
  try {
    return [await findQemu()];
  } catch (error) {
    console.log(`qtest is not measured: ${(error as Error).message}`);
    return [];
  }
}

async function simulator(): Promise<Figure[]> {
  const command = (...more: string[]) => {
    const args = [
      join(__dirname, 'main.js'),
      'run',
      '--target',
      'simulator',
      '--output',
      outputOf('start-up'),
      ...more,
    ];
    return secondsOf(() => execa(process.execPath, args));
  };
  const whole = await command();
  const single = [];
  for (let i = 0; i < REPEATS; i++) single.push(await command('--id', 'E820-1.2'));
  const { verdicts } = await run({ target: 'simulator' });
  const times = verdicts.scenarios.map(({ duration_ms }) => duration_ms);
  const slowest = `${Math.max(...times)} ms at most`;
  return [
    {
      what: 's for the simulator lane, start-up included',
      value: whole,
      limit: 15,
      detail: `${times.length} scenarios`,
    },
    { what: 's for one simulator scenario, start-up included', value: median(single), limit: 0.7, detail: 'E820-1.2' },
    { what: 'ms per simulator scenario, median', value: median(times), limit: 10, detail: slowest },
  ];
}

/** Scenarios against starting and quitting the QEMU that they ran on; those that no QEMU could run do not count. */
async function qtest(qemu: string): Promise<Figure[]> {
  const { cold, warm } = await expectations(qemu);
  const { verdicts, seconds } = await run({ target: 'qtest', qemu });
  const ran = verdicts.scenarios.filter(({ verdict }) => verdict !== 'not-applicable');
  const starts: number[] = [];
  for (let i = 0; i < REPEATS; i++) starts.push(...(await startAndQuit(qemu)));
  const once = median(starts) / 1000;
  const ratios = ran.map(({ duration_ms }) => duration_ms / 1000 / once);
  const what = 'times start and quit';
  const detail = `QEMU ${verdicts.qemu}, ${ran.length} scenarios on ${verdicts.machines} starts, ${(once * 1000).toFixed(0)} ms to start and quit one`;
  return [
    {
      what: `${what} once per scenario, the whole qtest lane`,
      value: seconds / once / ran.length,
      limit: 0.75,
      detail,
    },
    { what: `${what}, per qtest scenario, median`, value: median(ratios), limit: 2, detail },
    {
      what: 'of the qtest lane, to find out what is expected',
      value: cold / seconds,
      limit: 0.15,
      detail: `QEMU ${verdicts.qemu}, cold`,
    },
    {
      what: 'of the qtest lane, to look up what is expected',
      value: warm / seconds,
      limit: 0.01,
      detail: `QEMU ${verdicts.qemu}, warm`,
    },
  ];
}

/** How long it takes to find out what is expected of a QEMU where nothing is known, and again where all is. In seconds. */
async function expectations(qemu: string): Promise<{ readonly cold: number; readonly warm: number }> {
  const { personalities, close } = await openTarget({ target: 'qtest', qemu });
  const scenarios = await select({});
  const find = () => secondsOf(() => findOut(personalities, scenarios));
  const cache = process.env['XDG_CACHE_HOME'];
  const cold = await inScratch(async (directory) => {
    process.env['XDG_CACHE_HOME'] = directory;
    return find();
  });
  if (cache === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = cache;
  await findOut(personalities, scenarios); // which the lane needs, too
  const warm = await find();
  await close();
  return { cold, warm };
}

async function guest(qemu: string, image: string): Promise<Figure> {
  const { verdicts, seconds } = await run({ target: 'guest', qemu, guest: image });
  const ran = verdicts.scenarios.filter(({ verdict }) => verdict !== 'not-applicable').length;
  const detail = `QEMU ${verdicts.qemu}, Linux ${verdicts.kernel}, ${verdicts.machines} boots for ${ran} scenarios in ${seconds.toFixed(0)} s`;
  return { what: 'boots per guest scenario', value: verdicts.machines / ran, limit: 0.2, detail };
}

/** `seconds` are those of the scenarios, without what the command itself costs. */
async function run(parameters: TargetOptions): Promise<{ verdicts: Verdicts; seconds: number }> {
  const output = outputOf(parameters.target);
  const workers = workersFor(parameters.target, (await select({})).length);
  const lane = { profile: parameters.target, paths: [], parameters, output, workers, quiet: true };
  const seconds = await secondsOf(() => runFeatures(lane));
  return { verdicts: await readVerdicts(output), seconds };
}

async function secondsOf(action: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await action();
  return (performance.now() - before) / 1000;
}

const outputOf = (name: string): string => join(reportsHome, 'bench', name);

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

main().catch((error: Error) => {
  console.error(`npm run bench: ${error.message}`);
  process.exitCode = 3;
});
