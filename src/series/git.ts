/** git, as a command: in a repository or a work tree, whatever hooks, signatures and terminal the caller's configuration has. */
import { execa } from 'execa';

/** Nothing of the caller's configuration may run a program, ask a question or sign. */
const QUIET = ['core.hooksPath=/dev/null', 'commit.gpgSign=false', 'gc.auto=0', 'advice.detachedHead=false'];
const NOBODY = { NAME: 'cxl-conformance', EMAIL: 'cxl-conformance@localhost' };
const ENVIRONMENT = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_COMMITTER_NAME: NOBODY.NAME,
  GIT_COMMITTER_EMAIL: NOBODY.EMAIL,
  LC_ALL: 'C',
};

/** Variables by which git, when it runs a hook or `git bisect run`, names a repository to its children. */
const INHERITED = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];

/** What git says, and whether it did as it was asked. */
export interface Said {
  readonly ok: boolean;
  readonly stdout: string;
  /** Standard output and standard error, as they came. */
  readonly all: string;
}

/** Arguments that {@link QUIET} takes. */
export const gitArguments = (directory: string, args: readonly string[]): string[] => [
  '-C',
  directory,
  ...QUIET.flatMap((setting) => ['-c', setting]),
  ...args,
];

/** The environment that git has here. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, ...ENVIRONMENT };
  for (const name of INHERITED) delete environment[name];
  return environment;
}

/** @throws Error if there is no git. */
export async function tryGit(directory: string, ...args: readonly string[]): Promise<Said> {
  const result = await execa('git', gitArguments(directory, args), {
    reject: false,
    all: true,
    stdin: 'ignore',
    env: gitEnvironment(),
    extendEnv: false,
  });
  if (result.code === 'ENOENT') throw new Error('git is not installed: apt-get install git');
  return { ok: result.exitCode === 0, stdout: `${result.stdout}`, all: `${result.all}` };
}

/** What git prints. @throws Error with git's last words if it fails. */
export async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const { ok, stdout, all } = await tryGit(directory, ...args);
  if (!ok) throw new Error(`git ${args[0]} failed in ${directory}: ${lastLines(all, 1)}`);
  return stdout;
}

/** The commit that `name` is in the repository. @throws RangeError if there is none. */
export async function commitOf(repository: string, name: string): Promise<string> {
  const { ok, stdout, all } = await tryGit(repository, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  if (ok) return stdout.trim();
  if (/not a git repository|cannot change to|dubious ownership/.test(all))
    throw new RangeError(`${repository} is not a git repository: ${lastLines(all, 1).replace(/^fatal: /, '')}`);
  throw new RangeError(`${repository} has no commit ${name}`);
}

/** The last lines of what a program said that are not empty. */
export function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-count)
    .join('\n');
}
