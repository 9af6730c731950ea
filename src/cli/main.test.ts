/** The command as people meet it when something is wrong: one clear sentence, its exit status, never a stack trace. Command lines that make no sense: usage.test.ts. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';
import { EXIT } from './exit';

const scratch = makeScratch();
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
  [['run', inScratch('not.feature')], EXIT.usage, /not\.feature is no Gherkin: \(4:5\): expected/],
  [['run', '--qemu', '/nope'], EXIT.broken, /\/nope does not exist/],
  [['run', '--qemu', inScratch('text')], EXIT.broken, /text is not executable/],
  [['run', '--qemu', process.execPath], EXIT.broken, /is not a QEMU that runs here/],
  [['run', '--target', 'guest', '--guest', inScratch('guest')], EXIT.broken, /has no vmlinuz/],
  [['run', '--target', 'guest', '--guest', 'nope'], EXIT.broken, /no guest image nope; .*guest build --suite nope/],
  [
    ['run', '--target', 'ssh', '--ssh', 'root@127.0.0.1:1'],
    EXIT.broken,
    /cannot be reached by ssh: .*(refused|apt-get install)/,
  ],
  [[...one, '--output', inScratch('text/reports')], EXIT.broken, /reports cannot be written into .*ENOTDIR/],
  [['doctor', '--qemu', '/nope'], EXIT.broken, /\/nope does not exist/],
  [['doctor', '--qemu', inScratch('text')], EXIT.broken, /text is not executable/],
  [['doctor', '--qemu', process.execPath], EXIT.broken, /is not a QEMU that runs here/],
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

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  const { stdout } = await execa('node', [join(__dirname, 'main.js'), '--version']);
  expect(stdout).toBe(version);
});

test('a run in another folder finds all it needs, and leaves nothing of its own in that of temporary files', async () => {
  const [folder, temporary] = [inScratch('elsewhere'), inScratch('temporary')];
  for (const path of [folder, temporary]) mkdirSync(path);
  const options = { cwd: folder, env: { TMPDIR: temporary } };
  await execa('node', [join(__dirname, 'main.js'), ...one, '--output', 'reports'], options);
  expect(existsSync(join(folder, 'reports/verdicts.json'))).toBe(true);
  expect([readdirSync(folder), readdirSync(temporary)]).toEqual([['reports'], []]);
});

test('a step that is not defined breaks its scenario, and is told', async () => {
  const args = ['run', '--target', 'simulator', '--output', inScratch('undefined'), inScratch('undefined.feature')];
  const { exitCode, stdout } = await execa('node', [join(__dirname, 'main.js'), ...args], { reject: false });
  expect(stdout).toContain('1 broken: what nobody knows: undefined');
  expect(exitCode).toBe(EXIT.broken);
});
