import { test } from 'node:test';
import { expect } from 'expect';
import type { MemoryAffinity } from '../codec/acpi/srat';
import { NumaMap } from './numa';

const memory = (domain: number, base: bigint, size: bigint): MemoryAffinity => ({
  kind: 'memory',
  domain,
  base,
  size,
  enabled: true,
  hotPluggable: false,
  nonVolatile: false,
});
const windows = [
  { base: 1000n, size: 100n },
  { base: 1100n, size: 100n },
];

for (const [name, affinities, nodes] of [
  ['without an SRAT', undefined, [0, 0]],
  ['behind one domain', [memory(0, 0n, 500n)], [1, 2]],
  ['behind two domains', [memory(0, 0n, 500n), memory(1, 500n, 500n)], [2, 3]],
  ['where the SRAT covers the first', [memory(0, 0n, 500n), memory(5, 1000n, 100n)], [1, 2]],
  ['where the SRAT covers part of the first', [memory(0, 0n, 500n), memory(1, 1050n, 10n)], [1, 2]],
] as const) {
  test(`windows ${name} are on nodes ${nodes.join(' and ')}`, () => {
    const map = new NumaMap(affinities, windows);
    expect(windows.map(({ base }) => map.nodeAt(base))).toEqual(nodes);
  });
}

test('memory of several domains in a window fills it, each from where the one before ends', () => {
  const map = new NumaMap([memory(0, 0n, 500n), memory(2, 1060n, 20n), memory(1, 1010n, 20n)], windows);
  expect([1000n, 1029n, 1030n, 1099n, 1100n].map((address) => map.nodeAt(address))).toEqual([2, 2, 1, 1, 3]);
});
