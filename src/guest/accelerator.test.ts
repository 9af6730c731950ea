import { test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { bootTrouble } from './accelerator';

const QEMU = 'qemu-system-x86_64';

test('emulation boots the test disk, and an accelerator that QEMU does not know is told', async (t) => {
  const { failed } = await execa(QEMU, ['--version'], { reject: false });
  if (failed) return t.skip(`there is no ${QEMU} on PATH`);
  expect(await bootTrouble(QEMU, ['-accel', 'tcg'])).toBeUndefined();
  expect(await bootTrouble(QEMU, ['-accel', 'nope'])).toMatch('nope');
});
