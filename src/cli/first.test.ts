/** What comes first, and when a run ends early. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import { execa } from 'execa';
import { expect } from 'expect';
import { collect } from '../report/collect';
import { readVerdicts } from '../report/verdicts';
import { select } from './catalogue';
import { EXIT } from './exit';
import { firstOf } from './first';

const MAIN = join(__dirname, 'main.js');
const ON_SIMULATOR = ['run', '--target', 'simulator', '--id', 'E820'];
/** By which E820-2.1 and E820-2.2 fail, the last ones. */
const BROKEN = ['--quirk', 'e820-reserves-host-registers'];

const ids = (scenarios: readonly { readonly id: string }[]) => scenarios.map(({ id }) => id);

test('the scenarios that failed in the newest run on the target come first, then those that touch a file', async (context) => {
  const reports = folder(context);
  const scenarios = await select({ id: ['E820', 'CDAT'] });
  const leave = (name: string, target: string, failed: readonly string[], time: number) => {
    mkdirSync(join(reports, name), { recursive: true });
    const path = join(reports, name, 'verdicts.json');
    writeFileSync(path, JSON.stringify({ target, scenarios: failed.map((id) => ({ id, verdict: 'fails' })) }));
    utimesSync(path, time, time);
  };
  leave('parts/newest', 'simulator', ['E820-2.1', 'E820-1.1/3', 'GONE-1.1'], 3);
  leave('other', 'qtest', ['E820-1.1/1'], 4);
  leave('older', 'simulator', ['E820-1.1/2'], 2);
  const first = firstOf(scenarios, { target: 'simulator', reports: [reports], touching: ['hw/cxl/cxl-cdat.c'] });
  expect(ids(first).slice(0, 2)).toEqual(['E820-1.1/3', 'E820-2.1']);
  expect(ids(first)[2]).toMatch(/^CDAT-/);
  expect(firstOf(scenarios, { target: 'guest', reports: [reports, join(reports, 'none')] })).toEqual([]);
});

test('a run begins with what failed last time', async (context) => {
  const output = folder(context);
  const run = (...more: string[]) =>
    execa('node', [MAIN, ...ON_SIMULATOR, '--output', output, ...more], { reject: false });
  await run(...BROKEN);
  const { scenarios } = await readVerdicts(output);
  const failed = ids(scenarios.filter(({ verdict }) => verdict === 'fails'));
  expect(failed.length).toBeLessThan(scenarios.length);
  await run();
  expect(inOrder(output).slice(0, failed.length)).toEqual(failed);
});

test('processes that share a run end it together after so many failures; what did not run has no verdict', async (context) => {
  const output = folder(context);
  const broken = ['--quirk', 'e820-reserves-cfmws'];
  const options = [
    'run',
    '--target',
    'simulator',
    '--id',
    'E820-1',
    '--id',
    'CDAT',
    ...broken,
    '--bail',
    '2',
    '--jobs',
    '2',
    '--output',
    output,
  ];
  const { exitCode, stderr } = await execa('node', [MAIN, ...options], { reject: false });
  const { scenarios, totals } = await readVerdicts(output);
  const left = (await select({ id: ['E820-1', 'CDAT'] })).length - scenarios.length;
  expect({ exitCode, broken: totals.broken }).toEqual({ exitCode: EXIT.lookAtIt, broken: 0 });
  expect([2, 3]).toContain(totals.fails); // a second process may have begun one;
  expect(left).toBeGreaterThan(0);
  expect(stderr).toBe(`ended after 2 failures: ${left} scenarios did not run`);
});

/** Ids of the scenarios as they began. */
function inOrder(output: string): string[] {
  const lines = readFileSync(join(output, 'messages.ndjson'), 'utf8').split('\n').filter(Boolean);
  const { scenarios } = collect(lines.map((line) => JSON.parse(line) as Envelope));
  return ids([...scenarios].sort((a, b) => a.started - b.started));
}

function folder(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'cxl-conformance-'));
  context.after(() => rmSync(directory, { recursive: true }));
  return directory;
}
