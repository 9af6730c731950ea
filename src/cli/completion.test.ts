import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, describe, mock, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';

const { main } = require('./main.ts') as { main(words: readonly string[]): Promise<void> }; // not main.js

async function printed(words: readonly string[]): Promise<string[]> {
  const { mock: log } = mock.method(console, 'log', () => {});
  await main(words);
  mock.restoreAll();
  return log.calls.flatMap(({ arguments: [text] }) => `${text}`.split('\n'));
}

/** What has been typed, and all that may follow. */
const cases: [string, string[]][] = [
  ['cxl-conformance ru', ['run']],
  ['npx cxl-conformance guest ', ['build']],
  ['cxl-conformance sp', ['spec']],
  ['cxl-conformance spec --', ['--output', '--help']],
  ['cxl-conformance run --ta', ['--tags', '--target']],
  ['cxl-conformance run --target s', ['simulator', 'ssh']],
  ['cxl-conformance run --target=q', ['qtest']],
  ['cxl-conformance show E82', ['E820']],
  ['cxl-conformance show E820', ['E820-1', 'E820-2']],
  ['cxl-conformance run --target qtest --id BIOSFIRST-7.1', ['BIOSFIRST-7.1/1', 'BIOSFIRST-7.1/2']],
  ['cxl-conformance list --id CXL-3.1-9.18', ['CXL-3.1-9.18.1', 'CXL-3.1-9.18.2', 'CXL-3.1-9.18.3']],
  ['cxl-conformance list --tags @memory', ['@memory-map']],
  ['cxl-conformance list --touching hw/core/n', ['hw/core/numa.c']],
  ['cxl-conformance quirks chbs', ['chbs-short']],
  ['cxl-conformance run --output ', []],
  ['cxl-conformance run fea', []],
  ['cxl-conformance tables -- -', []],
];

describe('what has been typed is completed to', () => {
  for (const [line, words] of cases)
    test(`${words.join(', ') || 'a path'}: ${line}`, async () => {
      const found = (await printed(['complete', '--', line])).filter((word) => word !== 'help');
      expect(found).toEqual(words);
    });
});

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true }));
writeFileSync(join(scratch, 'cxl-conformance'), `#!/bin/sh\nexec node '${join(__dirname, 'main.js')}' "$@"\n`);
chmodSync(join(scratch, 'cxl-conformance'), 0o755);

/** Has a shell complete a line; what it then knows is printed. */
const ASKED = {
  bash: (line: string) =>
    `. completion; COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
     _cxl_conformance cxl-conformance "\${COMP_WORDS[COMP_CWORD]}" && printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (line: string) => `. completion; complete -C '${line}'`,
  zsh: (line: string) =>
    `compdef() { :; }; compadd() { print -l -- "\${found[@]}" }; _files() { :; }; . ./completion
     words=(\${=:-'${line}'}); CURRENT=$#words; _cxl_conformance`,
};

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  test(`the script for ${shell} completes an id and an option there`, async (t) => {
    const there = await execa(shell, ['-c', 'true'], { reject: false });
    if (there.failed) return t.skip(`there is no ${shell}`);
    writeFileSync(join(scratch, 'completion'), (await printed(['completion', shell])).join('\n'));
    const PATH = [scratch, process.env.PATH].join(delimiter);
    for (const [typed, found] of [
      ['run --id E820-1', ['E820-1.1', 'E820-1.2']],
      ['run --shar', ['--shard']],
    ] as const) {
      const options = { cwd: scratch, env: { PATH, HOME: scratch } };
      const { stdout } = await execa(shell, ['-c', ASKED[shell](`cxl-conformance ${typed}`)], options);
      expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(expect.arrayContaining([...found]));
    }
  });
}
