/**
 * QEMU releases beside this system's: a Debian suite's packages, unpacked into a folder and started through that
 * folder's own dynamic loader. Nothing is installed, and QEMU needs no privileges.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { temporarily } from '../system/scratch';
import { unpackPackages } from '../system/unpack';
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
export async function unpackQemu(suite: string, architecture: ArchitectureName = 'x86_64'): Promise<string> {
  const directory = join(qemuCache(), folderOf(suite, architecture));
  const name = programOf(architecture);
  const program = join(directory, name);
  if (existsSync(program)) return program;
  await temporarily(`${directory}.${process.pid}`, async (making) => {
    await mkdir(making, { recursive: true }); // mmdebstrap makes one folder, not its parents
    await unpackPackages(suite, [...ARCHITECTURES[architecture].packages, ...PACKAGES], join(making, 'root'));
    const libraries = LIBRARIES.filter((folder) => existsSync(join(making, 'root', folder)));
    const loader = libraries
      .map((folder) => join(folder, LOADER))
      .find((file) => existsSync(join(making, 'root', file)));
    if (!loader) throw new QemuError(`the packages of Debian ${suite} brought no ${LOADER}`);
    await writeFile(join(making, name), starter(libraries, loader, architecture));
    await chmod(join(making, name), 0o755);
    await rm(directory, { recursive: true, force: true });
    await rename(making, directory);
  }).catch(({ message }: Error) => {
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
