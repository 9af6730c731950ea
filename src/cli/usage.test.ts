/** Command lines that make no sense: each ends with exit status 2 and one sentence, and nothing is started. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, mock, test } from 'node:test';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';
import { EXIT } from './exit';

const { main } = require('./main.ts') as { main(words: readonly string[]): Promise<void> }; // not main.js

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true }));

const NONE_SELECTED = 'no scenario is selected';
const simulator = ['run', '--target', 'simulator'];

/** What is typed, and a part of what is said. */
const cases: [string[], string][] = [
  [['nope'], "unknown command 'nope'"],
  [['lsit'], "unknown command 'lsit' (Did you mean list?)"],
  [['run', '--qmu', 'x'], "unknown option '--qmu' (Did you mean --qemu?)"],
  // values that are missing, empty, or options themselves
  [['run', '--id'], "'--id <prefix>' argument missing"],
  [['run', '--id', ''], "'--id <prefix>' is empty"],
  [['run', '--id', '--json'], "'--id <prefix>' has no value: --json is an option"],
  [['run', ''], 'an argument is empty'],
  [['run', '--tags', ''], 'is empty'],
  [['run', '--tags='], 'is empty'],
  [['run', '--target', ''], "argument '' is invalid"],
  [['run', '--qemu', ''], 'is empty'],
  [['run', '--without', ''], 'is empty'],
  [['run', '--release', ''], 'is empty'],
  [['run', '--quirk', ''], 'is empty'],
  [['run', '--guest', ''], 'is empty'],
  [['run', '--ssh', ''], 'is empty'],
  [['run', '--output', ''], 'is empty'],
  [['run', '--output', '--json'], 'has no value: --json is an option'],
  [['list', '--grep', ''], 'is empty'],
  [['list', '--touching', ''], 'is empty'],
  [['show'], "missing required argument 'id'"],
  [['show', ''], 'an argument is empty'],
  [['quirks', ''], 'an argument is empty'],
  [['tables', '--output', '', '--', '-M', 'q35'], 'is empty'],
  [['doctor', '--qemu', ''], 'is empty'],
  [['judge'], "required option '--tables <dir>' not specified"],
  [['judge', '--tables', ''], 'is empty'],
  [['expect'], "required option '--release <version>' not specified"],
  [['report', ''], 'an argument is empty'],
  [['spec', ''], 'an argument is empty'],
  [['spec', join(scratch, 'nope')], 'there is no folder'],
  [['spec', '--output', ''], 'is empty'],
  [['spec', 'reports', 'more'], "too many arguments for 'spec'"],
  [['guest', 'build', '--suite', ''], "argument '' is invalid"],
  // values given twice, arguments in excess
  [['run', '--target', 'qtest', '--target', 'simulator'], "'--target <name>' is given twice"],
  [['run', '--seed', '1', '--seed', '2'], 'is given twice'],
  [['run', '--qemu', 'a', '--qemu', 'b'], 'is given twice'],
  [['judge', '--tables', 'a', '--tables', 'b'], 'is given twice'],
  [['show', 'E820-1', 'E820-2'], "too many arguments for 'show'"],
  [['doctor', 'nope'], 'too many arguments'],
  [['expect', '7.2'], "required option '--release <version>' not specified"],
  // values that name nothing
  [['run', '--target', 'nope'], "argument 'nope' is invalid. Allowed choices are simulator"],
  [['run', '--firmware', 'nope'], "argument 'nope' is invalid. Allowed choices are seabios, ovmf"],
  [['run', '--id', 'E8'], `${NONE_SELECTED} by --id E8`],
  [['run', '--id', 'E820-1', '--id', 'E280-1'], `${NONE_SELECTED} by --id E280-1 (did you mean E820-1?)`],
  [['run', '--id', 'CXL-3.1-99'], `${NONE_SELECTED} by --id CXL-3.1-99`],
  [['run', '--tags', '@regoin'], 'none has the tag @regoin (did you mean @region?)'],
  [['run', '--tags', '@CXL-3.1-99'], 'none has the tag @CXL-3.1-99'],
  [['run', '--tags', '@region and'], '--tags @region and: Tag expression'],
  [['run', 'features/nope.feature'], 'no feature file or folder features/nope.feature'],
  [['list', '--grep', 'no such words'], `${NONE_SELECTED} by --grep no such words`],
  [['list', '--touching', 'hw/net/e1000.c'], `${NONE_SELECTED} by --touching hw/net/e1000.c`],
  [['show', 'E8-20'], `${NONE_SELECTED} by id E8-20`],
  [[...simulator, '--quirk', 'nope'], 'no quirk nope'],
  [[...simulator, '--quirk', 'chbs-shrt'], 'no quirk chbs-shrt (did you mean chbs-short?)'],
  [['quirks', 'nope'], 'no quirk nope'],
  [['quirks', 'chbs-short', '--unseen'], '--unseen goes with no name'],
  [['quirks', '--id', 'E820-1'], '--id and --singly go with --check or --update'],
  [['quirks', '--json', '--check'], "'--check' cannot be used with option '--json'"],
  [['quirks', '--update', 'nope'], 'no quirk nope'],
  [[...simulator, '--release', 'banana'], 'no QEMU release banana'],
  [[...simulator, '--release', '6.2'], 'no QEMU release 6.2'],
  [['expect', '--release', '6.2'], 'no QEMU release 6.2'],
  [['tables', '--release', '6.2', '--', '-M', 'q35'], 'no QEMU release 6.2'],
  [[...simulator, '--linux', 'banana'], 'no Linux release banana'],
  [[...simulator, '--linux', '6'], 'no Linux release 6'],
  [[...simulator, '--linux', '5.4'], 'Linux 5.4 is not modelled'],
  [['expect', '--release', '7.2', '--linux', 'banana'], 'no Linux release banana'],
  [['run', '--target', 'ssh', '--ssh', 'root@host', '--identity', join(scratch, 'key')], 'There is no such file'],
  [['run', '--target', 'ssh', '--ssh', 'root@host:port'], '--ssh root@host:port is not USER@HOST[:PORT]'],
  [['guest', 'build', '--suite', 'banana'], "argument 'banana' is invalid"],
  [['qemu', 'get', '--suite', 'banana'], "argument 'banana' is invalid"],
  [
    ['lab', 'add', 'qemu', 'banana'],
    'no Debian suite banana: bookworm, trixie, trixie-backports, forky, sid, experimental',
  ],
  [['lab', 'add', 'guest', 'banana'], 'no Debian suite banana'],
  [['judge', '--tables', join(scratch, 'nope')], 'nope has no e820.bin'],
  // numbers
  [['run', '--shard', '3/2'], 'It is written I/N'],
  [['run', '--shard', '0/2'], 'It is written I/N'],
  [['run', '--shard', '1'], 'It is written I/N'],
  [['run', '--seed', 'x'], 'It is a whole number'],
  [['run', '--seed', '-1'], 'It is a whole number'],
  [['run', '--seed', '99999999999999999999'], 'It is too large'],
  [['differential', '--count', '0'], 'It is at least 1'],
  [['differential', '--count', '1.5'], 'It is a whole number'],
  [['differential', '--seed', 'x'], 'It is a whole number'],
  // options that the target does not use
  [[...simulator, '--qemu', '/usr/bin/true'], '--qemu is for --target qtest and guest, and this is --target simulator'],
  [[...simulator, '--guest', 'trixie'], '--guest is for --target guest'],
  [[...simulator, '--without', 'cxl-type3'], '--without is for --target qtest and guest'],
  [['run', '--quirk', 'chbs-short', '--qemu', '/usr/bin/true'], '--qemu is for --target qtest and guest'],
  [['run', '--target', 'qtest', '--release', '7.2'], '--release is for --target simulator'],
  [['run', '--target', 'qtest', '--firmware', 'ovmf'], '--firmware is for --target guest'],
  [['run', '--target', 'guest', '--linux', '6.1'], '--linux is for --target simulator and qtest'],
  [['run', '--target', 'guest', '--ssh', 'root@host'], '--ssh is for --target ssh'],
  [['run', '--target', 'ssh', '--ssh', 'root@host', '--qemu', 'x'], '--qemu is for --target qtest and guest'],
  [['run', '--target', 'qtest', '--allow-changes'], '--allow-changes is for --target ssh'],
  [['run', '--target', 'ssh'], 'needs --ssh USER@HOST'],
  [['tables', '--target', 'simulator', '--qemu', 'x', '--', '-M', 'q35'], '--qemu is for --target qtest'],
  [['tables', '--target', 'qtest', '--release', '7.2', '--', '-M', 'q35'], '--release is for the simulator'],
  [['tables'], 'tables needs QEMU options after --'],
  [['tables', '--', '-M', 'nope'], 'nope'],
  [['completion', 'tcsh'], "'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish"],
];

async function said(words: readonly string[]): Promise<{ status: unknown; lines: string[] }> {
  let text = '';
  const take = (chunk: unknown) => {
    text += `${chunk}`;
    return true;
  };
  const stderr = mock.method(process.stderr, 'write', take as typeof process.stderr.write);
  try {
    await main(words);
    return { status: process.exitCode, lines: text.trimEnd().split('\n') };
  } finally {
    stderr.mock.restore();
    process.exitCode = 0;
  }
}

describe('exit status 2 and one sentence:', () => {
  for (const [words, sentence] of cases)
    test(words.map((word) => word.replace(scratch, '...') || "''").join(' '), async () => {
      const { status, lines } = await said(words);
      expect(lines).toEqual([expect.stringMatching(/^cxl-conformance: /)]);
      expect(lines[0]).toContain(sentence);
      expect(status).toBe(EXIT.usage);
    });
});

for (const variable of ['QEMU_TEST_QEMU_BINARY', 'QTEST_QEMU_BINARY'])
  test(`a ${variable} that names nothing is the caller's mistake, also where a QEMU is not needed`, async (t) => {
    const before = { ...process.env };
    t.after(() => {
      process.env = before;
    });
    process.env = { ...before, QEMU_TEST_QEMU_BINARY: '', [variable]: '/no/such/qemu' };
    for (const words of [
      ['run', '--id', 'E820-2.1'],
      ['tables', '--target', 'qtest', '--', '-M', 'q35'],
      ['differential'],
    ]) {
      const { status, lines } = await said(words);
      expect(lines).toEqual([expect.stringContaining(`${variable}: /no/such/qemu does not exist`)]);
      expect(status).toBe(EXIT.usage);
    }
  });
