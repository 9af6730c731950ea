/**
 * QEMU releases beside this system's: a Debian suite's packages, unpacked into a folder and started through that
 * folder's own dynamic loader. Nothing is installed, and QEMU needs no privileges.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { temporarily } from '../system/scratch';
import { unpackPackages } from '../system/unpack';
import { QemuError } from './qemu-error';

const PACKAGES = ['qemu-system-x86', 'qemu-system-data', 'seabios', 'ovmf', 'libc6'];
/** Until Debian 12, packages bring some of them at the top. */
const LIBRARIES = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'];
const LOADER = 'ld-linux-x86-64.so.2';
const BINARY = 'usr/bin/qemu-system-x86_64';

/** Folder of all unpacked suites, outside the repository. */
export const qemuCache = (): string =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cxl-conformance', 'qemu');

/** The QEMU of `suite`, unpacked unless it was; yields the path of a program to start it by. @throws QemuError */
export async function unpackQemu(suite: string): Promise<string> {
  const directory = join(qemuCache(), suite);
  const program = join(directory, 'qemu-system-x86_64');
  if (existsSync(program)) return program;
  await temporarily(`${directory}.${process.pid}`, async (making) => {
    await mkdir(making, { recursive: true }); // mmdebstrap makes one folder, not its parents
    await unpackPackages(suite, PACKAGES, join(making, 'root'));
    const libraries = LIBRARIES.filter((folder) => existsSync(join(making, 'root', folder)));
    const loader = libraries
      .map((folder) => join(folder, LOADER))
      .find((file) => existsSync(join(making, 'root', file)));
    if (!loader) throw new QemuError(`the packages of Debian ${suite} brought no ${LOADER}`);
    await writeFile(join(making, 'qemu-system-x86_64'), starter(libraries, loader));
    await chmod(join(making, 'qemu-system-x86_64'), 0o755);
    await rm(directory, { recursive: true, force: true });
    await rename(making, directory);
  }).catch(({ message }: Error) => {
    throw new QemuError(message);
  });
  return program;
}

/** The binary that a program starts: another one where the program is that of an unpacked suite, which is a shell script. */
export async function binaryBehind(program: string): Promise<string> {
  const binary = join(dirname(await realpath(program)), 'root', BINARY);
  return existsSync(binary) ? binary : program;
}

/** A script that works wherever the folder is: caches of continuous integration move it. */
export const starter = (libraries: readonly string[], loader: string): string => `#!/bin/sh
program=$0
[ -L "$program" ] && program=$(readlink -f "$program")
root=\${program%/*}/root
export QEMU_MODULE_DIR="$root/${LIBRARIES[0]}/qemu"
exec "$root/${loader}" --library-path "${libraries.map((folder) => `$root/${folder}`).join(':')}" \\
  "$root/${BINARY}" \\
  -L "$root/usr/share/seabios" -L "$root/usr/share/qemu" -L "$root/usr/share/ovmf" "$@"
`;
