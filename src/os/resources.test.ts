import { test } from 'node:test';
import { expect } from 'expect';
import { E820_TYPE } from '../codec/acpi/e820';
import type { Resource } from '../machine/host';
import { memoryResources, ResourceNode } from './resources';

const show = ({ name, base, size, children }: Resource): unknown => [name, base, base + size, ...children.map(show)];

function withWindow(...reserved: [bigint, bigint][]) {
  const root = memoryResources(reserved.map(([base, end]) => ({ type: E820_TYPE.RESERVED, base, size: end - base })));
  const window = root.insertExpanded(new ResourceNode('CXL Window 0', 100n, 100n));
  return { root, window };
}

for (const [name, reserved, tree] of [
  ['nothing', [], [['CXL Window 0', 100n, 200n]]],
  ['the same range', [[100n, 200n]], [['CXL Window 0', 100n, 200n, ['Reserved', 100n, 200n]]]],
  ['a part of it', [[120n, 140n]], [['CXL Window 0', 100n, 200n, ['Reserved', 120n, 140n]]]],
  ['more than it', [[90n, 210n]], [['Reserved', 90n, 210n, ['CXL Window 0', 100n, 200n]]]],
  ['its beginning and what is below', [[90n, 140n]], [['CXL Window 0', 90n, 200n, ['Reserved', 90n, 140n]]]],
  [
    'both its ends',
    [
      [90n, 110n],
      [190n, 210n],
    ],
    [['CXL Window 0', 90n, 210n, ['Reserved', 90n, 110n], ['Reserved', 190n, 210n]]],
  ],
] as const) {
  test(`a window is inserted where ${name} is reserved`, () => {
    expect(withWindow(...(reserved as unknown as [bigint, bigint][])).root.children.map(show)).toEqual(tree);
  });
}

for (const [name, reserved, size, base] of [
  ['an empty window', [], 50n, 100n],
  ['a window whose beginning is reserved', [[100n, 120n]], 50n, 120n],
  ['a window that is reserved in the middle', [[140n, 150n]], 50n, 150n],
  ['a window that is reserved', [[100n, 200n]], 10n, undefined],
  ['a window that is too small', [], 110n, undefined],
  ['a window inside a larger reserved range', [[90n, 210n]], 50n, 100n],
] as const) {
  test(`${name} has ${size} free at ${base}`, () => {
    expect(withWindow(...(reserved as unknown as [bigint, bigint][])).window.free(size, 10n)?.base).toBe(base);
  });
}
