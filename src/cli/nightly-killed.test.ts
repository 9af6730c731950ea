/** A night that is killed at any point, and started again. */
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'expect';
import { readVerdicts } from '../report/verdicts';
import { makeScratch } from '../system/scratch';
import { findQemu } from '../target/inventory';
import { EXIT } from './exit';

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true }));

const at = (...names: string[]) => join(scratch, ...names);
const [NIGHT, TEMPORARY] = [at('night'), at('tmp')];
const WAIT = 120_000;
/** From the start of the first row; rows take some seconds, and what of them is hit differs each time. In ms. */
const LONGEST = 3_000;
/** From the end of a night to that of its runs, in ms. */
const ENDING = 4_000;

mkdirSync(TEMPORARY);

const start = (matrix = at('matrix.yaml')) =>
  execa('node', [join(__dirname, 'main.js'), 'nightly', matrix, '--output', NIGHT, '--expected', at('none')], {
    reject: false,
    timeout: WAIT,
    env: { TMPDIR: TEMPORARY },
  });

/** A cheap row for each target that is here. */
async function writeMatrix(): Promise<void> {
  const qemu = await findQemu().catch(() => undefined);
  const features = 'features: [features/memory-map/e820.feature]';
  const rows = [
    `{ target: simulator, ${features} }`,
    `{ target: simulator, release: 7.2, name: old, ${features} }`,
    ...(qemu ? [`{ target: qtest, qemu: ${qemu.path}, name: real, ${features} }`] : []),
  ];
  writeFileSync(at('matrix.yaml'), `rows:\n${rows.map((row) => `  - ${row}\n`).join('')}`);
}

/** Command lines of processes that have anything of this night in them. */
function processesLeft(): string[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== `${process.pid}`);
  return ids.map(commandOf).filter((command) => command.includes(scratch));
}

function commandOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended
  }
}

/** Of what a run leaves until it has ended. */
const remainsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((path) => /\.running|incomplete|\.new$/.test(path))
    : [];

test('what a night that is killed has started ends with it', { timeout: WAIT }, async () => {
  writeFileSync(at('long.yaml'), 'rows: [{ target: simulator }]\n'); // which takes three times as long
  const night = start(at('long.yaml'));
  await once(night.stderr, 'data');
  await pause(500);
  night.kill('SIGKILL');
  await night;
  for (const limit = Date.now() + ENDING; processesLeft().length > 0 && Date.now() < limit; ) await pause(50);
  expect(processesLeft()).toEqual([]);
});

test('a night that is killed at three random points is complete once it is started again, and nothing is left', {
  timeout: 4 * WAIT,
}, async (context: TestContext) => {
  await writeMatrix();
  for (let time = 1; time <= 3; time++) {
    const night = start();
    const delay = Math.round(Math.random() * LONGEST);
    context.diagnostic(`killed after ${delay} ms`);
    await Promise.race([once(night.stderr, 'data'), night]);
    await pause(delay);
    night.kill('SIGKILL');
    await night;
  }
  const { exitCode, stdout } = await start();
  expect({ exitCode, stdout }).toEqual({ exitCode: EXIT.asExpected, stdout: expect.stringContaining('as accepted') });
  const { number, rows, finished } = JSON.parse(readFileSync(join(NIGHT, 'night.json'), 'utf8'));
  expect({ number, finished }).toEqual({ number: expect.any(Number), finished: expect.any(String) });
  const verdicts = await Promise.all(rows.map(({ name }: { name: string }) => readVerdicts(join(NIGHT, name))));
  const counts = verdicts.map(({ scenarios }) => scenarios.length);
  expect(counts[0]).toBeGreaterThan(5);
  expect(counts).toEqual(rows.map(() => counts[0]));
  for (const { totals, scenarios } of verdicts) {
    const sum = Object.values(totals as Record<string, number>).reduce((all, count) => all + count, 0);
    expect(sum).toBe(scenarios.length);
  }
  expect(processesLeft()).toEqual([]);
  expect(readdirSync(TEMPORARY)).toEqual([]);
  expect(remainsIn(NIGHT)).toEqual([]);
});
