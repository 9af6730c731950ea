/** Nights of two rows, both on the simulator. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';
import { EXIT } from './exit';

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true }));

const at = (...names: string[]) => join(scratch, ...names);
const WAIT = 60_000;

writeFileSync(
  at('matrix.yaml'),
  `rows:
  - { target: simulator, features: [features/memory-map] }
  - { target: simulator, release: 7.2, name: old, features: [features/memory-map] }
`,
);

const args = [join(__dirname, 'main.js'), 'nightly', '--output', at('night'), '--expected', at('expected')];

async function night(...more: string[]) {
  const { exitCode, stdout } = await execa('node', [...args, ...more], { reject: false, timeout: WAIT });
  return { exitCode, stdout };
}

test('a night that is killed goes on where it was, and is accepted; then what changed is told, worst first', async () => {
  const first = execa('node', [...args, at('matrix.yaml')], { reject: false });
  const limit = Date.now() + WAIT;
  while (!existsSync(at('night/night.json')) && Date.now() < limit) await setTimeout(20);
  first.kill('SIGKILL');
  await first;
  const { started } = JSON.parse(readFileSync(at('night/night.json'), 'utf8'));
  expect(await night('--accept')).toMatchObject({ exitCode: EXIT.usage });

  const second = await night(at('matrix.yaml'));
  expect(second.exitCode).toBe(EXIT.asExpected);
  expect(second.stdout).toMatch(
    /^cxl-conformance night 1, .*: of 2 row\(s\) 2 as accepted\n\nsimulator: \d+ conforms\nold: /,
  );
  const state = JSON.parse(readFileSync(at('night/night.json'), 'utf8'));
  expect(state).toMatchObject({ number: 1, started, finished: expect.any(String) });

  expect(await night('--accept')).toMatchObject({ exitCode: EXIT.asExpected });
  const accepted = readFileSync(at('expected/simulator.txt'), 'utf8');
  writeFileSync(at('expected/simulator.txt'), accepted.replace('E820-1.1/1 conforms', 'E820-1.1/1 known x'));
  const third = await night(at('matrix.yaml'));
  expect(third.exitCode).toBe(EXIT.asExpected); // better is no reason to look
  const only = 'of 2 row(s) 1 changed, 1 as accepted\nsimulator\n  1 mended: E820-1.1/1 (known x -> conforms)\n\n';
  expect(third.stdout).toContain(only);

  writeFileSync(at('expected/simulator.txt'), `${accepted}GONE-1.1 conforms\n`);
  const fourth = await night(at('matrix.yaml'));
  expect(fourth.exitCode).toBe(EXIT.lookAtIt);
  expect(fourth.stdout).toContain('  1 gone: GONE-1.1 (conforms)\n');
});

test('a row that cannot run is broken, and leaves the others alone', async () => {
  writeFileSync(
    at('broken.yaml'),
    'rows: [{ target: simulator, features: [features/memory-map] }, { target: qtest, qemu: not-there }]',
  );
  const { exitCode, stdout } = await night(at('broken.yaml'));
  expect(exitCode).toBe(EXIT.lookAtIt); // GONE-1.1 is still accepted of the other
  expect(stdout).toContain('qtest-not-there is broken: the lab has no qemu not-there');
  expect(stdout).toMatch(/simulator: \d+ conforms/);
});
