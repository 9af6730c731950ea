/**
 * `npm test`: type check, lint, unit tests, the simulator lane, and the other lanes where their parts are present.
 *
 *   npm test -- [--qtest QEMU]... [--guest IMAGE=QEMU]... [--require]
 *
 * Without options: qtest on the QEMU that is found and on one for Arm that is unpacked; guest on the first of them, with the first
 * image that is found.
 * With --require a lane that cannot run is a failure.
 */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { runsBelow } from '../report/runs';
import { makeScratch } from '../system/scratch';
import { findQemu, guestArchitectureOf, guestImages, knownQemus, platformOfProgram } from '../target/inventory';
import { reportsHome, root } from './cucumber';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Lane {
  readonly args: readonly string[];
  /** Of a guest lane: the environment of tests that need a guest. */
  readonly guest?: Record<string, string>;
}

const MAIN = join(__dirname, 'main.js');
/** What a reporter has written that did not come to its end. */
const NOTHING = '{ "passed": 0, "failed": 0, "skipped": 0, "failures": [] }';
const LOADED = ['--require', './src/system/typescript.js'];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      qtest: { type: 'string', multiple: true },
      guest: { type: 'string', multiple: true },
      require: { type: 'boolean', default: false },
    },
  });
  const counts: Count[] = [
    await command('type check', 'tsc', ['-p', '.']),
    await command('lint', 'biome', ['check', '--error-on-warnings']),
    await tests('unit tests', testFiles()),
  ];
  const { lanes, leftOut } = await lanesOf(values.qtest, values.guest);
  for (const lane of lanes) {
    counts.push(await runLane(lane));
    if (lane.guest) counts.push(await tests('guests in trouble', ['target/guest-trouble.test.ts'], lane.guest));
    if (lane.guest) counts.push(await tests("on a user's machine", ['target/ssh-others.test.ts'], lane.guest));
  }
  for (const reason of leftOut) console.log(`left out: ${reason}`);
  if (values.require) counts.push({ passed: 0, failed: leftOut.length, skipped: 0 });

  const total = counts.reduce((a, b) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }));
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 ? 1 : 0;
}

/** A command that counts as one test. */
async function command(name: string, program: string, args: readonly string[]): Promise<Count> {
  const { exitCode, all } = await execa(program, args, { cwd: root, preferLocal: true, reject: false, all: true });
  console.log(`${name}: ${exitCode === 0 ? 'passed' : `failed\n${all}`}`);
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

const testFiles = (): string[] =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .sort();

/** All files in one process, for loading TypeScript costs more than most of them. */
async function tests(name: string, files: readonly string[], env: Record<string, string> = {}): Promise<Count> {
  const path = join(makeScratch(), 'tests.json');
  const reporter = [
    `--test-reporter=${join(__dirname, '../testing/reporter.js')}`,
    `--test-reporter-destination=${path}`,
  ];
  const required = files.flatMap((file) => ['--require', `./src/${file}`]);
  const { exitCode, all } = await execa('node', [...LOADED, ...reporter, ...required, '-e', ''], {
    cwd: root,
    reject: false,
    all: true,
    env,
  });
  const { failures, ...count } = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text || NOTHING) as Count & { readonly failures: readonly string[] },
    () => JSON.parse(NOTHING),
  );
  const died = count.passed + count.failed === 0 || (exitCode !== 0 && count.failed === 0);
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  if (failures.length > 0) console.log(failures.join('\n\n'));
  if (died) console.log(all);
  return died ? { ...count, failed: count.failed + 1 } : count;
}

async function lanesOf(qtest?: readonly string[], guest?: readonly string[]) {
  const lanes: Lane[] = [{ args: ['--target', 'simulator'] }];
  const leftOut: string[] = [];
  const found = await findQemu().then(
    ({ path }) => path,
    (error: Error) => error,
  );
  const qemu = found instanceof Error ? undefined : found;
  const ours = qemu && guestArchitectureOf(platformOfProgram(qemu));
  const image = (await guestImages()).find(({ architecture }) => architecture === ours);

  const arm = (await knownQemus()).find(({ path }) => basename(path) === 'qemu-system-aarch64');
  const here = [...(qemu ? [qemu] : []), ...(arm ? [arm.path] : [])];
  for (const path of qtest ?? here) lanes.push({ args: ['--target', 'qtest', '--qemu', path] });
  if (!qtest && found instanceof Error) leftOut.push(`the qtest lane: ${found.message}`);

  for (const pair of guest ?? (qemu && image ? [`${image.name}=${qemu}`] : [])) {
    const [name = '', path = ''] = pair.split('=');
    lanes.push({
      args: ['--target', 'guest', '--guest', name, '--qemu', path],
      guest: { GUEST_IMAGE: name, GUEST_QEMU: path },
    });
  }
  if (!guest && !(qemu && image))
    leftOut.push(`the guest lane: ${qemu ? 'no image; npx cxl-conformance guest build makes one' : 'no QEMU'}`);
  return { lanes, leftOut };
}

async function runLane({ args }: Lane): Promise<Count> {
  const began = new Date().toISOString();
  const { exitCode } = await execa('node', [MAIN, 'run', ...args], { cwd: root, reject: false, stdio: 'inherit' });
  const [last] = await runsBelow(reportsHome);
  const totals = last && last.verdicts.started >= began ? last.verdicts.totals : undefined;
  if (!totals || exitCode === undefined || exitCode > 1) return { passed: 0, failed: 1, skipped: 0 };
  const passed = totals.conforms + totals.known;
  const failed = totals.fails + totals.fixed + totals.broken;
  return { passed, failed: Math.max(failed, exitCode), skipped: totals['not-applicable'] };
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(`npm test: ${error.message}`);
    process.exitCode = 3;
  },
);
