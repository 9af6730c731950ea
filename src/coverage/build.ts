/** A QEMU that was built to count what it runs: gcc's `--coverage`, of all of it or of its CXL files alone. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { type FileCounts, MEASURED, readCounts } from './counts';

/** How to make one. */
export const HOW = `How to make a build with coverage, in QEMU's source:
  mkdir cov && cd cov && ../configure --target-list=x86_64-softmmu --enable-gcov --extra-cflags=-O0 && ninja qemu-system-x86_64
Without optimization each line and branch of the source is counted for itself. It is run with the gcov of the gcc that built it;
another one is named by GCOV.`;

/** Meson's name of an object file: `hw_cxl_cxl-host.c`. */
const isMeasured = (note: string): boolean =>
  MEASURED.test(note.replace(/\.gcno$/, '').replace(/^hw_(cxl|mem|acpi|pci-bridge)_/, 'hw/$1/'));

export class CoverageBuild {
  private constructor(
    readonly binary: string,
    private readonly notes: readonly string[],
  ) {}

  /** @param path Folder of a build, or its binary. @throws RangeError if it does not count what it runs */
  static open(path: string): CoverageBuild {
    const folder = resolve(path);
    if (!existsSync(folder)) throw new RangeError(`${path}: no such folder`);
    const [binary, build] = statSync(folder).isDirectory()
      ? [join(folder, 'qemu-system-x86_64'), folder]
      : [folder, dirname(folder)];
    if (!existsSync(binary)) throw new RangeError(`${path} has no qemu-system-x86_64: name the folder of a build`);
    const notes = readdirSync(build, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.gcno') && isMeasured(basename(name)))
      .map((name) => join(build, name));
    if (notes.length === 0)
      throw new RangeError(`${path} was not built with coverage: it has no .gcno of CXL files.\n${HOW}`);
    return new CoverageBuild(binary, notes);
  }

  /** What QEMUs have counted that were started with `GCOV_PREFIX` as `prefix` and have ended by themselves; nothing if there was none. */
  async counted(prefix: string): Promise<FileCounts[]> {
    const data = this.notes
      .map((note) => join(prefix, note.replace(/\.gcno$/, '.gcda')))
      .filter((path) => existsSync(path));
    if (data.length === 0) return [];
    for (const note of this.notes) {
      const beside = join(prefix, note); // where gcov looks for it
      await mkdir(dirname(beside), { recursive: true });
      if (!existsSync(beside)) await symlink(note, beside);
    }
    const { GCOV = 'gcov' } = process.env;
    const { stdout, exitCode, stderr } = await execa(GCOV, ['-b', '-c', '--json-format', '--stdout', ...data], {
      cwd: prefix,
      reject: false,
      maxBuffer: 1 << 28,
    });
    if (exitCode === undefined) throw new Error(`${GCOV} cannot be run: it comes with gcc`);
    if (exitCode !== 0) throw new Error(`${GCOV} does not read what this QEMU has counted: ${stderr}`);
    return readCounts(stdout);
  }
}
