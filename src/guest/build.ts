/**
 * Makes a guest image from Debian packages: they are unpacked, never installed, and only the programs, libraries and
 * modules that a scenario needs go into the initramfs, for every byte of it has to be unpacked under emulation.
 */
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import { unpackPackages } from '../system/unpack';
import { makeFolderOnce, type Workshop } from '../system/workshop';
import { GuestError } from './guest-error';
import { FILES, findGuest, guestCache, RECIPE } from './image';
import { INIT, INITTAB, MODULES, PROGRAMS, packagesOf } from './image-contents';

export interface GuestBuild {
  readonly suite: string;
  readonly force?: boolean;
  /** Is told what is done next: the `number`-th stage of so many. */
  readonly onStage?: (what: string, number: number, of: number) => void;
  /** Is told how much there is to download, and for whom it waits. */
  readonly tell?: (line: string) => void;
}

/** How many stages a build has. */
const STAGES = 5;

/** @throws GuestError that says what is missing and how to get it. */
export async function buildGuest({ suite, force = false, onStage = () => {}, tell = () => {} }: GuestBuild) {
  const directory = join(guestCache(), suite);
  const isMade = async () =>
    !force && existsSync(join(directory, FILES.description)) && (await findGuest(suite)).recipe === RECIPE;
  const make = async ({ made, scratch, downloads }: Workshop) => {
    const packages = join(scratch, 'packages');
    onStage(`download and unpack packages of Debian ${suite}`, 1, STAGES);
    await unpackPackages({ suite, packages: packagesOf(suite), downloads, directory: packages, tell });
    await assemble(suite, packages, join(scratch, 'root'), made, onStage);
  };
  await makeFolderOnce(directory, isMade, make, tell).catch((error: Error) => {
    throw error instanceof GuestError ? error : new GuestError(error.message);
  });
  return findGuest(suite);
}

type Stage = NonNullable<GuestBuild['onStage']>;

async function assemble(suite: string, packages: string, root: string, image: string, onStage: Stage): Promise<void> {
  const base = ['usr', ''].map((top) => join(packages, top)).find((top) => existsSync(join(top, 'lib/modules')));
  const [kernel] = base ? await readdir(join(base, 'lib/modules')) : [];
  if (!base || !kernel) throw new GuestError(`Debian ${suite} brought no kernel`);
  const places = [join(packages, 'boot', `vmlinuz-${kernel}`), join(base, 'lib/modules', kernel, 'vmlinuz')]; // since 2026
  await copyFile(places.find(existsSync) ?? '', join(image, FILES.kernel));
  for (const folder of [
    'proc',
    'sys',
    'dev',
    'tmp',
    'run',
    'etc/dropbear',
    'root/.ssh',
    'usr/bin',
    'usr/lib',
    'modules',
    'mnt',
  ]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  for (const folder of ['bin', 'sbin', 'lib', 'lib64'])
    await symlink(folder.endsWith('bin') ? 'usr/bin' : 'usr/lib', join(root, folder));
  onStage('copy programs and their libraries', 2, STAGES);
  await copyPrograms(packages, root);
  onStage(`unpack modules of Linux ${kernel}`, 3, STAGES);
  await copyModules(base, kernel, root);
  onStage('make keys', 4, STAGES);
  await makeKeys(packages, root, image);
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  await writeFile(join(root, 'etc/inittab'), INITTAB);
  await writeFile(join(root, 'init'), INIT);
  await chmod(join(root, 'init'), 0o755);
  onStage('pack the initramfs', 5, STAGES);
  await pack(root, join(image, FILES.initramfs));
  await writeFile(
    join(image, FILES.description),
    `${JSON.stringify({ name: suite, kernel, recipe: RECIPE }, null, 2)}\n`,
  );
}

/** Programs with the libraries that their own dynamic loader finds for them. */
async function copyPrograms(packages: string, root: string): Promise<void> {
  const libraries = new Set<string>();
  for (const program of PROGRAMS) {
    const found = ['usr/bin', 'usr/sbin', 'bin', 'sbin']
      .map((folder) => join(packages, folder, program))
      .find(existsSync);
    if (!found) continue; // an older suite has fewer
    await copyFile(found, join(root, 'usr/bin', program));
    for (const library of await librariesOf(packages, found)) libraries.add(library);
  }
  for (const library of libraries) await copyFile(library, join(root, 'usr/lib', basename(library)));
  await copyFile(loaderOf(packages), join(root, 'usr/lib', basename(loaderOf(packages))));
}

const loaderOf = (packages: string): string =>
  ['usr/lib64', 'lib64'].map((folder) => join(packages, folder, 'ld-linux-x86-64.so.2')).find(existsSync) ?? '';

/** Runs a program of the packages. */
const withLoader = (packages: string, ...args: string[]) =>
  execa(loaderOf(packages), [
    '--library-path',
    ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'].map((folder) => join(packages, folder)).join(':'),
    ...args,
  ]);

async function librariesOf(packages: string, program: string): Promise<string[]> {
  const { stdout } = await withLoader(packages, '--list', program).catch(() => ({ stdout: '' })); // which is static
  return [...stdout.matchAll(/=> (\S+)/g)].map(([, path]) => `${path}`);
}

/** Modules in the order in which they can be inserted, unpacked here and not under emulation. */
async function copyModules(base: string, kernel: string, root: string): Promise<void> {
  await tool('depmod', ['-b', base, kernel], 'kmod');
  const order: string[] = [];
  for (const name of MODULES) {
    const { stdout } = await execa('modprobe', ['-d', base, '-S', kernel, '--show-depends', name], { reject: false });
    for (const [, path] of stdout.matchAll(/^insmod (\S+)/gm)) if (path && !order.includes(path)) order.push(path);
  }
  for (const path of order) {
    const target = join(root, 'modules', basename(path).replace(/\.(xz|zst)$/, ''));
    if (path.endsWith('.ko')) await copyFile(path, target);
    else await execa(path.endsWith('.xz') ? 'xz' : 'zstd', ['-dc', path], { stdout: { file: target } });
  }
  const names = order.map((path) => basename(path).replace(/\.(xz|zst)$/, ''));
  await writeFile(join(root, 'modules/order'), `${names.join('\n')}\n`);
}

/** The guest's own key, and ours, which it lets in. */
async function makeKeys(packages: string, root: string, image: string): Promise<void> {
  const key = join(image, FILES.key);
  await tool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'cxl-conformance', '-f', key], 'openssh-client');
  await writeFile(join(root, 'root/.ssh/authorized_keys'), await readFile(`${key}.pub`), { mode: 0o600 });
  await chmod(join(root, 'root/.ssh'), 0o700);
  await chmod(join(root, 'root'), 0o700);
  await withLoader(
    packages,
    join(packages, 'usr/bin/dropbearkey'),
    '-t',
    'ed25519',
    '-f',
    join(root, 'etc/dropbear/dropbear_ed25519_host_key'),
  );
}

async function pack(root: string, initramfs: string): Promise<void> {
  const archive = execa('sh', ['-c', 'find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet | zstd -19 -T0 -q'], {
    cwd: root,
    stdout: { file: initramfs },
  });
  await archive.catch((error: ExecaError) => {
    throw new GuestError(
      `the initramfs cannot be packed: ${error.stderr || error.message} (apt-get install cpio zstd)`,
    );
  });
}

/** @throws GuestError with the package that brings the tool, or with what the tool says. */
async function tool(program: string, args: readonly string[], fromPackage: string): Promise<void> {
  await execa(program, args, { env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } }).catch((error: ExecaError) => {
    if (error.code === 'ENOENT') throw new GuestError(`${program} is not installed: apt-get install ${fromPackage}`);
    const said = `${error.stderr}`.match(/^E: .*$/m)?.[0] ?? error.shortMessage;
    throw new GuestError(`${program} has failed: ${said}`);
  });
}
