/** Where packages of a Debian suite come from, as a configuration of apt of its own: nothing of this system's is read or changed. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** As dpkg has it. */
export const DEBIAN_ARCHITECTURES = ['amd64', 'arm64'] as const;

export type DebianArchitecture = (typeof DEBIAN_ARCHITECTURES)[number];

/** Addresses of Debian's archives. */
export interface Mirrors {
  readonly main: string;
  readonly security: string;
}

/** What `apt-get indextargets` prints of the archives that this system uses, in this form. */
const FORM = '$(REPO_URI) $(LABEL)';

/** @throws Error if this system uses no archive of Debian, and `DEBIAN_MIRROR` names none */
export function mirrorsIn(printed: string, named: string | undefined): Mirrors {
  const labelled = (label: string) =>
    printed
      .split('\n')
      .find((line) => line.endsWith(` ${label}`))
      ?.split(' ')[0];
  const main = (named ?? labelled('Debian'))?.replace(/\/$/, '');
  if (main === undefined)
    throw new Error(
      'apt knows no archive of Debian here: run apt-get update, or set DEBIAN_MIRROR to the address of one',
    );
  return {
    main,
    security: (named ? undefined : labelled('Debian-Security'))?.replace(/\/$/, '') ?? `${main}-security`,
  };
}

async function mirrors(): Promise<Mirrors> {
  const { stdout } = await execa('apt-get', ['indextargets', '--format', FORM, 'Identifier: Packages'], {
    reject: false,
  });
  return mirrorsIn(stdout ?? '', process.env['DEBIAN_MIRROR']);
}

/** Suites that have a QEMU with CXL, the oldest first. */
export const SUITES = ['bookworm', 'trixie', 'trixie-backports', 'forky', 'sid', 'experimental'] as const;

/** Suites without updates of their own. */
const ROLLING = ['sid', 'unstable', 'testing', 'forky', 'experimental'];

const BACKPORTS = /^(\w+)-backports$/;

/** The suite that another one lies on top of; such a one has but some packages. */
function baseOf(suite: string): string | undefined {
  return suite === 'experimental' ? 'sid' : BACKPORTS.exec(suite)?.[1];
}

/** Lines of a `sources.list`. */
export function sourcesOf(suite: string, { main, security }: Mirrors): string[] {
  const line = (mirror: string, of: string) => `deb [signed-by=${KEYRING}] ${mirror} ${of} main`;
  const base = baseOf(suite);
  if (base) return [...sourcesOf(base, { main, security }), line(main, suite)];
  if (ROLLING.includes(suite)) return [line(main, suite)];
  return [line(main, suite), line(main, `${suite}-updates`), line(security, `${suite}-security`)];
}

/**
 * As apt wants them. Backports fit each other and their base: whatever they have is theirs. On top of another suite else, the first is
 * from this one, with what it needs, and the rest from the other.
 */
export function wanted(suite: string, [first = '', ...rest]: readonly string[]): string[] {
  if (BACKPORTS.test(suite)) return ['--target-release', suite, first, ...rest];
  return baseOf(suite) ? [`${first}/${suite}`, ...rest] : [first, ...rest];
}

/** Writes it into `directory`, where apt keeps all its files, and yields its path. @throws Error if Debian's keys are not here */
export async function writeAptConfiguration(
  suite: string,
  directory: string,
  architecture: DebianArchitecture = 'amd64',
): Promise<string> {
  if (!existsSync(KEYRING))
    throw new Error(`the keys of Debian's archive are not installed: apt-get install debian-archive-keyring`);
  for (const folder of ['lists/partial', 'archives/partial', 'etc/apt.conf.d', 'etc/preferences.d'])
    await mkdir(join(directory, folder), { recursive: true });
  await writeFile(join(directory, 'status'), ''); // nothing is installed
  await writeFile(join(directory, 'sources.list'), `${sourcesOf(suite, await mirrors()).join('\n')}\n`);
  const settings = {
    'Dir::Etc': join(directory, 'etc'),
    'Dir::Etc::sourcelist': join(directory, 'sources.list'),
    'Dir::State': directory,
    'Dir::State::status': join(directory, 'status'),
    'Dir::Cache': directory,
    'APT::Architecture': architecture,
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': 'root', // others may not be able to write here
    'Acquire::Check-Valid-Until': 'false', // a stale snapshot of an archive is as good as a fresh one
    'Acquire::ForceHash': 'SHA256',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
  };
  const path = join(directory, 'apt.conf');
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";\n`);
  await writeFile(path, `#clear APT::Architectures;\n${lines.join('')}`);
  return path;
}
