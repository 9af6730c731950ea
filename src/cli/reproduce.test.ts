/** The command on a real QEMU: what it prints is run where neither Node.js nor this suite is. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { findQemu } from '../target/inventory';
import { EXIT } from './exit';

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-reproduce-'));
after(() => rmSync(scratch, { recursive: true }));

const command = (...args: string[]) => execa('node', [join(__dirname, 'main.js'), ...args], { reject: false });

/** All QEMUs up to 11.1 have it: Mailbox Capabilities can be overwritten. */
const EVERYWHERE = 'REGISTERS-5.2';

test('a register that is wrong is shown by a few accesses, with a QEMU and a shell alone', async (t) => {
  const found = await findQemu().catch((error: Error) => error);
  if (found instanceof Error) return t.skip(found.message);
  const file = join(scratch, 'reproduce.sh');
  const { exitCode, stderr } = await command('reproduce', EVERYWHERE, '--qemu', found.path, '--output', file);
  if (stderr.includes('there is nothing to reproduce')) return t.skip(stderr);
  expect({ exitCode, stderr }).toEqual({
    exitCode: EXIT.lookAtIt,
    stderr: expect.stringMatching(/^\d+ of \d{4} accesses are left: none of them can be spared/),
  });

  const script = readFileSync(file, 'utf8');
  expect(script).toContain(`# ${EVERYWHERE} of cxl-conformance`);
  expect(script).toContain('# -> Then Primary Mailbox Capabilities of dev is unchanged');
  expect(script.split('\n').filter((line) => /^(in|out|read|write)[lq] /.test(line)).length).toBeLessThan(15);

  for (const tool of ['sh', 'cat', 'sed', 'grep', 'head', 'tr', 'mktemp', 'rm']) {
    const { stdout: path } = await execa('sh', ['-c', `command -v ${tool}`]);
    symlinkSync(path, join(scratch, tool));
  }
  const bare = { reject: false, env: { PATH: scratch }, extendEnv: false } as const;
  const shown = await execa(join(scratch, 'sh'), [file], bare);
  expect(shown).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^wrong: "readl 0x\w+88" read 0x0{8}f{8}, expected 0x/),
  });
});

for (const [args, sentence] of [
  [['reproduce', 'E820-9999.1'], /no scenario is selected/],
  [['reproduce', 'E820-1'], /E820-1 selects \d+ scenarios, and reproduce takes one: E820-1.1\/1/],
  [['reproduce', 'E820-2.1', '--output', '/nope/x.sh'], /--output \/nope\/x.sh cannot be written: no such file/],
  [['reproduce', 'E820-2.1', '--output', scratch], /--output .* is a folder: name a file/],
  [['run', '--target', 'simulator', '--keep', '--id', 'E820-2.1'], /--keep is for --target qtest/],
] as const) {
  test(`${args.join(' ')} is refused in a sentence`, async () => {
    const { exitCode, stderr } = await command(...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: EXIT.usage, stderr: expect.stringMatching(sentence) });
  });
}
