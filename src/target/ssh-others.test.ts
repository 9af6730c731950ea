/**
 * Nobody's data are lost: runs over SSH on a machine on which a user has settled; `npm test` names it where it runs a guest
 * lane. In the environment: GUEST_IMAGE and GUEST_QEMU.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'expect';
import { DIRECTORY } from '../guest/undo';
import { makeScratch } from '../system/scratch';
import { look, SETUP, settle, trustingSsh } from '../testing/users-machine';
import { openGuest } from './guest';
import type { GuestPlatform } from './guest-platform';
import type { Target } from './target';

const { GUEST_IMAGE: guest, GUEST_QEMU: qemu } = process.env;
const skip = guest && qemu ? false : 'no guest is named';
const MAIN = join(__dirname, '../cli/main.js');

/** Each of which does another thing beside what the user has. */
const SOME = ['ANY', 'SEVERAL-1', 'SEVERAL-3.1', 'SEVERAL-4'];

/** What a scenario may take to come as far as is waited for, and a machine to undo what it has done; in ms. */
const LIMIT = 180_000;
const POLL = 100;

let [target, machine, directory, path]: [Target?, GuestPlatform?, string?, string?] = [];
let seen: string[] = [];

const there = () => machine as GuestPlatform;

before(async () => {
  if (skip) return;
  directory = makeScratch();
  path = await trustingSsh(directory);
  target = await openGuest({ target: 'guest', ...(guest && { guest }), ...(qemu && { qemu }) });
  machine = (await target.powerOn(SETUP)) as GuestPlatform;
  await settle(machine);
  seen = await look(machine);
});

after(async () => {
  await target?.close();
  if (directory) await rm(directory, { recursive: true });
});

function run(...options: string[]) {
  const { ssh, identity } = there().reachedBy;
  const output = join(`${directory}`, 'reports');
  const args = ['run', '--target', 'ssh', '--ssh', ssh, '--identity', identity, '--output', output, ...options];
  return execa('node', [MAIN, ...args], { env: { PATH: `${path}` }, reject: false });
}

/** Verdicts by id, with their reasons. */
async function verdicts(...options: string[]): Promise<Record<string, string>> {
  const { stderr } = await run(...options);
  const text = await readFile(join(`${directory}`, 'reports/verdicts.json'), 'utf8').catch(() => '');
  if (text === '') throw new Error(`no verdicts: ${stderr}`);
  const { scenarios } = JSON.parse(text) as { scenarios: { id: string; verdict: string; reason?: string }[] };
  return Object.fromEntries(
    scenarios.map(({ id, verdict, reason }) => [id, [verdict, reason].filter(Boolean).join(': ')]),
  );
}

const untouched = async () => expect(await look(there())).toEqual(seen);

test('without --allow-changes a run looks, and changes nothing', { skip }, async () => {
  const {
    'ANY-1.1': tables,
    'ANY-2.1': windows,
    'SEVERAL-1.1': region,
  } = await verdicts('--id', 'ANY', '--id', 'SEVERAL-1.1');
  expect({ tables, windows }).toEqual({ tables: 'conforms', windows: 'conforms' });
  expect(region).toMatch('not-applicable: the scenario changes the machine');
  await untouched();
});

test('with --allow-changes all that applies runs beside what the user has, and leaves nothing', { skip }, async () => {
  const found = await verdicts('--allow-changes', ...SOME.flatMap((id) => ['--id', id]));
  expect(found).toMatchObject({
    'ANY-1.1': 'conforms',
    'ANY-2.1': 'conforms',
    'SEVERAL-1.1': 'conforms',
    'SEVERAL-1.2': expect.stringMatching(/^not-applicable: nobody is at the machine/),
    'SEVERAL-1.3': expect.stringMatching(/^not-applicable: mem\d has labels of namespaces that are not the run's: 1$/),
    'SEVERAL-3.1': 'conforms',
    'SEVERAL-4.1': expect.stringMatching(
      /^not-applicable: region\d, which the run has not made, occupies decoder0\.2, mem\d, pci0000:50$/,
    ),
  });
  expect(Object.values(found).filter((verdict) => !/^(conforms|not-applicable)/.test(verdict))).toEqual([]);
  await untouched();
});

for (const [by, end] of [
  ['SIGINT', ({ kill }) => kill('SIGINT')],
  ['SIGKILL', ({ kill }) => kill('SIGKILL')],
  ['the end of its shell there', () => there().shell.run(`kill -9 $(cut -d ' ' -f 1 ${DIRECTORY}/holder)`)],
] as [string, (running: { kill: (signal: NodeJS.Signals) => unknown }) => unknown][]) {
  test(`a run that ${by} ends in the middle is undone by the machine`, { skip }, async () => {
    const running = run('--allow-changes', '--id', 'SEVERAL-1.2');
    await until(`grep -q ^bytes ${DIRECTORY}/record`);
    expect((await look(there())).join('\n')).not.toBe(seen.join('\n'));
    await end({ kill: (signal) => running.kill(signal) });
    await running;
    await until(`[ ! -e ${DIRECTORY} ]`);
    await untouched();
  });
}

/** Waits until a command succeeds there. */
async function until(script: string): Promise<void> {
  for (const deadline = Date.now() + LIMIT; Date.now() < deadline; await sleep(POLL))
    if ((await there().shell.run(script)).status === 0) return;
  throw new Error(`not within ${LIMIT / 1000} s: ${script}`);
}
