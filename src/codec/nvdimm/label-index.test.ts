import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../captured';
import { labelsInUse } from './label-index';

for (const [title, area, used] of [
  ['a namespace has one label', captured(join(__dirname, 'labels-one-namespace.hex')), 1],
  ['a namespace that was destroyed has none', captured(join(__dirname, 'labels-destroyed.hex')), 0],
  ['an area that was never used holds none', Buffer.alloc(0x4_0000), 0],
  ['an area of length 0 holds none', Buffer.alloc(0), 0],
] as const) {
  test(title, () => {
    expect(labelsInUse(area)).toBe(used);
  });
}
