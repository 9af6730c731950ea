/** A QEMU that lies is never taken at its word: between the suite and a real QEMU, its words are changed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import type { Verdicts } from '../report/verdicts';
import { makeScratch } from '../system/scratch';
import { findQemu, probeQemu } from '../target/inventory';

const LIAR = join(__dirname, '../testing/lying-qemu.js');
const found = findQemu().then(({ path }) => probeQemu(path));
found.catch(() => {}); // told when a test asks

interface Lie {
  readonly lie: string;
  /** Of the scenario that is asked. */
  readonly id: string;
  readonly verdict: string;
  readonly reason: RegExp;
}

/** What each is taken for. */
const LIES: readonly Lie[] = [
  { lie: 'a bit of the CEDT', id: 'CEDT-1.1', verdict: 'fails', reason: /uid: expected 222; received 206/ },
  { lie: 'a bit of each register', id: 'COMMIT-1.1/1', verdict: 'fails', reason: /./ },
  {
    lie: 'no property sn',
    id: 'COMMIT-1.1/1',
    verdict: 'fails',
    reason: /no property sn of cxl-type3: QEMU .* has it/,
  },
  { lie: 'no command qom-list', id: 'HOTADD-4.2', verdict: 'fails', reason: /qom-list has not been found/ },
  { lie: 'a refusal', id: 'E820-1.2', verdict: 'fails', reason: /QEMU refuses: no such machine today/ },
  { lie: 'an end at the start', id: 'E820-1.2', verdict: 'fails', reason: /ended by SIGABRT at its start/ },
  { lie: 'an end by SIGABRT', id: 'COMMIT-1.1/1', verdict: 'fails', reason: /ended by SIGABRT$/ },
  { lie: 'no answer', id: 'COMMIT-1.1/1', verdict: 'fails', reason: /did not answer on qtest for 20 s/ },
  { lie: 'another version', id: 'COMMIT-2.1/1', verdict: 'fails', reason: /./ },
];

for (const { lie, id, verdict, reason } of LIES) {
  test(`${lie}: ${id} ${verdict}`, async (t) => {
    const offer = await found.catch((error: Error) => t.skip(error.message));
    if (!offer) return;
    const output = makeScratch();
    t.after(() => rmSync(output, { recursive: true }));
    const args = ['run', '--target', 'qtest', '--qemu', LIAR, '--id', id, '--output', output];
    const { exitCode } = await execa('node', [join(__dirname, 'main.js'), ...args], {
      env: { LIE: lie, REAL_QEMU: offer.path },
      reject: false,
    });
    const [told] = (JSON.parse(readFileSync(join(output, 'verdicts.json'), 'utf8')) as Verdicts).scenarios;
    expect({ verdict: told?.verdict, reason: told?.reason }).toEqual({
      verdict,
      reason: expect.stringMatching(reason),
    });
    expect(exitCode).toBe(1);
  });
}
