import { test } from 'node:test';
import { expect } from 'expect';
import type { PlatformName } from '../ledger/platforms';
import { checkAlike } from './compare';
import { UsageError } from './exit';
import type { Side } from './sides';

const side = (target: string, platform?: PlatformName) => ({ target, qemu: { platform } }) as Side;

test('sides on one target and of one platform are compared', () => {
  expect(() => checkAlike(side('qtest', 'virt'), side('qtest', 'virt'))).not.toThrow();
  expect(() => checkAlike(side('qtest'), side('qtest', 'q35'))).not.toThrow();
});

for (const [what, base, patched, words] of [
  ['two targets', side('qtest'), side('guest'), /a run on qtest and one on guest cannot be compared/],
  ['two platforms', side('qtest'), side('qtest', 'virt'), /a QEMU of q35 and one of virt cannot be compared/],
] as const) {
  test(`sides of ${what} are not compared`, () => {
    expect(() => checkAlike(base, patched)).toThrow(UsageError);
    expect(() => checkAlike(base, patched)).toThrow(words);
  });
}
