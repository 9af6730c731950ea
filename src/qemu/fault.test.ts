/** Whose fault it is that a QEMU did not start, shown by scripts in its place. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { Qemu } from './process';

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-fault-'));
after(() => rmSync(scratch, { recursive: true }));

let scripts = 0;

/** Path of a program. */
function scriptOf(script: string): string {
  const binary = join(scratch, `qemu-${scripts++}`);
  writeFileSync(binary, `#!/bin/sh\n${script}\n`);
  chmodSync(binary, 0o755);
  return binary;
}

/** The name and the first line of what starting a script in the place of QEMU throws. */
async function thrownBy(script: string): Promise<string> {
  const error = await Qemu.start({ binary: scriptOf(script), arguments: [], qtest: true }).catch(
    (thrown: Error) => thrown,
  );
  if (!(error instanceof Error)) throw new Error(`${script}: it has started`);
  return `${error.constructor.name}: ${error.message.split('\n')[0]}`.replaceAll(scratch, '');
}

for (const [what, script, thrown] of [
  ['a refusal is of the machine', 'echo "qemu-0: -device x: no such device" >&2; exit 1', 'Refusal: '],
  [
    'no room on the host is trouble',
    'echo "qemu: cannot set up RAM: No space left on device" >&2; exit 1',
    'QemuError: ',
  ],
  ['a program that is not there is trouble', 'exec /no/such/program', 'QemuError: '],
  ['a program that cannot be run is trouble', 'exec /etc/passwd', 'QemuError: '],
  ['one that is ended from outside is trouble', 'kill -KILL $$', 'QemuError: '],
  ['one that crashes has crashed', 'kill -SEGV $$', 'MachineCrash: '],
  ['one that crashes behind a script has crashed', 'exit 139', 'MachineCrash: '],
  ['one that ends by itself has crashed', 'exit 0', 'MachineCrash: '],
  ['one that ends with a status and no word has crashed', 'exit 3', 'MachineCrash: '],
] as const) {
  test(what, async () => expect(await thrownBy(script)).toMatch(new RegExp(`^${thrown}`)));
}

test('one that does not answer is ended as a crash, and after three of them the limit is a tenth', async () => {
  const binary = scriptOf('sleep 60');
  const program = `
    const { Qemu } = require(${JSON.stringify(join(__dirname, 'process.ts'))});
    const { patient } = require(${JSON.stringify(join(__dirname, 'patience.ts'))});
    const options = { binary: ${JSON.stringify(binary)}, arguments: [], qtest: true, startLimit: 50 };
    const start = () => Qemu.start(options).then(() => 'started', (error) => error.constructor.name);
    (async () => {
      for (let i = 0; i < 3; i++) console.log(patient(1000), await start());
      console.log(patient(1000));
    })();
  `;
  const loader = join(__dirname, '../system/typescript.js'); // in a process of its own, for all others would be less patient
  const { stdout } = await execa('node', ['--require', loader, '-e', program]);
  expect(stdout.split('\n')).toEqual(['1000 MachineCrash', '1000 MachineCrash', '1000 MachineCrash', '100']);
});
