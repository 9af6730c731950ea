/**
 * Makes a guest image from Debian packages: they are unpacked, never installed, and none of their programs is run, for they may be
 * of another architecture. Only the programs, libraries and modules that a scenario needs go into the initramfs, for every
 * byte of it has to be unpacked under emulation.
 */
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import { unpackPackages } from '../system/unpack';
import { makeFolderOnce, type Workshop } from '../system/workshop';
import { DEFAULT_GUEST_ARCHITECTURE, type GuestArchitectureName, guestArchitecture, imageName } from './architecture';
import { dropbearKey } from './dropbear-key';
import { librariesNeededBy } from './elf';
import { GuestError } from './guest-error';
import { FILES, FIRMWARE, findGuest, guestCache, RECIPE } from './image';
import { INIT, INITTAB, MODULES, PROGRAMS, packagesOf } from './image-contents';

export interface GuestBuild {
  readonly suite: string;
  /** amd64 unless given. */
  readonly architecture?: GuestArchitectureName;
  readonly force?: boolean;
  /** Is told what is done next: the `number`-th stage of so many. */
  readonly onStage?: (what: string, number: number, of: number) => void;
  /** Is told how much there is to download, and for whom it waits. */
  readonly tell?: (line: string) => void;
}

/** How many stages a build has. */
const STAGES = 5;

/** @throws GuestError that says what is missing and how to get it. */
export async function buildGuest({
  suite,
  architecture = DEFAULT_GUEST_ARCHITECTURE,
  force = false,
  onStage = () => {},
  tell = () => {},
}: GuestBuild) {
  const name = imageName(suite, architecture);
  const directory = join(guestCache(), name);
  const isMade = async () =>
    !force && existsSync(join(directory, FILES.description)) && (await findGuest(name)).recipe === RECIPE;
  const make = async ({ made, scratch, downloads }: Workshop) => {
    const packages = join(scratch, 'packages');
    onStage(`download and unpack packages of Debian ${suite} for ${architecture}`, 1, STAGES);
    const names = packagesOf(suite, architecture);
    await unpackPackages({ suite, architecture, packages: names, downloads, directory: packages, tell });
    await assemble({ suite, architecture, packages, root: join(scratch, 'root'), image: made, onStage });
  };
  await makeFolderOnce(directory, isMade, make, tell).catch((error: Error) => {
    throw error instanceof GuestError ? error : new GuestError(error.message);
  });
  return findGuest(name);
}

interface Assembly extends Required<Pick<GuestBuild, 'suite' | 'architecture' | 'onStage'>> {
  /** Where the packages are unpacked. */
  readonly packages: string;
  /** What becomes the initramfs. */
  readonly root: string;
  /** What becomes the image. */
  readonly image: string;
}

async function assemble({ suite, architecture, packages, root, image, onStage }: Assembly): Promise<void> {
  const base = ['usr', ''].map((top) => join(packages, top)).find((top) => existsSync(join(top, 'lib/modules')));
  const [kernel] = base ? await readdir(join(base, 'lib/modules')) : [];
  if (!base || !kernel) throw new GuestError(`Debian ${suite} brought no kernel`);
  const places = [join(packages, 'boot', `vmlinuz-${kernel}`), join(base, 'lib/modules', kernel, 'vmlinuz')]; // since 2026
  await copyFile(places.find(existsSync) ?? '', join(image, FILES.kernel));
  const { firmware, libraries } = guestArchitecture(architecture);
  if (firmware) await copyFile(join(packages, firmware), join(image, FIRMWARE));
  await makeFolders(root);
  onStage('copy programs and their libraries', 2, STAGES);
  await copyPrograms(packages, libraries, root);
  onStage(`unpack modules of Linux ${kernel}`, 3, STAGES);
  await copyModules(base, kernel, root);
  onStage('make keys', 4, STAGES);
  await makeKeys(root, image);
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  await writeFile(join(root, 'etc/inittab'), INITTAB);
  await writeFile(join(root, 'init'), INIT);
  await chmod(join(root, 'init'), 0o755);
  onStage('pack the initramfs', 5, STAGES);
  await pack(root, join(image, FILES.initramfs));
  const description = { name: imageName(suite, architecture), architecture, kernel, recipe: RECIPE };
  await writeFile(join(image, FILES.description), `${JSON.stringify(description, null, 2)}\n`);
}

const FOLDERS = 'proc sys dev tmp run etc/dropbear root/.ssh usr/bin usr/lib modules mnt';

async function makeFolders(root: string): Promise<void> {
  for (const folder of FOLDERS.split(' ')) await mkdir(join(root, folder), { recursive: true });
  for (const folder of ['bin', 'sbin', 'lib', 'lib64'])
    await symlink(folder.endsWith('bin') ? 'usr/bin' : 'usr/lib', join(root, folder));
}

/** Programs with the libraries that their dynamic loader will look for. */
async function copyPrograms(packages: string, folder: string, root: string): Promise<void> {
  const libraries = new Set<string>();
  for (const program of PROGRAMS) {
    const found = ['usr/bin', 'usr/sbin', 'bin', 'sbin'].map((bin) => join(packages, bin, program)).find(existsSync);
    if (!found) continue; // an older suite has fewer
    await copyFile(found, join(root, 'usr/bin', program));
    await addLibraries(found, packages, folder, libraries);
  }
  for (const library of libraries) await copyFile(library, join(root, 'usr/lib', basename(library)));
}

/** Adds the paths of the libraries that a program or library needs, and of those that they need. @throws GuestError if one is in no package */
async function addLibraries(file: string, packages: string, folder: string, libraries: Set<string>): Promise<void> {
  for (const name of librariesNeededBy(await readFile(file))) {
    const places = ['usr/lib', 'lib'].map((lib) => join(packages, lib, folder, name));
    const library = places.find(existsSync);
    if (!library) throw new GuestError(`no package brought ${name}, which ${basename(file)} needs`);
    if (libraries.has(library)) continue;
    libraries.add(library);
    await addLibraries(library, packages, folder, libraries);
  }
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
async function makeKeys(root: string, image: string): Promise<void> {
  const key = join(image, FILES.key);
  await tool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'cxl-conformance', '-f', key], 'openssh-client');
  await writeFile(join(root, 'root/.ssh/authorized_keys'), await readFile(`${key}.pub`), { mode: 0o600 });
  await chmod(join(root, 'root/.ssh'), 0o700);
  await chmod(join(root, 'root'), 0o700);
  await writeFile(join(root, 'etc/dropbear/dropbear_ed25519_host_key'), dropbearKey(), { mode: 0o600 });
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
