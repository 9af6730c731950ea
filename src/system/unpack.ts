/** Packages of any Debian suite, unpacked into a folder and not installed. It takes apt and dpkg, and no privileges. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ExecaError } from 'execa';
import { type DebianArchitecture, wanted, writeAptConfiguration } from './archive';
import { leashed } from './leash';

export interface Unpacking {
  readonly suite: string;
  /** Whose packages; amd64 unless given. */
  readonly architecture?: DebianArchitecture;
  /** With all that they depend on. */
  readonly packages: readonly string[];
  /** Where downloads are kept, so that they are resumed after an interruption. */
  readonly downloads: string;
  readonly directory: string;
  /** Is told how much there is to download. */
  readonly tell: (line: string) => void;
}

const MIB = 1 << 20;

/** So often what has arrived damaged is downloaded. */
const TRIES = 2;

/** @throws Error with a sentence that says what to do about it */
export async function unpackPackages({
  suite,
  architecture,
  packages,
  downloads,
  directory,
  tell,
}: Unpacking): Promise<void> {
  try {
    const configuration = await writeAptConfiguration(suite, downloads, architecture);
    const apt = (...args: string[]) => run('apt-get', ['-q', '-y', ...args], { APT_CONFIG: configuration });
    await apt('update');
    const names = wanted(suite, packages);
    const none = ['-o', `Dir::Cache::archives=${await emptyArchives(downloads)}`]; // else what is there is not listed
    const files = filesIn(await apt('install', '--print-uris', ...none, ...names));
    const archives = join(downloads, 'archives');
    await download(files, archives, () => apt('install', '--download-only', ...names), tell);
    await mkdir(directory, { recursive: true });
    for (const { name } of files) await run('dpkg-deb', ['--extract', join(archives, name), directory]);
  } catch (error) {
    throw new Error(`packages of Debian ${suite} cannot be unpacked: ${(error as Error).message}`);
  }
}

async function emptyArchives(downloads: string): Promise<string> {
  const path = join(downloads, 'none');
  await mkdir(join(path, 'partial'), { recursive: true });
  return path;
}

export interface PackageFile {
  readonly name: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What apt would download: lines of `'URI' NAME SIZE SHA256:DIGEST`. */
export const filesIn = (printed: string): PackageFile[] =>
  [...printed.matchAll(/^'\S+' (\S+) (\d+) SHA256:(\w+)$/gm)].map(([, name = '', size, sha256 = '']) => ({
    name,
    size: Number(size),
    sha256,
  }));

/** Until all files are there and whole: apt resumes what is incomplete, and goes by size where a file is there already. */
export async function download(
  files: readonly PackageFile[],
  archives: string,
  get: () => Promise<unknown>,
  tell: (line: string) => void,
): Promise<void> {
  const missing = async () => {
    const lacking: PackageFile[] = [];
    for (const file of files) if (!(await isWhole(join(archives, file.name), file))) lacking.push(file);
    return lacking;
  };
  let left = await missing();
  for (let attempt = 0; left.length > 0 && attempt < TRIES; attempt++) {
    tell(`${left.length} of ${files.length} packages to download, ${sizeOf(left)} of ${sizeOf(files)} MiB`);
    for (const { name } of left) await rm(join(archives, name), { force: true });
    await get();
    left = await missing();
  }
  if (left[0]) throw new Error(`${left[0].name} does not have the checksum that the archive lists: try it later`);
}

const sizeOf = (files: readonly PackageFile[]): string =>
  (files.reduce((sum, { size }) => sum + size, 0) / MIB).toFixed(1);

async function isWhole(path: string, { size, sha256 }: PackageFile): Promise<boolean> {
  if (!existsSync(path) || (await stat(path)).size !== size) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}

/** Its output. It ends with this process, however that ends. */
async function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { execa } = await import('execa'); // which loads slowly
  const [first = program, ...rest] = [...leashed('TERM'), program, ...args];
  const { stdout } = await execa(first, rest, { env: { ...env, LC_ALL: 'C' }, stdin: 'ignore' }).catch(
    (error: ExecaError) => {
      throw new Error(reason(error, program));
    },
  );
  return `${stdout}`;
}

function reason({ code, exitCode, stderr, shortMessage }: ExecaError, program: string): string {
  if (code === 'ENOENT' || exitCode === 127)
    return `${program} is not installed: it takes apt and dpkg of Debian or Ubuntu, which a container can have`;
  const said = [...`${stderr}`.matchAll(/^(?:E|dpkg-deb: error): (.*)/gm)].map(([, words]) => words);
  return said[0] ?? shortMessage;
}
