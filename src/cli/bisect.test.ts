/** `bisect` on a small tree whose QEMU is a real one, or one that lies. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { findQemu, probeQemu } from '../target/inventory';
import { BINARY, BUILD, SOURCE, StandInTree } from '../testing/stand-in-tree';
import { EXIT, STOP_BISECTING } from './exit';

const found = findQemu().then(({ path }) => probeQemu(path));
found.catch(() => {}); // told when a test asks

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-bisect-'));
after(() => rmSync(scratch, { recursive: true }));
const [cache, tree] = [join(scratch, 'cache'), join(scratch, 'tree')];
const env = { XDG_CACHE_HOME: cache };

const MAIN = join(__dirname, 'main.js');
const CHOSEN = ['--id', 'E820-1.2', '--build', BUILD, '--binary', BINARY];
const bisect = (...options: readonly string[]) =>
  execa('node', [MAIN, 'bisect', '--tree', tree, ...CHOSEN, ...options], { reject: false, env });

describe('bisect', () => {
  let repository: StandInTree;
  let commits: string[] = [];
  let skipped: string | undefined;
  before(async () => {
    const qemu = await found.catch((error: Error) => error);
    if (qemu instanceof Error) {
      skipped = qemu.message;
      return;
    }
    repository = await StandInTree.make(tree, qemu.path);
    await repository.git('checkout', '--quiet', '-b', 'topic');
    commits = [
      await repository.git('rev-parse', 'HEAD'),
      await repository.commit('hw/cxl: Break the build', { [SOURCE]: 'an error\n' }),
      await repository.commit('hw/cxl: Mend it', { [SOURCE]: 'none\n' }),
      await repository.lie('hw/cxl: Refuse', 'a refusal'),
      await repository.lie('hw/cxl: Die', 'an end at the start'),
    ];
    await repository.git('checkout', '--quiet', 'master');
  });

  const onTree = (title: string, body: () => Promise<void>) =>
    test(title, (t) => {
      if (skipped) return t.skip(skipped);
      return body();
    });

  onTree('finds the first commit at which a scenario fails, and leaves the tree as it was', async () => {
    const state = await repository.state();
    const { stdout, exitCode } = await bisect('--good', 'master', '--bad', 'topic');
    expect(stdout).toMatch(/^first bad commit:\n {2}\w+ hw\/cxl: Refuse\n/);
    expect(exitCode).toBe(EXIT.asExpected);
    expect(await repository.state()).toBe(state);
    expect(readdirSync(join(cache, 'cxl-conformance/series'))).toEqual([]);
  });

  onTree('with --changed finds the first commit at which a scenario fails otherwise', async () => {
    const { stdout } = await bisect('--changed', '--good', `${commits[3]}`, '--bad', 'topic');
    expect(stdout).toMatch(/^first bad commit:\n {2}\w+ hw\/cxl: Die\n/);
  });

  onTree('says so if the good commit is bad, or the bad one good', async () => {
    const bad = await bisect('--good', `${commits[3]}`, '--bad', 'topic');
    expect(bad.stderr).toMatch(/is not good: E820-1\.2: QEMU refuses: no such machine today$/m);
    const good = await bisect('--good', 'master', '--bad', `${commits[2]}`);
    expect(good.stderr).toMatch(/is not bad: 1 hold$/m);
    expect([bad.exitCode, good.exitCode]).toEqual([EXIT.usage, EXIT.usage]);
  });

  onTree('answers git bisect run: 0, 1 and 125, and 128 where it cannot be asked', async () => {
    const step = (...options: string[]) => ['node', MAIN, 'bisect', ...CHOSEN, ...options];
    const answer = async (commit: string | undefined, ...options: string[]) => {
      await repository.git('checkout', '--quiet', '--detach', `${commit}`);
      const [program = '', ...args] = step(...options);
      return (await execa(program, args, { cwd: tree, reject: false, env })).exitCode;
    };
    expect(await answer(commits[0])).toBe(0);
    expect(await answer(commits[1])).toBe(125);
    expect(await answer(commits[3])).toBe(1);
    expect(await answer(commits[0], '--nope')).toBe(STOP_BISECTING);
    expect(await answer(commits[0], '--tags', '@nope')).toBe(STOP_BISECTING);
    expect(await answer(commits[0], '--changed')).toBe(STOP_BISECTING); // none is under way
    await repository.git('bisect', 'start', 'topic', `${commits[2]}`);
    const { stdout } = await execa('git', ['-C', tree, 'bisect', 'run', ...step('--changed')], { env });
    expect(stdout).toContain(`${commits[3]} is the first bad commit`);
  });
});
