/**
 * QEMU releases beside this system's: a Debian suite's packages, unpacked into a folder and started through that
 * folder's own dynamic loader. Nothing is installed, and QEMU needs no privileges.
 */
import { existsSync } from 'node:fs';
import { chmod, realpath, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { unpackPackages } from '../system/unpack';
import { makeFolderOnce, type Workshop } from '../system/workshop';
import { ARCHITECTURES, type ArchitectureName, programOf } from './architecture';
import { QemuError } from './qemu-error';

const PACKAGES = ['qemu-system-data', 'libc6'];
/** Until Debian 12, packages bring some of them at the top. */
const LIBRARIES = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'];
const LOADER = 'ld-linux-x86-64.so.2';
const BINARIES = 'usr/bin';

/** Folder of all unpacked suites, outside the repository. */
export const qemuCache = (): string =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cxl-conformance', 'qemu');

/** Name of the folder of a suite's QEMU for that architecture. */
export const folderOf = (suite: string, architecture: ArchitectureName): string =>
  architecture === 'x86_64' ? suite : `${suite}-${architecture}`;

/** The QEMU of `suite`, unpacked unless it was; yields the path of a program to start it by. @throws QemuError */
export async function unpackQemu(
  suite: string,
  architecture: ArchitectureName = 'x86_64',
  tell: (line: string) => void = () => {},
): Promise<string> {
  const directory = join(qemuCache(), folderOf(suite, architecture));
  const name = programOf(architecture);
  const program = join(directory, name);
  const packages = [...ARCHITECTURES[architecture].packages, ...PACKAGES];
  const make = async ({ made, downloads }: Workshop) => {
    const root = join(made, 'root');
    await unpackPackages({ suite, packages, downloads, directory: root, tell });
    const libraries = LIBRARIES.filter((folder) => existsSync(join(root, folder)));
    const loader = libraries.map((folder) => join(folder, LOADER)).find((file) => existsSync(join(root, file)));
    if (!loader) throw new QemuError(`the packages of Debian ${suite} brought no ${LOADER}`);
    await writeFile(join(made, name), starter(libraries, loader, architecture));
    await chmod(join(made, name), 0o755);
  };
  await makeFolderOnce(directory, async () => existsSync(program), make, tell).catch(({ message }: Error) => {
    throw new QemuError(message);
  });
  return program;
}

/** The binary that a program starts: another one where the program is that of an unpacked suite, which is a shell script. */
export async function binaryBehind(program: string): Promise<string> {
  const real = await realpath(program);
  const binary = join(dirname(real), 'root', BINARIES, basename(real));
  return existsSync(binary) ? binary : program;
}

/** A script that works wherever the folder is: caches of continuous integration move it. */
export const starter = (
  libraries: readonly string[],
  loader: string,
  architecture: ArchitectureName = 'x86_64',
): string => `#!/bin/sh
program=$0
[ -L "$program" ] && program=$(readlink -f "$program")
root=\${program%/*}/root
export QEMU_MODULE_DIR="$root/${LIBRARIES[0]}/qemu"
exec "$root/${loader}" --library-path "${libraries.map((folder) => `$root/${folder}`).join(':')}" \\
  "$root/${BINARIES}/${programOf(architecture)}" \\
  ${ARCHITECTURES[architecture].firmware.map((folder) => `-L "$root/usr/share/${folder}"`).join(' ')} "$@"
`;
