/** Where packages of a Debian suite come from, as a configuration of apt of its own: nothing of this system's is read or changed. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const MIRROR = 'http://deb.debian.org/debian';
const SECURITY = 'http://security.debian.org/debian-security';

/** Suites that have a QEMU with CXL, the oldest first. */
export const SUITES = ['bookworm', 'trixie', 'trixie-backports', 'forky', 'sid', 'experimental'] as const;

/** Suites without updates of their own. */
const ROLLING = ['sid', 'unstable', 'testing', 'forky', 'experimental'];

/** The suite that another one lies on top of; such a one has but some packages. */
function baseOf(suite: string): string | undefined {
  return suite === 'experimental' ? 'sid' : /^(\w+)-backports$/.exec(suite)?.[1];
}

/** Lines of a `sources.list`. */
export function sourcesOf(suite: string): string[] {
  const line = (mirror: string, of: string) => `deb [signed-by=${KEYRING}] ${mirror} ${of} main`;
  const base = baseOf(suite);
  if (base) return [...sourcesOf(base), line(MIRROR, suite)];
  if (ROLLING.includes(suite)) return [line(MIRROR, suite)];
  return [line(MIRROR, suite), line(MIRROR, `${suite}-updates`), line(SECURITY, `${suite}-security`)];
}

/** As apt wants them: on top of another suite, the first is from this one, with what it needs, and the rest from the other. */
export const wanted = (suite: string, [first = '', ...rest]: readonly string[]): string[] =>
  baseOf(suite) ? [`${first}/${suite}`, ...rest] : [first, ...rest];

/** Writes it into `directory`, where apt keeps all its files, and yields its path. @throws Error if Debian's keys are not here */
export async function writeAptConfiguration(suite: string, directory: string): Promise<string> {
  if (!existsSync(KEYRING))
    throw new Error(`the keys of Debian's archive are not installed: apt-get install debian-archive-keyring`);
  for (const folder of ['lists/partial', 'archives/partial', 'etc/apt.conf.d', 'etc/preferences.d'])
    await mkdir(join(directory, folder), { recursive: true });
  await writeFile(join(directory, 'status'), ''); // nothing is installed
  await writeFile(join(directory, 'sources.list'), `${sourcesOf(suite).join('\n')}\n`);
  const settings = {
    'Dir::Etc': join(directory, 'etc'),
    'Dir::Etc::sourcelist': join(directory, 'sources.list'),
    'Dir::State': directory,
    'Dir::State::status': join(directory, 'status'),
    'Dir::Cache': directory,
    'APT::Architecture': 'amd64',
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
