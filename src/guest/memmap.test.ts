import { test } from 'node:test';
import { expect } from 'expect';
import { E820_TYPE } from '../codec/acpi/e820';
import { memmap, toldOf } from './memmap';

test('memory on the command line is read back from it', () => {
  const told = [
    { base: 0x1_5000_0000n, size: 0x2000_0000n, type: E820_TYPE.SOFT_RESERVED },
    { base: 0x1_7000_0000n, size: 0x1000_0000n, type: E820_TYPE.RAM },
  ];
  expect(toldOf(`console=ttyS0 ${told.map(memmap).join(' ')} loglevel=4\n`)).toEqual(told);
});

test('memory that is only reserved is in the memory map already', () => {
  expect(toldOf('memmap=0x10000000$0x110000000')).toEqual([]);
});
