/** Two QEMUs of which one is the other behind a relay that lies. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import type { Comparison } from '../report/comparison';
import { makeScratch } from '../system/scratch';
import { findQemu, probeQemu } from '../target/inventory';
import { EXIT } from './exit';

const LIAR = join(__dirname, '../testing/lying-qemu.js');
const MAIN = join(__dirname, 'main.js');
const found = findQemu().then(({ path }) => probeQemu(path));
found.catch(() => {}); // told when a test asks

async function command(path: string, args: readonly string[], lie: Record<string, string> = {}) {
  const env = { LIE: 'a bit of the CEDT', REAL_QEMU: path, ...lie };
  return execa('node', [MAIN, ...args], { env, reject: false });
}

/** A copy of a QEMU in folder `bin` of another folder. What it looks for beside itself, installed or not, is there by links. */
function copyOf(path: string, folder: string): string {
  const [bin, copy] = [dirname(path), join(folder, 'bin', basename(path))];
  mkdirSync(dirname(copy));
  cpSync(path, copy);
  for (const name of ['root', 'qemu-bundle', '../share', '../lib'].filter((each) => existsSync(join(bin, each))))
    symlinkSync(join(bin, name), join(folder, 'bin', name));
  return copy;
}

const SMALL = ['--id', 'CEDT-1.1', '--count', '1'];

test('what the patched QEMU does wrong is told twice in the same words, and is worse', async (t) => {
  const offer = await found.catch((error: Error) => t.skip(error.message));
  if (!offer) return;
  const run = () => command(offer.path, ['compare', offer.path, LIAR, ...SMALL, '--json']);
  const { stdout, exitCode } = await run();
  const { changes, unasserted, worse, flaky } = JSON.parse(stdout) as Comparison;
  expect({ exitCode, worse, flaky }).toEqual({ exitCode: EXIT.lookAtIt, worse: true, flaky: 0 });
  expect(changes).toMatchObject([{ id: 'CEDT-1.1', kind: 'newly-failing', uri: 'features/acpi/cedt.feature' }]);
  expect(unasserted).toContainEqual(expect.objectContaining({ area: 'CEDT', what: 'CEDT CHBS uid' }));
  expect((await run()).stdout).toBe(stdout);
});

test('a QEMU does not differ from a copy of itself, twice in the same words', async (t) => {
  const offer = await found.catch((error: Error) => t.skip(error.message));
  if (!offer) return;
  const scratch = makeScratch();
  t.after(() => rmSync(scratch, { recursive: true }));
  const copy = copyOf(offer.path, scratch);
  const run = () => command(offer.path, ['compare', offer.path, copy, ...SMALL]);
  const { stdout, exitCode } = await run();
  expect((await run()).stdout).toBe(stdout);
  const joined = stdout.replaceAll('\n    ', ' ').split('\n'); // a long line goes on in the next one
  expect(joined.slice(2)).toEqual([
    '1 scenario: none changed',
    expect.stringMatching(/^registers, tables and answers compared on \d machines?$/),
    'not looked at: what a guest sees of it; machines with what one of the two lacks; registers and mailboxes of a kind that machines before had as well',
    'nothing changed',
  ]);
  expect(exitCode).toBe(EXIT.asExpected);
});

test('a difference that does not show again is left out and counted, of scenarios and of machines', async (t) => {
  const offer = await found.catch((error: Error) => t.skip(error.message));
  if (!offer) return;
  const scratch = makeScratch();
  t.after(() => rmSync(scratch, { recursive: true }));
  // its first start is for the scenario, its second for the scenario again
  const lie = { LIE_AT: '1,3', LIE_COUNT: join(scratch, 'count') };
  const { stdout, exitCode } = await command(offer.path, ['compare', offer.path, LIAR, ...SMALL, '--json'], lie);
  const { changes, unasserted, flaky } = JSON.parse(stdout) as Comparison;
  expect({ exitCode, changes, unasserted }).toEqual({ exitCode: EXIT.asExpected, changes: [], unasserted: [] });
  expect(flaky).toBeGreaterThan(1);
});

test('the folder of a run stands for its QEMU, and what it cannot show is not looked at', async (t) => {
  const offer = await found.catch((error: Error) => t.skip(error.message));
  if (!offer) return;
  const output = mkdtempSync(join(tmpdir(), 'cxl-conformance-'));
  t.after(() => rmSync(output, { recursive: true }));
  const only = ['--id', 'CEDT-1.1', '--id', 'E820-1.2'];
  await command(offer.path, ['run', '--target', 'qtest', '--qemu', LIAR, ...only, '--output', output]);
  const { stdout, exitCode } = await command(offer.path, ['compare', output, offer.path, ...only, '--json']);
  const { changes, notLookedAt } = JSON.parse(stdout) as Comparison;
  expect(changes).toMatchObject([{ id: 'CEDT-1.1', kind: 'newly-conforming', worse: false }]);
  expect(notLookedAt).toContainEqual(expect.stringMatching(/^what no scenario asserts/));
  expect(exitCode).toBe(EXIT.asExpected);
});

test('a scenario that fails on the base alone proves that something was mended, and not the other way round', async (t) => {
  const offer = await found.catch((error: Error) => t.skip(error.message));
  if (!offer) return;
  const prove = (base: string, patched: string) =>
    command(offer.path, ['prove', '--base', base, '--patched', patched, '--id', 'CEDT-1.1']);
  const [good, bad] = [await prove(LIAR, offer.path), await prove(offer.path, LIAR)];
  expect(good.stdout).toMatch(
    /^proved: 1 scenario fails on the base and holds on the patched QEMU\n {2}CEDT-1.1 failed: /,
  );
  expect(bad.stdout).toBe('not proved\n  CEDT-1.1 holds on the base and fails on the patched QEMU');
  expect([good.exitCode, bad.exitCode]).toEqual([EXIT.asExpected, EXIT.lookAtIt]);
});

test('what is neither a QEMU nor a run is said in a sentence', async () => {
  const { stderr, exitCode } = await command('', ['compare', '/nope/qemu', '/nope/qemu']);
  expect(stderr).toBe('cxl-conformance: /nope/qemu does not exist: name a QEMU binary or the folder of a run');
  expect(exitCode).toBe(EXIT.usage);
});
