import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { hashOrder } from './hash-order';

const names = (count: number) => Array.from({ length: count }, (_, n) => `mem${n}`);

/** `qom-list /objects`, last child first, of `-object memory-backend-ram,id=mem0,size=1M` and so on, q35 with 128M; 7.2.22 and 10.0.13. */
const CAPTURED =
  'mem2 mem16 mem5 mem19 mem8 mem11 mem0 mem14 mem3 mem17 mem6 mem9 pc.ram mem12 mem1 mem15 mem4 mem18 mem7 mem10 mem13';

test('the order is that of 20 memory backends and pc.ram in QEMU', () => {
  expect(hashOrder([...names(20), 'pc.ram']).join(' ')).toBe(CAPTURED);
});

test('each key is found once, however many there are', () => {
  const keys = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 200 });
  fc.assert(fc.property(keys, (keys) => expect(hashOrder(keys).sort()).toEqual([...keys].sort())));
});
