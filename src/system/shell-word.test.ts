import { test } from 'node:test';
import { expect } from 'expect';
import { showCommand } from './shell-word';

test('a command is shown as a shell takes it', () => {
  const words = ['/opt/my qemu', '-device', 'cxl-rp,id=rp0', '-append', "a='b' $c", ''];
  expect(showCommand(words)).toBe(`'/opt/my qemu' -device cxl-rp,id=rp0 -append 'a='\\''b'\\'' $c' ''`);
});
