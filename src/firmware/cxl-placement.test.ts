import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import type { Cfmws } from '../codec/acpi/cedt';
import { end, overlap } from '../codec/range';
import { place } from './cxl-placement';

const M = 1n << 20n;
const ALL = 0xf;

const window = (base: bigint, size: bigint, targets: readonly number[], restrictions = ALL): Cfmws => ({
  kind: 'CFMWS',
  window: { base, size },
  targets,
  granularity: 4096,
  restrictions,
});

const device = (name: string, uid: number, volatile: bigint, persistent = 0n) => ({
  name,
  bridge: { uid },
  volatile,
  persistent,
});

const show = (windows: Cfmws[], devices: ReturnType<typeof device>[]) =>
  place(windows, devices, ['volatile', 'persistent']).map(({ base, size, devices }) => ({
    base: base / M,
    size: size / M,
    devices: devices.map(({ name }) => name).join(' '),
  }));

test('devices follow one another from the base of their window', () => {
  const devices = [device('a', 1, 512n * M), device('b', 1, 256n * M)];
  expect(show([window(4096n * M, 1024n * M, [1])], devices)).toEqual([
    { base: 4096n, size: 512n, devices: 'a' },
    { base: 4608n, size: 256n, devices: 'b' },
  ]);
});

test('equal devices behind the targets of an interleaved window share it, and the rest goes where one target will do', () => {
  const windows = [window(4096n * M, 1024n * M, [1]), window(8192n * M, 1024n * M, [2, 1])];
  const devices = [device('a', 1, 512n * M), device('b', 1, 256n * M), device('c', 2, 256n * M)];
  expect(show(windows, devices)).toEqual([
    { base: 4096n, size: 512n, devices: 'a' },
    { base: 8192n, size: 512n, devices: 'c b' },
  ]);
});

test('persistent capacity comes behind the volatile capacity of its device, or is left out', () => {
  const windows = [window(4096n * M, 1024n * M, [1], 0x8), window(8192n * M, 1024n * M, [1, 2])];
  const devices = [device('a', 1, 256n * M, 512n * M), device('b', 2, 256n * M), device('c', 1, 0n, 256n * M)];
  expect(show(windows, devices)).toEqual([
    { base: 4096n, size: 256n, devices: 'c' },
    { base: 8192n, size: 512n, devices: 'a b' },
  ]);
});

test('a device is left out where no window has room, reaches it, or takes volatile memory', () => {
  const devices = [device('large', 1, 512n * M), device('elsewhere', 3, 256n * M), device('none', 1, 0n)];
  expect(show([window(0n, 256n * M, [1]), window(256n * M, 1024n * M, [1], 0xb)], devices)).toEqual([]);
});

test('placements lie in their windows, by ascending address, and neither they nor their devices meet', () => {
  const capacity = fc.integer({ min: 0, max: 4 }).map((n) => BigInt(n) * 256n * M);
  const uid = fc.integer({ min: 1, max: 3 });
  const devices = fc.array(fc.record({ uid, volatile: capacity, persistent: capacity }), { maxLength: 8 });
  const targets = fc.constantFrom([1], [2], [1, 2], [3, 1], [1, 2, 3]);
  const windows = fc.array(fc.record({ targets, size: capacity }), { maxLength: 4 });
  fc.assert(
    fc.property(windows, devices, (windows, devices) => {
      const all = devices.map(({ uid, volatile, persistent }, i) => device(`${i}`, uid, volatile, persistent));
      const placed = place(
        windows.map(({ targets, size }, i) => window(BigInt(i) * 4096n * M, size, targets)),
        all,
        ['volatile', 'persistent'],
      );
      for (const { base, size, window, devices } of placed) {
        expect(base >= window.window.base && base + size <= end(window.window)).toBe(true);
        expect(devices.map(({ bridge }) => bridge.uid)).toEqual(window.targets);
      }
      expect(placed.some((a, i) => placed.slice(i + 1).some((b) => overlap(a, b) || a.base > b.base))).toBe(false);
      const used = placed.flatMap(({ capacity, devices }) => devices.map(({ name }) => `${capacity} ${name}`));
      expect(new Set(used).size).toBe(used.length);
      for (const device of all) {
        const own = placed.filter(({ devices }) => devices.includes(device)).map(({ capacity }) => capacity);
        expect(own).not.toEqual(['persistent', 'volatile']); // DPAs ascend with HPAs
      }
    }),
  );
});
