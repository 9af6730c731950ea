/** Building the QEMU of a work tree, and keeping a copy that runs while the work tree goes on to another commit. */
import { chmodSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Place } from './shell';
import { lastWords, type WorkTree } from './work-tree';

export interface Build {
  /** A command of the shell, run at the top of the work tree; it builds again only what has changed. */
  readonly command: string;
  /** Path of the QEMU that it makes, from there. */
  readonly binary: string;
}

export type Built = { readonly qemu: string } | { readonly failed: string };

/** Options for a QEMU that has what scenarios look at, and little else to compile. */
const CONFIGURE = [
  '--without-default-features',
  '--enable-tcg',
  '--enable-pixman',
  '--disable-docs',
  '--disable-werror',
  '--disable-debug-info',
  '--extra-cflags=-O1',
];

/** Builds `TARGET-softmmu`, with ccache where there is one. */
const defaultBuild = (target = 'x86_64'): Build => ({
  command: [
    'set -e',
    'mkdir -p build',
    'cd build',
    'compiler=cc',
    'if command -v ccache > /dev/null; then compiler="ccache cc"; fi',
    `if [ ! -f build.ninja ]; then ../configure --target-list=${target}-softmmu "--cc=$compiler" ${CONFIGURE.join(' ')}; fi`,
    `ninja qemu-system-${target}`,
  ].join('\n'),
  binary: `build/qemu-system-${target}`,
});

/** As the caller says, else as usual. */
export function howToBuild({ build: command, binary }: { readonly build?: string; readonly binary?: string }): Build {
  const usual = defaultBuild();
  return { command: command ?? usual.command, binary: binary ?? usual.binary };
}

/** Words by which a build says that the machine, not the source, is at fault. */
const ENVIRONMENT =
  /No space left on device|Cannot allocate memory|virtual memory exhausted|Killed signal|Disk quota exceeded|: (?:command )?not found$|no C compiler|Read-only file system/im;
/** Of the shell: the command is not executable, or not there. */
const NO_COMMAND = [126, 127];

/** Where QEMU's sources come to be compiled: a failure that names one is the source's. */
const COMPILED = /^\S+\.(?:c|h|inc|rs|json|S):\d+|\berror: /m;

/**
 * Builds what is checked out there. A source that does not build yields its last words.
 * @throws Error if it is the machine that fails: no compiler, no room.
 */
export async function build(place: Place, { command, binary }: Build): Promise<Built> {
  const cached = { CCACHE_BASEDIR: place.path, CCACHE_NOHASHDIR: '1' };
  const said = await place.run(command, cached);
  const path = join(place.path, binary);
  if (said.ok && existsSync(path)) return { qemu: path };
  if (said.ok) return Promise.reject(new RangeError(`the build has made no ${binary}: name what it makes by --binary`));
  const words = lastWords({ ...said, all: readable(said.all, place.path) });
  if (NO_COMMAND.includes(said.status) || (ENVIRONMENT.test(said.all) && !COMPILED.test(said.all)))
    throw new Error(`the build cannot run here: ${words}`);
  return { failed: words };
}

/** Of ninja: how far it is. */
const PROGRESS = /^\[\d+\/\d+\] /;

/** Longer ones are the compiler's command lines. */
const LINE = 400;

/** Without progress and the compiler's command lines; files are named from the top of the tree. */
const readable = (text: string, top: string): string =>
  text
    .split('\n')
    .filter((line) => !PROGRESS.test(line) && line.length <= LINE)
    .map((line) => line.replaceAll(`${top}/`, '').replace(/^\.\.\/(?=\w)/, ''))
    .join('\n');

/** Firmware of other machines, large: no scenario boots it. */
const LEFT_OUT = /^edk2-/;

/** A copy of a built QEMU, with what it looks for beside itself, in a folder `name`. Yields its path. */
export function keepCopy(workTree: WorkTree, qemu: string, name: string): string {
  const folder = join(workTree.folder, name);
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, basename(qemu));
  cpSync(qemu, copy, { dereference: true });
  chmodSync(copy, statSync(qemu).mode);
  const bundle = join(dirname(qemu), BUNDLE);
  if (existsSync(bundle))
    cpSync(bundle, join(folder, BUNDLE), {
      recursive: true,
      dereference: true,
      filter: (source) => existsSync(source) && !LEFT_OUT.test(basename(source)),
    });
  return copy;
}

/** Where a QEMU that is not installed looks for ROMs and keymaps. */
const BUNDLE = 'qemu-bundle';
