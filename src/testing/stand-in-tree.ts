/** For tests: a git repository that stands in for QEMU's. Its build takes no time: it makes a real QEMU tell the lie that a file has. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** The lie of lying-qemu.js that the built QEMU tells; and what the compiler would say to `SOURCE` if it holds an error. */
const LIE = 'hw/cxl/lie';
export const SOURCE = 'hw/cxl/cxl-host.c';

export const BUILD = 'sh build.sh';
export const BINARY = 'out/qemu';

const buildScript = (qemu: string) => `
if grep -n error ${SOURCE}; then echo "${SOURCE}:1:1: error: as it says" >&2; exit 1; fi
mkdir -p out
lie=$(cat ${LIE})
if [ "$lie" = nothing ]; then command='exec "${qemu}"'
else command="LIE='$lie' REAL_QEMU='${qemu}' exec '${process.execPath}' '${join(__dirname, 'lying-qemu.js')}'"; fi
printf '#!/bin/sh\\n%s "$@"\\n' "$command" > ${BINARY}
chmod +x ${BINARY}
`;

export class StandInTree {
  private constructor(readonly path: string) {}

  /** Of a tree in which nothing is wrong; `qemu` is what it builds. */
  static async make(path: string, qemu: string): Promise<StandInTree> {
    mkdirSync(path, { recursive: true });
    const tree = new StandInTree(path);
    await tree.git('init', '--quiet', '--initial-branch=master');
    writeFileSync(join(path, 'build.sh'), buildScript(qemu));
    await tree.commit('base', { [LIE]: 'nothing', [SOURCE]: 'one\ntwo\nthree\n', 'docs/cxl.rst': 'CXL\n' });
    return tree;
  }

  async git(...args: readonly string[]): Promise<string> {
    const who = ['-c', 'user.name=Author', '-c', 'user.email=author@example.org'];
    return (await execa('git', ['-C', this.path, ...who, ...args])).stdout;
  }

  /** Yields the commit. */
  async commit(subject: string, files: Readonly<Record<string, string>>): Promise<string> {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, file)), { recursive: true });
      writeFileSync(join(this.path, file), text);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '-m', subject);
    return (await this.git('rev-parse', 'HEAD')).trim();
  }

  /** A commit by which the built QEMU lies. */
  lie = (subject: string, lie: string): Promise<string> => this.commit(subject, { [LIE]: lie });

  /** A mailbox file with a cover letter. Yields its path. */
  async mailbox(path: string, range: string, ...options: readonly string[]): Promise<string> {
    const { stdout } = await execa('git', [
      '-C',
      this.path,
      '-c',
      'user.name=Author',
      '-c',
      'user.email=author@example.org',
      'format-patch',
      '--stdout',
      '--cover-letter',
      '--thread',
      ...options,
      range,
    ]);
    writeFileSync(path, `${stdout}\n`);
    return path;
  }

  /** What must not change: refs, index, work tree and work trees. */
  async state(): Promise<string> {
    const said = [
      await this.git('for-each-ref'),
      await this.git('status', '--porcelain', '--ignored'),
      await this.git('worktree', 'list'),
      await this.git('rev-parse', 'HEAD'),
    ];
    return said.join('\n');
  }
}
