/** Scripts run by sh: with a shell script that answers as a QEMU would, and with a real QEMU where one is found. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { findQemu } from '../target/inventory';
import type { Call, Outcome, Tapped } from '../target/tape';
import type { Part } from './cut-down';
import { type Failure, linesIn, scriptOf } from './script';

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-script-'));
after(() => rmSync(scratch, { recursive: true }));
const scriptsFolder = join(scratch, 'left');
mkdirSync(scriptsFolder);

/** What a machine has that has a QEMU and a shell, and nothing else. */
const bare = join(scratch, 'bin');
mkdirSync(bare);
for (const tool of ['sh', 'cat', 'sed', 'grep', 'tail', 'head', 'tr', 'od', 'mktemp', 'mkfifo', 'rm']) {
  const found = (process.env['PATH'] ?? '').split(delimiter).find((folder) => readdirOf(folder).includes(tool));
  if (found) symlinkSync(join(found, tool), join(bare, tool));
}

function readdirOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const call = (method: string, args: readonly unknown[], outcome?: Outcome, tapped: Tapped[] = []): Call => ({
  method,
  args,
  step: 0,
  boot: false,
  tapped,
  ...(outcome && { outcome }),
});
const value = (of: unknown): Outcome => ({ value: of });
const probed = (made: Call, expected: Outcome): Part => ({ call: made, probe: { call: made, expected } });

const WRONG: Part[] = [
  { call: call('write32', [0x1000n, 1], value(undefined)) },
  probed(call('read32', [0x1000n], value(7)), value(5)),
];

function failure(binary: string, over: Partial<Failure> = {}): Failure {
  const startedWith = { binary, options: '-M q35 -S', files: [] };
  return { about: ['A title'], startedWith, steps: ['Then it is 5'], parts: WRONG, fault: { kind: 'value' }, ...over };
}

let made = 0;

function written(text: string): string {
  const path = join(scratch, `${++made}.sh`);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** A QEMU that answers these lines, and then does that. */
const fake = (answers: readonly string[], end = 'exit 0') =>
  written(
    ['#!/bin/sh', ...answers.map((each) => `echo '${each}'`), 'while read -r line; do :; done', end, ''].join('\n'),
  );

async function run(text: string, env: Readonly<Record<string, string>> = {}) {
  const options = { reject: false, env: { PATH: bare, TMPDIR: scriptsFolder, ...env }, extendEnv: false } as const;
  const { exitCode, stdout } = await execa(join(bare, 'sh'), [written(text)], options);
  expect(readdirSync(scriptsFolder)).toEqual([]);
  return { exitCode, last: stdout.split('\n').at(-1) };
}

test('a wrong value ends the script with 1, the right one with 0, and none at all with 3', async () => {
  const wrong = fake(['OK', 'OK 0x0000000000000007', 'OK']);
  expect(await run(scriptOf(failure(wrong)))).toEqual({
    exitCode: 1,
    last: 'wrong: "readl 0x1000" read 0x0000000000000007, expected 0x0000000000000005',
  });
  const right = fake(['OK', 'OK 0x0000000000000005', 'OK']);
  expect(await run(scriptOf(failure(right)))).toEqual({ exitCode: 0, last: 'right: readl 0x1000: 0x0000000000000005' });
  expect(await run(scriptOf(failure(wrong)), { QEMU: right })).toMatchObject({ exitCode: 0 });
  expect(await run(scriptOf(failure(fake(['OK'], 'exit 1'))))).toEqual({
    exitCode: 3,
    last: 'cannot tell: QEMU has not answered to "readl 0x1000", it ended with exit status 1',
  });
  expect(await run(scriptOf(failure('/nope')))).toEqual({
    exitCode: 3,
    last: 'cannot tell: there is no QEMU /nope; QEMU=PATH names another',
  });
});

test('where that which is looked at is not there, the script cannot tell', async () => {
  const guard = probed(call('read32', [0x2000n], value(9)), value(9));
  guard.probe && Object.assign(guard.probe, { expected: guard.call.outcome });
  const script = (there: number) =>
    scriptOf(
      failure(fake(['OK', 'OK 0x0000000000000007', `OK 0x000000000000000${there}`]), { parts: [...WRONG, guard] }),
    );
  expect(await run(script(9))).toMatchObject({ exitCode: 1 });
  expect(await run(script(0))).toMatchObject({
    exitCode: 3,
    last: expect.stringMatching(/^cannot tell: "readl 0x2000" read/),
  });
});

test('a crash ends the script with 1 and its signal, and none with 0', async () => {
  const crash = (qemu: string) =>
    scriptOf(failure(qemu, { parts: WRONG.slice(0, 1), fault: { kind: 'crash', came: 'SIGSEGV' } }));
  expect(await run(crash(fake(['OK'], 'kill -SEGV $$')))).toEqual({
    exitCode: 1,
    last: 'wrong: QEMU crashed: SIGSEGV, after 1 answers; expected that it goes on after "writel 0x1000 0x1"',
  });
  expect(await run(crash(fake(['OK', 'OK'])))).toMatchObject({ exitCode: 0 });
});

test('of a machine that is to be refused the words are looked for, and of one that is to start that it does', async () => {
  const refusing = written('#!/bin/sh\necho "qemu: no such bus" >&2\nexit 1\n');
  const starting = fake(['OK']);
  const start = (qemu: string, expected: string | undefined, came: string | undefined) =>
    run(scriptOf(failure(qemu, { parts: [], fault: { kind: 'start', expected, came } })));
  expect(await start(refusing, undefined, 'no such bus')).toEqual({
    exitCode: 1,
    last: 'wrong: QEMU refuses: qemu: no such bus; expected: the machine starts',
  });
  expect(await start(starting, undefined, 'no such bus')).toMatchObject({ exitCode: 0 });
  expect(await start(refusing, 'no such bus', undefined)).toMatchObject({ exitCode: 0 });
  expect(await start(starting, "it's not", undefined)).toMatchObject({ exitCode: 1 });
});

test('above each access stands its step, and above the read what is expected and what came', () => {
  expect(linesIn(WRONG, ['Then it is 5']).lines).toEqual([
    '# Then it is 5',
    'writel 0x1000 0x1',
    '# expected 0x0000000000000005, came 0x0000000000000007',
    'readl 0x1000',
  ]);
});

test('files that a machine wants are there, byte for byte', async () => {
  const files = [
    { name: 'hlt.bin', bytes: Buffer.alloc(70_000, 0xf4) },
    { name: 'cdat.bin', bytes: Uint8Array.of(0, 37, 39, 92, 255) },
  ];
  const qemu = written(
    '#!/bin/sh\n[ "$(head -c 1 hlt.bin | od -A n -t x1)" = " f4" ] || exit 9\nod -A n -t x1 cdat.bin >&2\nexit 1\n',
  );
  const fault = { kind: 'start', expected: '00 25 27 5c ff', came: undefined } as const;
  const startedWith = { binary: qemu, options: '-S', files };
  expect(await run(scriptOf(failure(qemu, { parts: [], fault, startedWith })))).toMatchObject({ exitCode: 0 });
});

async function realQemu(t: TestContext): Promise<string | undefined> {
  try {
    return (await findQemu()).path;
  } catch (error) {
    t.skip((error as Error).message);
    return undefined;
  }
}

/** After a reset: hw/pci-host/q35.c. */
const PCIEXBAR = 0xb000_0000;

const REAL = '-machine q35 -m 64M -nodefaults -display none -accel tcg -S';

test('a real QEMU answers qtest, QMP and events in the order of the lines', async (t) => {
  const binary = await realQemu(t);
  if (!binary) return;
  const qmp = (text: string, reply: string, ...more: Tapped[]): Tapped[] => [
    ...more,
    { kind: 'qmp', text },
    { kind: 'reply', text: reply },
  ];
  const select = { call: call('out32', [0xcf8, 0x8000_0060], value(undefined)) };
  const parts = (came: number, expected: number): Part[] => [
    select,
    { call: call('out32', [0xcfc, 0xb000_0001], value(undefined)) },
    {
      call: call(
        'reset',
        [],
        value(undefined),
        qmp('{"execute":"system_reset"}', '{"return": {}}', { kind: 'event', name: 'RESET' }),
      ),
    },
    select,
    probed(call('in32', [0xcfc], value(came)), value(expected)),
  ];
  const script = (came: number, expected: number) =>
    scriptOf(failure(binary, { startedWith: { binary, options: REAL, files: [] }, parts: parts(came, expected) }));
  expect(await run(script(0xb000_0001, PCIEXBAR))).toMatchObject({ exitCode: 0 });
  expect(await run(script(PCIEXBAR, 0xb000_0001))).toEqual({
    exitCode: 1,
    last: 'wrong: "inl 0xcfc" read 0xb0000000, expected 0xb0000001',
  });
});

test('a real QEMU answers a block of memory as it was written, and ends by itself', async (t) => {
  const binary = await realQemu(t);
  if (!binary) return;
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  const parts: Part[] = [
    { call: call('writeBlock', [0x1000n, bytes], value(undefined)) },
    { call: call('writeBlock', [0x1064n, bytes.slice(1, 3)], value(undefined)) },
    probed(call('readBlock', [0x1063n, 3], value(Uint8Array.of(0, 0, 0))), value(Uint8Array.of(99, 1, 2))),
  ];
  const startedWith = { binary, options: REAL, files: [] };
  expect(await run(scriptOf(failure(binary, { startedWith, parts })))).toEqual({
    exitCode: 0,
    last: 'right: read 0x1063 0x3: 0x630102',
  });
});
