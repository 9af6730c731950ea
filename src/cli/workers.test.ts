/** Processes that share the scenarios of a run, as they end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'expect';
import { readVerdicts } from '../report/verdicts';
import { makeScratch } from '../system/scratch';
import { findQemu } from '../target/inventory';
import { assignment } from './cucumber';
import { EXIT } from './exit';
import { workersFor } from './run';

const MANY = 1000;

test('few scenarios are not shared, nor those that keep their processor busy', () => {
  expect(workersFor('qtest', 99)).toBe(0);
  expect(workersFor('simulator', MANY)).toBe(0);
  expect(workersFor('guest', MANY)).toBe(0);
});

test('a process goes on with its feature while there are more features than processes', () => {
  const scenario = { uri: 'features/a.feature' };
  const others = [{ uri: 'features/b.feature' }];
  const features = ['a', 'b', 'c'].map((name) => `features/${name}.feature:7:9`);
  for (const paths of [[], features]) {
    expect(assignment({ paths, workers: 2 })(scenario, others)).toBe(true);
    expect(assignment({ paths, workers: 2 })(scenario, [...others, scenario])).toBe(false);
  }
  expect(assignment({ paths: features, workers: 3 })(scenario, [...others, scenario])).toBe(true);
});

test('features of many scenarios come first where processes share them, and others in their order', () => {
  const planned = ['a:1', 'b:1', 'b:2', 'c:1'].map((place) => {
    const [uri = '', line] = place.split(':');
    return { pickle: { uri }, location: { line: Number(line) } };
  });
  const ordered = (options: object): string[] => {
    let found: typeof planned = [];
    const transform = (_: string, order: (all: typeof planned) => typeof planned) => {
      found = order(planned);
    };
    require('./order.js').coordinator({ transform, options });
    return found.map(({ pickle, location }) => `${pickle.uri}:${location.line}`);
  };
  expect(ordered({ largestFirst: true })).toEqual(['b:1', 'b:2', 'a:1', 'c:1']);
  expect(ordered({ places: ['c:1'], largestFirst: true })).toEqual(['c:1', 'b:1', 'b:2', 'a:1']);
  expect(ordered({ places: ['b:2'] })).toEqual(['b:2', 'a:1', 'b:1', 'c:1']);
});

for (const [signal, words] of [
  ['SIGTERM', /^interrupted (before the first scenario|after \d+ of \d+ scenarios: [^\n]*)\n$/],
  ['SIGKILL', /^$/],
] as const) {
  test(`nothing is left of a run that is shared and ended by ${signal}`, { timeout: 60_000 }, async (context) => {
    const shared = await sharedRun(context);
    if (!shared) return;
    const { child, scratch, said } = shared;
    child.kill(signal);
    await once(child, 'close');
    while (machinesIn(scratch) > 0) await pause(50);
    expect(said()).toMatch(words);
  });
}

test('a QEMU that is gone when the processes start breaks the scenarios, in one sentence', {
  timeout: 120_000,
}, async (context) => {
  const qemu = await qemuToShare(context);
  if (!qemu) return;
  const scratch = makeScratch();
  context.after(() => rmSync(scratch, { recursive: true }));
  const binary = join(scratch, 'qemu-system-x86_64');
  const once = `#!/bin/sh\n[ -e ${scratch}/ran ] && exit 3\ntouch ${scratch}/ran\nexec ${qemu} "$@"\n`;
  writeFileSync(binary, once, { mode: 0o755 });
  const args = [join(__dirname, 'main.js'), 'run', '--target', 'qtest', '--qemu', binary, '--output', scratch];
  const { exitCode, stderr } = await execa('node', args, { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: EXIT.broken, stderr: '' });
  const { scenarios } = await readVerdicts(scratch);
  expect(scenarios.filter(({ reason }) => !reason?.includes('is not a QEMU that runs here'))).toEqual([]);
});

interface SharedRun {
  readonly child: ChildProcess;
  readonly scratch: string;
  /** What it and its processes have written to standard error. */
  readonly said: () => string;
}

/** A run on QEMU whose machines have their directories in `scratch`; it has started the first. */
async function sharedRun(context: TestContext): Promise<SharedRun | undefined> {
  const qemu = await qemuToShare(context);
  if (!qemu) return undefined;
  const scratch = makeScratch();
  const output = makeScratch();
  const args = [join(__dirname, 'main.js'), 'run', '--target', 'qtest', '--qemu', qemu, '--output', output];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  context.after(() => {
    child.kill('SIGKILL');
    for (const directory of [scratch, output]) rmSync(directory, { recursive: true });
  });
  while (machinesIn(scratch) < 2) await pause(50); // a single one is that of the QEMU that is asked what it has
  return { child, scratch, said: () => stderr };
}

/** The QEMU that is found. Skips the test, with the reason, where there is none, or where nothing is shared. */
async function qemuToShare(context: TestContext): Promise<string | undefined> {
  const found = await findQemu().catch((error: Error) => error);
  if (!(found instanceof Error) && workersFor('qtest', MANY) > 0) return found.path;
  context.skip(found instanceof Error ? found.message : 'this machine has a single processor');
  return undefined;
}

/** Directories of QEMUs. */
const machinesIn = (scratch: string): number =>
  readdirSync(scratch).filter((name) => name.startsWith('cxl-conformance-')).length;

test('a run that has a channel to the process that started it ends by itself', { timeout: 60_000 }, async () => {
  const scratch = makeScratch();
  try {
    const args = ['run', '--target', 'simulator', '--id', 'E820-1.2', '--output', join(scratch, 'run')];
    const { exitCode, timedOut } = await execa(process.execPath, [join(__dirname, 'main.js'), ...args], {
      ipc: true,
      reject: false,
      timeout: 20_000,
    });
    expect({ exitCode, timedOut }).toEqual({ exitCode: 0, timedOut: false });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
