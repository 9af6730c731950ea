import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { after, type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'expect';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { QemuOffer } from '../ledger/offer';
import { MachineCrash } from '../machine/crash';
import { makeScratch } from '../system/scratch';
import { foundQemu } from '../testing/found-qemu';
import { Qemu } from './process';
import { QemuError } from './qemu-error';

const modules = compile();
after(() => rmSync(modules, { recursive: true }));

const ARGUMENTS = ['-machine', 'q35', '-nodefaults', '-no-user-config', '-display', 'none'];
const PATIENCE = 20_000;

const start = (offer: QemuOffer) => Qemu.start({ binary: offer.path, arguments: ARGUMENTS, qtest: true });

/** Whether there is a process of that id that has not ended; an orphan may wait long for its burial. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/stat') || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/** Resolves when a process that is not our child has ended. */
async function ended(pid: number): Promise<void> {
  const limit = Date.now() + PATIENCE / 2;
  while (runs(pid) && Date.now() < limit) await setTimeout(10);
  expect(runs(pid)).toBe(false);
}

test('after quit nothing of QEMU is left', { timeout: PATIENCE }, async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  const qemu = await start(offer);
  expect([runs(qemu.pid), existsSync(qemu.directory)]).toEqual([true, true]);
  await qemu.quit();
  expect([runs(qemu.pid), existsSync(qemu.directory)]).toEqual([false, false]);
  await qemu.quit();
});

test('a QEMU that does not end when asked to is made to', { timeout: PATIENCE }, async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  const qemu = await start(offer);
  t.after(() => runs(qemu.pid) && process.kill(qemu.pid, 'SIGKILL'));
  process.kill(qemu.pid, 'SIGSTOP');
  await qemu.quit(50);
  expect(await qemu.ended).toBe('it was ended by SIGKILL');
  expect([runs(qemu.pid), existsSync(qemu.directory)]).toEqual([false, false]);
});

test('when QEMU is killed, commands fail with its end and its command line, and nothing is left', {
  timeout: PATIENCE,
}, async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  const qemu = await start(offer);
  const commands = Array.from({ length: 5000 }, (_, i) => qemu.qtest.command(`readl ${4 * i}`));
  const outcomes = Promise.allSettled([...commands, qemu.qmp.execute('query-status')]);
  process.kill(qemu.pid, 'SIGKILL');
  const error = (await outcomes).at(-1) as PromiseRejectedResult;
  const how = 'it was ended by SIGKILL';
  expect(error.reason).toEqual(new QemuError(`query-status: no reply from QEMU: ${how}\n${qemu.commandLine}`));
  await expect(qemu.qtest.command('readl 0')).rejects.toThrow(`readl 0: no reply from QEMU: ${how}`);
  await qemu.quit();
  expect([runs(qemu.pid), existsSync(qemu.directory)]).toEqual([false, false]);
});

test('a QEMU that ends itself has crashed', { timeout: PATIENCE }, async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  const qemu = await start(offer);
  const outcome = expect(qemu.qmp.event('RESET')).rejects.toThrow(MachineCrash);
  process.kill(qemu.pid, 'SIGABRT');
  await outcome;
  await expect(qemu.qtest.command('readl 0')).rejects.toThrow('the machine was ended by SIGABRT');
});

test('a QEMU that does not start is explained by its own words, and nothing is left', {
  timeout: PATIENCE,
}, async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  const binary = offer.path;
  const options = { binary, arguments: [...ARGUMENTS, '-device', 'cxl-nothing'], qtest: true };
  await expect(Qemu.start(options)).rejects.toThrow(
    /^QEMU did not start: .*'cxl-nothing' is not a valid device model name\nit ended with exit status 1\n.* -device cxl-nothing/,
  );
});

const ends: { title: string; code: string; signal?: NodeJS.Signals; status: number | null }[] = [
  { title: 'has nothing left to do', code: '', status: 0 },
  { title: 'exits', code: 'process.exit(3)', status: 3 },
  { title: 'throws', code: "throw new Error('a mistake')", status: 1 },
  { title: 'gets SIGINT', code: 'setInterval(() => {}, 1000)', signal: 'SIGINT', status: null },
  { title: 'gets SIGTERM', code: 'setInterval(() => {}, 1000)', signal: 'SIGTERM', status: null },
  { title: 'gets SIGHUP', code: 'setInterval(() => {}, 1000)', signal: 'SIGHUP', status: null },
  {
    title: 'gets SIGTERM and ends in its own way',
    code: "setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(4))",
    signal: 'SIGTERM',
    status: 4,
  },
];

for (const { title, code, signal, status } of ends) {
  test(`when the process that started it ${title}, nothing of QEMU is left`, { timeout: PATIENCE }, async (t) => {
    const offer = await foundQemu(t);
    if (!offer) return;
    const { pid, directory, child } = await startIn(t, offer, code);
    if (signal) child.kill(signal);
    expect(await once(child, 'exit')).toEqual([status, status === null ? signal : null]);
    await ended(pid);
    expect(existsSync(directory)).toBe(false);
  });
}

test('when the process that started it is killed, QEMU ends where the kernel can be asked for that', {
  timeout: PATIENCE,
}, async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  if (spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status !== 0) {
    t.skip('setpriv of util-linux is not installed');
    return;
  }
  const { pid, directory, child } = await startIn(t, offer, 'setInterval(() => {}, 1000)');
  child.kill('SIGKILL');
  await ended(pid);
  rmSync(directory, { recursive: true });
});

/** Another Node process, that starts a QEMU and then runs `code`. */
async function startIn(context: TestContext, { path: binary }: QemuOffer, code: string) {
  const scratch = makeScratch();
  context.after(() => rmSync(scratch, { recursive: true }));
  const options = JSON.stringify({ binary, arguments: ARGUMENTS, qtest: true });
  const script = `require('./process').Qemu.start(${options}).then(({ pid, directory }) => {
    console.log(JSON.stringify({ pid, directory }));
    ${code}
  })`;
  const child = spawn(process.execPath, ['--eval', script], {
    cwd: join(modules, 'qemu'),
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  context.after(() => child.kill('SIGKILL'));
  const line = await once(createInterface({ input: child.stdout }), 'line');
  const { pid, directory }: { pid: number; directory: string } = JSON.parse(`${line}`);
  expect(dirname(directory)).toBe(scratch);
  return { pid, directory, child };
}

/** This folder's modules and what they import, in JavaScript, in another one: a process takes seconds to load TypeScript. */
function compile(): string {
  const folder = makeScratch();
  for (const layer of ['qemu', 'machine', 'system']) {
    const [from, to] = [join(__dirname, '..', layer), join(folder, layer)];
    mkdirSync(to);
    const sources = readdirSync(from).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    for (const name of sources) {
      const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
      const { outputText } = transpileModule(readFileSync(join(from, name), 'utf8'), { compilerOptions });
      writeFileSync(join(to, name.replace(/ts$/, 'js')), outputText);
    }
  }
  return folder;
}
