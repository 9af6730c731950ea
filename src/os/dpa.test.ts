import { test } from 'node:test';
import { expect } from 'expect';
import { DpaSpace } from './dpa';

test('allocations of a partition follow one another', () => {
  const space = new DpaSpace(100n, 50n);
  expect(space.allocate('ram', 30n)).toEqual({ type: 'ram', base: 0n, size: 30n, skip: 0n });
  expect(space.allocate('ram', 70n)).toEqual({ type: 'ram', base: 30n, size: 70n, skip: 0n });
});

test('persistent capacity is reached by skipping what is left of the volatile one', () => {
  const space = new DpaSpace(100n, 50n);
  space.allocate('ram', 30n);
  expect(space.allocate('pmem', 50n)).toEqual({ type: 'pmem', base: 100n, size: 50n, skip: 70n });
});

for (const [name, steps, code] of [
  ['more than there is', [['ram', 101n]], 'ENOSPC'],
  [
    'volatile capacity once persistent capacity is in use',
    [
      ['pmem', 10n],
      ['ram', 10n],
    ],
    'ENOSPC',
  ],
] as const) {
  test(`${name} is refused with ${code}`, () => {
    const space = new DpaSpace(100n, 50n);
    const all = () => steps.map(([type, size]) => space.allocate(type, size));
    expect(all).toThrow(expect.objectContaining({ code }));
  });
}

test('a partition that is not there is refused with ENXIO', () => {
  expect(() => new DpaSpace(0n, 50n).allocate('ram', 1n)).toThrow(expect.objectContaining({ code: 'ENXIO' }));
});

test('only the last allocation can be given back', () => {
  const space = new DpaSpace(100n, 50n);
  const [first, second] = [space.allocate('ram', 10n), space.allocate('ram', 10n)];
  expect(() => space.free(first)).toThrow(expect.objectContaining({ code: 'EBUSY' }));
  space.free(second);
  space.free(first);
  expect(space.count).toBe(0);
});
