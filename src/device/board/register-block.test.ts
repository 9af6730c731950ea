import { test } from 'node:test';
import { expect } from 'expect';
import { RegisterBlock } from './register-block';

const block = (options = {}) => {
  const registers = new RegisterBlock(0x20, options);
  registers.define([
    { at: 0x0, value: 0x1111_1111, writable: 0xffff },
    { at: 0x4, clearable: 0xff, sticky: 0xf },
    { at: 0x8, size: 8, writable: 0xffff_ffff },
  ]);
  return registers;
};

test('a write changes the bits that software can change, of the bytes that are written', () => {
  const registers = block();
  registers.write(0x1n, Uint8Array.of(0xaa));
  registers.write(0x2n, Uint8Array.of(0xbb, 0xbb));
  expect(registers.read32(0x0)).toBe(0x1111_aa11);
});

test('ones clear bits that are cleared by ones, and zeros leave them', () => {
  const registers = block();
  registers.set32(0x4, 0xffff);
  registers.write(0x4n, Uint8Array.of(0x0f, 0, 0, 0));
  expect(registers.read32(0x4)).toBe(0xfff0);
});

test('a write of 8 bytes is one of two registers', () => {
  const registers = block();
  registers.write(0x8n, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  expect([registers.read32(0x8), registers.read32(0xc)]).toEqual([0x0403_0201, 0x0807_0605]);
});

test('a reset leaves what is sticky, and the registers that it is told to leave', () => {
  const registers = block();
  registers.write(0x0n, Uint8Array.of(0, 0, 0, 0));
  registers.set32(0x4, 0xff);
  registers.set32(0x10, 7);
  registers.reset(0x10);
  expect([0x0, 0x4, 0x10].map((at) => registers.read32(at))).toEqual([0x1111_1111, 0xf, 7]);
});

test('bits that are frozen stay as they are until the next reset', () => {
  const registers = block();
  registers.freeze(0x0, 0xff);
  registers.write(0x0n, Uint8Array.of(0, 0, 0, 0));
  expect(registers.read32(0x0)).toBe(0x1111_0011);
  registers.reset();
  registers.write(0x0n, Uint8Array.of(0, 0, 0, 0));
  expect(registers.read32(0x0)).toBe(0x1111_0000);
});

for (const [parts, left] of [
  ['taken', 0x1111_11ff],
  ['ignored', 0x1111_1111],
  ['widened', 0x1111_00ff],
] as const) {
  test(`a write of part of a register is ${parts} where such writes are`, () => {
    const registers = block({ parts });
    registers.write(0x0n, Uint8Array.of(0xff));
    expect(registers.read32(0x0)).toBe(left);
  });
}

test('what nothing has claimed keeps what is written, in a reset too, where there is scratch', () => {
  const registers = block({ scratch: () => true });
  registers.claim(0x0, 0x10);
  registers.claim(0x18, 8);
  for (const at of [0x14, 0x18]) registers.write(at, Uint8Array.of(1, 2, 3, 4));
  registers.reset();
  expect([registers.read32(0x14), registers.read32(0x18)]).toEqual([0x0403_0201, 0]);
});

test('whoever looks at a register sees what it is made of then, and whoever writes is told of by what', () => {
  const registers = block();
  registers.onRead(0x10, 4, (length) => registers.set32(0x10, length));
  const writes: object[] = [];
  registers.onWrite(0x0, (write) => writes.push(write));
  registers.write(0x2n, Uint8Array.of(5));
  expect([...registers.read(0x10n, 2)]).toEqual([2, 0]);
  expect(writes).toEqual([{ written: 0x5_0000, before: 0x1111_1111, from: 2, length: 1 }]);
});
