/** `accept` on a small tree whose QEMU is a real one, or one that lies. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { expect } from 'expect';
import { WIDTH } from '../report/wrap';
import { findQemu, probeQemu } from '../target/inventory';
import { BINARY, BUILD, SOURCE, StandInTree } from '../testing/stand-in-tree';
import { EXIT } from './exit';

const found = findQemu().then(({ path }) => probeQemu(path));
found.catch(() => {}); // told when a test asks

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-accept-'));
after(() => rmSync(scratch, { recursive: true }));
const cache = join(scratch, 'cache');
const [tree, mbox] = [join(scratch, 'tree'), join(scratch, 'series.mbx')];

const MAIN = join(__dirname, 'main.js');
const ID = 'E820-1.2';
/** Where expectations are cached, and work trees made. */
const env = { XDG_CACHE_HOME: cache };

const accept = (series: string, ...options: readonly string[]) =>
  execa('node', [MAIN, 'accept', series, '--tree', tree, '--id', ID, '--count', '0', ...options], {
    reject: false,
    env,
  });
const built = (...options: readonly string[]) => ['--build', BUILD, '--binary', BINARY, ...options];

mkdirSync(join(cache, 'cxl-conformance/series'), { recursive: true });
const worksLeft = () => readdirSync(join(cache, 'cxl-conformance/series'));

describe('accept', () => {
  let repository: StandInTree;
  let skipped: string | undefined;
  before(async () => {
    const qemu = await found.catch((error: Error) => error);
    if (qemu instanceof Error) skipped = qemu.message;
    else repository = await StandInTree.make(tree, qemu.path);
  });

  /** A branch from the base, and the mailbox file of it; the tree is at its base again. */
  async function series(
    commits: (tree: StandInTree) => Promise<unknown>,
    ...options: readonly string[]
  ): Promise<void> {
    await repository.git('checkout', '--quiet', '-B', 'topic', 'master');
    await commits(repository);
    await repository.mailbox(mbox, 'master..topic', ...options);
    await repository.git('checkout', '--quiet', 'master');
  }

  const onTree = (title: string, body: () => Promise<void>) =>
    test(title, async (t) => {
      if (skipped) return t.skip(skipped);
      const state = await repository.state();
      try {
        await body();
      } finally {
        expect(worksLeft()).toEqual([]);
      }
      expect((await repository.state()).replace(/^.*refs\/heads\/topic\n/m, '')).toBe(
        state.replace(/^.*refs\/heads\/topic\n/m, ''),
      );
    });

  onTree('names the patch at which a scenario got worse, and the files that no scenario touches', async () => {
    await series(async (topic) => {
      await topic.commit('docs: Say more', { 'docs/cxl.rst': 'CXL is\n' });
      await topic.lie('hw/cxl: Refuse', 'a refusal');
      await topic.commit('docs: Say all', { 'docs/cxl.rst': 'CXL is it\n' });
    });
    const { stdout, exitCode } = await accept(mbox, ...built());
    expect(stdout).toMatch(/^Subject: Re: \[PATCH 0\/3\] /);
    expect(stdout).toMatch(/^In-Reply-To: <.*>$/m);
    expect(stdout).toContain('1 scenario got worse with the series');
    expect(stdout).toContain('Since patch 2/3, "hw/cxl: Refuse":');
    expect(stdout).toContain('QEMU refuses: no such machine today');
    expect(stdout).toMatch(/no scenario touches:\n {2}docs\/cxl.rst\n {2}hw\/cxl\/lie/);
    const long = stdout.split('\n').filter((line) => line.length > WIDTH);
    expect(long.filter((line) => / /.test(line.trim().replace(/ \\$/, '')))).toEqual([]); // a word of a command cannot be broken
    expect(exitCode).toBe(EXIT.lookAtIt);
  });

  onTree('names all patches that may be at fault where one of them does not build', async () => {
    await series(async (topic) => {
      await topic.commit('hw/cxl: Break', { [SOURCE]: 'an error\n' });
      await topic.commit('hw/cxl: Mend, and refuse', { [SOURCE]: 'none\n', 'hw/cxl/lie': 'a refusal' });
    });
    const { stdout } = await accept(mbox, ...built());
    expect(stdout).toContain('Since one of patch 1 to 2 of 2:');
    expect(stdout).toContain('The series does not build at patch 1/2, "hw/cxl: Break".');
    expect(stdout).toContain('Patch 1/2, "hw/cxl: Break", does not build:');
  });

  onTree('of a series that changes nothing says that nothing got worse', async () => {
    await series((topic) => topic.commit('docs: Say more', { 'docs/cxl.rst': 'CXL is\n' }), '--base=master');
    const { stdout, exitCode } = await accept(mbox, ...built());
    expect(stdout).toContain('Nothing got worse');
    expect(stdout).toContain('base-commit of the series');
    expect(exitCode).toBe(EXIT.asExpected);
  });

  onTree('says what git says of a patch that does not apply, and builds nothing', async () => {
    await series(async (topic) => {
      await topic.commit('hw/cxl: First', { [SOURCE]: 'one\n2\nthree\n' });
      await topic.commit('hw/cxl: Second', { [SOURCE]: 'one\n2\n3\n' });
    });
    const other = await execa('git', ['-C', tree, 'commit-tree', '-m', 'other', `${await emptyTree()}`]);
    const { stdout, stderr, exitCode } = await accept(mbox, ...built('--base', other.stdout));
    expect(stdout).toContain('Patch 1/2, "hw/cxl: First", does not apply:');
    expect(stdout).toMatch(/^ {2}.*cxl-host\.c/m);
    expect(stderr).not.toContain('building');
    expect(exitCode).toBe(EXIT.lookAtIt);
  });

  onTree('says what the build says of the first patch that does not build', async () => {
    await series(async (topic) => {
      await topic.commit('hw/cxl: First', { [SOURCE]: 'one\n2\nthree\n' });
      await topic.commit('hw/cxl: Second', { [SOURCE]: 'one\n2\nan error\n' });
      await topic.commit('docs: Say more', { 'docs/cxl.rst': 'CXL is\n' });
    });
    const { stdout, exitCode } = await accept(mbox, ...built());
    expect(stdout).toContain('Patch 2/3, "hw/cxl: Second", does not build:');
    expect(stdout).toContain(`  ${SOURCE}:1:1: error: as it says`);
    expect(exitCode).toBe(EXIT.lookAtIt);
  });

  onTree('with --each compares every patch, and goes past one that does not build', async () => {
    await series(async (topic) => {
      await topic.lie('hw/cxl: Refuse', 'a refusal');
      await topic.commit('hw/cxl: Break', { [SOURCE]: 'an error\n' });
      await topic.commit('hw/cxl: Mend', { [SOURCE]: 'none\n', 'hw/cxl/lie': 'nothing' });
    });
    const { stdout } = await accept('topic', ...built('--each', '--json'));
    const { patches, steps, comparison } = JSON.parse(stdout);
    expect(patches.map(({ state }: { state: string }) => state)).toEqual(['built', 'does-not-build', 'built']);
    expect(
      steps.map(
        ({
          patch,
          against,
          comparison: { changes },
        }: {
          patch: number;
          against: number;
          comparison: { changes: object[] };
        }) => [patch, against, changes.map((change) => ({ ...change }))],
      ),
    ).toEqual([
      [1, 0, [expect.objectContaining({ id: ID, worse: true })]],
      [3, 1, [expect.objectContaining({ id: ID, worse: false })]],
    ]);
    expect(comparison.changes).toEqual([]);
  });

  onTree('ends with status 3 where the base does not build, or the build cannot run here', async () => {
    await series((topic) => topic.commit('docs: Say more', { 'docs/cxl.rst': 'CXL is\n' }));
    for (const [command, words] of [
      ['echo "x.c:1: error: no" >&2; exit 1', /the base, .*, does not build:/],
      ['no-such-compiler', /the build cannot run here: .*no-such-compiler/],
      ['echo "cc1: No space left on device" >&2; exit 1', /the build cannot run here: .*No space left/],
    ] as const) {
      const { stderr, exitCode } = await accept(mbox, '--build', command);
      expect(stderr).toMatch(words);
      expect(exitCode).toBe(EXIT.broken);
    }
  });

  onTree('leaves nothing when it is interrupted while it builds', async () => {
    await series((topic) => topic.commit('docs: Say more', { 'docs/cxl.rst': 'CXL is\n' }));
    const running = accept(mbox, '--build', `echo $$ > ${scratch}/builder; sleep 600 & sleep 600`);
    const builder = await appears(join(scratch, 'builder'));
    expect(worksLeft()).toHaveLength(1);
    running.kill('SIGINT');
    expect((await running).signal).toBe('SIGINT');
    const { stdout } = await execa('ps', ['-eo', 'pgid=,stat=']);
    const ofBuild = stdout.split('\n').filter((line) => line.trim().startsWith(`${builder.trim()} `));
    expect(ofBuild.filter((line) => !/ Z/.test(line))).toEqual([]); // nothing that it has started runs either
  });

  const emptyTree = async () => (await execa('git', ['-C', tree, 'mktree'], { input: '' })).stdout;

  async function appears(path: string): Promise<string> {
    for (;;) {
      const { stdout } = await execa('cat', [path], { reject: false });
      if (stdout) return stdout;
      await setTimeout(50);
    }
  }

  /** What is asked for, and the one sentence that is said; nothing is built. */
  const mistakes: [string, () => string[], RegExp][] = [
    [
      'a file that holds no patch',
      () => [text('no.mbx', 'From a Mon Sep 17 00:00:00 2001\nFrom: a\nSubject: b\n\nno patch\n')],
      /holds no patch/,
    ],
    ['no such branch', () => ['nope'], /has no commit nope/],
    [
      'a mailbox file that is not there',
      () => ['nope.mbx'],
      /nope.mbx does not exist: name a mailbox file or a branch/,
    ],
    ['a branch that is the base', () => ['master', '--base', 'master'], /master has no commit that master lacks/],
    ['a folder', () => [scratch], /is a folder: name a mailbox file or a branch/],
    ['a base that is not there', () => ['topic', '--base', 'nope'], /has no commit nope/],
    ['a tree that is none', () => ['topic', '--tree', scratch], /is not a git repository/],
    ['an id of nothing', () => ['topic', '--id', 'NOPE'], /no scenario is selected/],
  ];
  const text = (name: string, content: string) => {
    writeFileSync(join(scratch, name), content);
    return join(scratch, name);
  };

  for (const [title, args, sentence] of mistakes) {
    test(`${title} is a mistake of the caller`, async (t) => {
      if (skipped) return t.skip(skipped);
      const { stderr, exitCode } = await execa('node', [MAIN, 'accept', ...withTree(args())], { reject: false, env });
      expect(stderr).toMatch(sentence);
      expect(stderr.split('\n')).toHaveLength(1);
      expect(exitCode).toBe(EXIT.usage);
    });
  }
  const withTree = (args: string[]) => (args.includes('--tree') ? args : [...args, '--tree', tree]);
});
