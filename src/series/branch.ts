/** A series on a branch: the commits between where it left and its end. */
import { commitOf, git, tryGit } from './git';
import type { Patch, Series } from './series';

/** Where a branch may have left from, unless the caller says. */
const MAINLINES = ['@{upstream}', 'origin/master', 'origin/main', 'master', 'main', 'HEAD'];

/** Reads the commits `base..branch`, merges as one. @throws RangeError if there is no such branch, or no commit on it. */
export async function readBranch(
  repository: string,
  branch: string,
  base?: string,
): Promise<Series & { base: string }> {
  const tip = await commitOf(repository, branch);
  const from = base ? await commitOf(repository, base) : await leftFrom(repository, branch, tip);
  const range = ['--reverse', '--first-parent', `${from}..${tip}`];
  const commits = (await git(repository, 'rev-list', ...range)).split('\n').filter((line) => line !== '');
  if (commits.length === 0) throw new RangeError(`${branch} has no commit that ${base ?? from.slice(0, 12)} lacks`);
  const patches = await Promise.all(commits.map((commit) => patchOf(repository, commit)));
  const cover = (await tryGit(repository, 'config', `branch.${branch}.description`)).stdout.trim();
  const isCommit = (await git(repository, 'rev-parse', '--symbolic-full-name', branch)).trim() === '';
  const subject = cover.split('\n')[0] || (isCommit || patches.length === 1 ? `${patches.at(-1)?.subject}` : branch);
  return { subject, answers: subject, cover, patches, base: from };
}

async function leftFrom(repository: string, branch: string, tip: string): Promise<string> {
  for (const mainline of MAINLINES) {
    const name = mainline.startsWith('@') ? `${branch}${mainline}` : mainline;
    const { ok, stdout } = await tryGit(repository, 'merge-base', name, tip);
    if (ok && stdout.trim() !== tip) return stdout.trim();
  }
  throw new RangeError(`it is not known where ${branch} begins: name the commit by --base`);
}

async function patchOf(repository: string, commit: string): Promise<Patch> {
  const [subject = '', , ...files] = (
    await git(repository, 'show', '--first-parent', '-m', '--name-only', '--no-renames', '--format=%s%n', commit)
  ).split('\n');
  return { subject, files: files.filter((file) => file !== ''), from: { commit } };
}
