/**
 * A work tree of our own, made by `git worktree` in a folder that is gone afterwards, however this process ends. Nothing of the
 * user's work tree, index or branches changes; the objects of applied patches stay in the repository until git collects them.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { leaveNothing } from '../system/leave-nothing';
import { git, gitArguments, gitEnvironment, lastLines, type Said, tryGit } from './git';
import type { Patch } from './series';
import { type Ended, endGroups, type Place, runShell } from './shell';

/** What QEMU's configure downloads into a source tree: taken from the user's tree where it has them. */
const DOWNLOADS = ['subprojects', 'python/wheels'];
const CHECKOUT = 'qemu';

/** Where work trees are made: not in the system's temporary folder, for a build of QEMU takes a gigabyte. */
export const workFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'cxl-conformance', 'series');

export class WorkTree implements Place {
  private readonly running = new Set<number>();

  private constructor(
    /** The user's repository, or a work tree of it. */
    private readonly repository: string,
    /** Holds {@link path} and whatever else is to be gone with it. */
    readonly folder: string,
  ) {}

  get path(): string {
    return join(this.folder, CHECKOUT);
  }

  /** What `use` makes of a work tree of `repository` at `commit`; it is gone afterwards unless `keep`. */
  static async use<T>(
    { repository, commit, keep = false }: { repository: string; commit: string; keep?: boolean },
    use: (workTree: WorkTree) => Promise<T>,
  ): Promise<T> {
    removeAbandoned();
    const folder = join(workFolder(), `${keep ? 'kept' : 'of'}-${process.pid}-${Date.now().toString(36)}`);
    mkdirSync(folder, { recursive: true });
    const workTree = new WorkTree(repository, folder);
    const gone = leaveNothing(() => workTree.remove(keep));
    try {
      await git(repository, 'worktree', 'add', '--quiet', '--detach', workTree.path, commit);
      await workTree.takeDownloads();
      return await use(workTree);
    } finally {
      workTree.remove(keep);
      gone();
    }
  }

  /** Applies a patch, as a commit. Where that fails, the work tree is as it was. */
  async apply({ from }: Patch): Promise<Said> {
    if ('commit' in from) return tryGit(this.path, 'checkout', '--quiet', '--detach', from.commit);
    const said = await tryGit(this.path, 'am', '--3way', from.mail);
    if (!said.ok) await tryGit(this.path, 'am', '--abort');
    return said;
  }

  async checkOut(commit: string): Promise<void> {
    await git(this.path, 'checkout', '--quiet', '--detach', commit);
  }

  async head(): Promise<string> {
    return (await git(this.path, 'rev-parse', 'HEAD')).trim();
  }

  run(command: string, environment: Readonly<Record<string, string>>): Promise<Ended> {
    return runShell(this.path, command, environment, this.running);
  }

  private async takeDownloads(): Promise<void> {
    const { ok, stdout } = await tryGit(this.repository, 'rev-parse', '--show-toplevel');
    if (!ok) return; // a bare repository has none
    const args = ['ls-files', '--others', '--directory', '--no-empty-directory', '--', ...DOWNLOADS];
    for (const path of (await git(stdout.trim(), ...args)).split('\n').filter((line) => line !== '')) {
      const target = join(this.path, path);
      if (!existsSync(target)) cpSync(join(stdout.trim(), path), target, { recursive: true, verbatimSymlinks: true });
    }
  }

  /** Synchronously, for the end of a process. */
  private remove(keep: boolean): void {
    endGroups(this.running);
    if (keep) return;
    removeFolder(this.folder);
  }
}

/** The folder of a work tree, and what the repository remembers of it. */
function removeFolder(folder: string): void {
  const run = (directory: string, ...args: string[]) =>
    spawnSync('git', gitArguments(directory, args), { env: gitEnvironment(), encoding: 'utf8' });
  const path = join(folder, CHECKOUT);
  if (existsSync(path)) {
    const repository = run(path, 'rev-parse', '--path-format=absolute', '--git-common-dir').stdout?.trim();
    if (repository) run(repository, 'worktree', 'remove', '--force', '--force', path);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** What processes have left behind that were killed. */
function removeAbandoned(): void {
  for (const name of existsSync(workFolder()) ? readdirSync(workFolder()) : []) {
    const [, owner] = /^of-(\d+)-/.exec(name) ?? [];
    if (owner && !existsSync(`/proc/${owner}`)) removeFolder(join(workFolder(), name));
  }
}

/** What git says to somebody at a terminal, and the number of the one patch that it was given. */
const ADVICE = /^(?:hint: |Patch failed at |When you have resolved|If you prefer to skip|To restore the original)/;

/** The last words of a program that failed, for a reader. */
export const lastWords = ({ all }: Said, count = 12): string =>
  lastLines(
    all
      .split('\n')
      .filter((line) => !ADVICE.test(line))
      .join('\n'),
    count,
  );
