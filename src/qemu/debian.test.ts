import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';
import { binaryBehind, starter } from './debian';

const LIBRARIES = 'usr/lib/x86_64-linux-gnu';
const LOADER = `${LIBRARIES}/ld-linux-x86-64.so.2`;
const directory = makeScratch();
const suite = join(directory, 'a suite');
const program = join(suite, 'qemu-system-x86_64');

before(() => {
  const made = join(directory, 'made');
  for (const folder of [LIBRARIES, 'usr/bin']) mkdirSync(join(made, 'root', folder), { recursive: true });
  writeFileSync(join(made, 'root', LOADER), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  writeFileSync(join(made, 'root/usr/bin/qemu-system-x86_64'), 'the binary');
  writeFileSync(join(made, 'qemu-system-x86_64'), starter([LIBRARIES], LOADER));
  chmodSync(join(made, 'qemu-system-x86_64'), 0o755);
  renameSync(made, suite);
});
after(() => rmSync(directory, { recursive: true }));

test('the program of an unpacked suite starts the binary beside it, wherever the folder is and by whatever link', async () => {
  const link = join(directory, 'link');
  symlinkSync(program, link);
  for (const path of [program, link]) {
    const { stdout } = await execa(path, ['-M', 'q35,cxl=on']);
    expect(stdout.split('\n')).toEqual([
      '--library-path',
      join(suite, 'root', LIBRARIES),
      join(suite, 'root/usr/bin/qemu-system-x86_64'),
      ...['seabios', 'qemu', 'ovmf'].flatMap((name) => ['-L', join(suite, 'root/usr/share', name)]),
      '-M',
      'q35,cxl=on',
    ]);
  }
});

test('the binary behind such a program is the one beside it, and any other program is its own', async () => {
  expect(await binaryBehind(program)).toBe(join(suite, 'root/usr/bin/qemu-system-x86_64'));
  expect(await binaryBehind(process.execPath)).toBe(process.execPath);
});
