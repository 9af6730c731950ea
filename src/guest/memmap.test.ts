import { test } from 'node:test';
import { expect } from 'expect';
import { E820_TYPE } from '../codec/acpi/e820';
import { memmap, parseMemmap, toldOf } from './memmap';

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

test('the memory map of E820 is read with its types', () => {
  expect(parseMemmap('0x0 0x9fbff System RAM\n0xfeffc000 0xfeffffff Reserved\n')).toEqual([
    { base: 0n, size: 0x9_fc00n, type: E820_TYPE.RAM },
    { base: 0xfeff_c000n, size: 0x4000n, type: E820_TYPE.RESERVED },
  ]);
});

test('the memory map of EFI is read by what the operating system may use, and what is set aside for a purpose is not RAM', () => {
  const attributes = '|   |  |  |  |  |  |  |  |  |   |WB|WT|WC|UC';
  const lines = [
    `0x000000000000-0x000003ffffff [Memory Mapped I/O  |RUN|  |  |  |  |  |  |  |  |  |   |  |  |  |UC]`,
    `0x000040000000-0x00009bffffff [Conventional${attributes}]`,
    `0x00009c000000-0x00009c00ffff [ACPI Reclaim${attributes}]`,
    `0x00009c010000-0x00009c01ffff [Runtime Data|RUN${attributes.slice(4)}]`,
    `0x00009c020000-0x00009c02ffff [Boot Data${attributes}]`,
    `0x010000000000-0x01000fffffff [Conventional|   |  |  |SP|  |  |  |  |  |   |WB|WT|WC|UC]`,
  ];
  expect(parseMemmap(lines.join('\n')).map(({ base, type }) => [base, type])).toEqual([
    [0n, E820_TYPE.RESERVED],
    [0x4000_0000n, E820_TYPE.RAM],
    [0x9c00_0000n, E820_TYPE.ACPI],
    [0x9c01_0000n, E820_TYPE.RESERVED],
    [0x9c02_0000n, E820_TYPE.RAM],
    [0x100_0000_0000n, E820_TYPE.SOFT_RESERVED],
  ]);
});
