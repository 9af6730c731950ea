/** The command as people meet it when something is wrong: one clear sentence, its exit status, never a stack trace. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { EXIT } from './exit';

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-main-'));
after(() => rmSync(scratch, { recursive: true }));
const inScratch = (name: string) => join(scratch, name);

mkdirSync(inScratch('guest'));
mkdirSync(inScratch('node-alone'));
symlinkSync(process.execPath, inScratch('node-alone/node'));
mkdirSync(inScratch('reports/simulator'), { recursive: true });
writeFileSync(inScratch('text'), '');
writeFileSync(inScratch('not.feature'), 'Feature: f\n  Scenario: s\n    Given a step\n    nonsense\n');
writeFileSync(inScratch('undefined.feature'), 'Feature: f\n  @id:F-1.1\n  Scenario: s\n    Given what nobody knows\n');
writeFileSync(inScratch('reports/simulator/verdicts.json'), '{}');

const one = ['run', '--target', 'simulator', '--id', 'E820-2.1'];

/** What is typed, how it ends, and what is said. */
const cases: [string[], number, RegExp][] = [
  [['nope'], EXIT.usage, /unknown command 'nope'/],
  [['run', '--target', 'nope'], EXIT.usage, /argument 'nope' is invalid. Allowed choices are simulator/],
  [['run', '--tags', '@nope'], EXIT.usage, /no scenario is selected/],
  [['run', '--tags', '@a and'], EXIT.usage, /--tags @a and: Tag expression .* could not be parsed/],
  [['run', '--id', 'E8'], EXIT.usage, /no scenario is selected/],
  [['run', 'features/nope.feature'], EXIT.usage, /no feature file or folder features\/nope.feature/],
  [['run', inScratch('not.feature')], EXIT.usage, /not\.feature is no Gherkin: \(4:5\): expected/],
  [['run', '--shard', '3/2'], EXIT.usage, /written I\/N/],
  [['run', '--seed', 'x'], EXIT.usage, /a whole number/],
  [['run', '--quirk', 'nope'], EXIT.usage, /no quirk nope/],
  [['run', '--release', '6.2'], EXIT.usage, /no QEMU release 6.2/],
  [['run', '--target', 'qtest', '--release', '7.2'], EXIT.usage, /--quirk and --release are for the simulator/],
  [['run', '--qemu', '/nope'], EXIT.broken, /\/nope does not exist/],
  [['run', '--qemu', inScratch('text')], EXIT.broken, /text is not executable/],
  [['run', '--qemu', process.execPath], EXIT.broken, /is not a QEMU that runs here/],
  [['run', '--target', 'guest', '--guest', inScratch('guest')], EXIT.broken, /has no vmlinuz/],
  [['run', '--target', 'guest', '--guest', 'nope'], EXIT.broken, /no guest image nope; .*guest build --suite nope/],
  [['run', '--target', 'ssh'], EXIT.usage, /needs --ssh USER@HOST/],
  [
    ['run', '--target', 'ssh', '--ssh', 'root@127.0.0.1:1'],
    EXIT.broken,
    /cannot be reached by ssh: .*(refused|apt-get install)/,
  ],
  [[...one, '--output', inScratch('text/reports')], EXIT.broken, /reports cannot be written into .*ENOTDIR/],
  [['report', inScratch('guest')], EXIT.broken, /no run has left reports/],
  [['report', inScratch('reports')], EXIT.broken, /needs Java, and there is none: apt-get install/],
];

describe('of what is wrong, the command says in one sentence', { concurrency: 2 }, () => {
  for (const [args, status, sentence] of cases) {
    test(`${args.join(' ').replace(scratch, '...')}`, async () => {
      const java = args[0] === 'report' ? { PATH: inScratch('node-alone') } : {};
      const main = join(__dirname, 'main.js');
      const { exitCode, stderr } = await execa('node', [main, ...args], { reject: false, env: java });
      expect(stderr).toMatch(sentence);
      expect(stderr.split('\n')).toHaveLength(1);
      expect(exitCode).toBe(status);
    });
  }
});

test('a step that is not defined breaks its scenario, and is told', async () => {
  const args = ['run', '--target', 'simulator', '--output', inScratch('undefined'), inScratch('undefined.feature')];
  const { exitCode, stdout } = await execa('node', [join(__dirname, 'main.js'), ...args], { reject: false });
  expect(stdout).toContain('broken F-1.1: what nobody knows: undefined');
  expect(exitCode).toBe(EXIT.broken);
});
