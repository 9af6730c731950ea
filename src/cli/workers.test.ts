/** Processes that share the scenarios of a run, as they end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'expect';
import { findQemu } from '../target/inventory';
import { workersFor } from './run';

const MANY = 1000;

test('few scenarios are not shared, nor those that keep their processor busy', () => {
  expect(workersFor('qtest', 99)).toBe(0);
  expect(workersFor('simulator', MANY)).toBe(0);
  expect(workersFor('guest', MANY)).toBe(0);
});

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`nothing is left of a run that is shared and ended by ${signal}`, { timeout: 60_000 }, async (context) => {
    const shared = await sharedRun(context);
    if (!shared) return;
    const { child, scratch, said } = shared;
    child.kill(signal);
    await once(child, 'close');
    while (machinesIn(scratch) > 0) await pause(50);
    expect(said()).toBe('');
  });
}

interface SharedRun {
  readonly child: ChildProcess;
  readonly scratch: string;
  /** What it and its processes have written to standard error. */
  readonly said: () => string;
}

/** A run on QEMU whose machines have their directories in `scratch`; it has started the first. */
async function sharedRun(context: TestContext): Promise<SharedRun | undefined> {
  const qemu = await findQemu().catch((error: Error) => context.skip(error.message));
  if (!qemu) return undefined;
  if (workersFor('qtest', MANY) === 0) {
    context.skip('this machine has a single processor');
    return undefined;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-'));
  const output = mkdtempSync(join(tmpdir(), 'cxl-conformance-'));
  const args = [join(__dirname, 'main.js'), 'run', '--target', 'qtest', '--qemu', qemu.path, '--output', output];
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

/** Directories of QEMUs. */
const machinesIn = (scratch: string): number =>
  readdirSync(scratch).filter((name) => name.startsWith('cxl-conformance-')).length;
