import { test } from 'node:test';
import { expect } from 'expect';
import { devdaxOf, memoryBlocks } from './dax';

const region = { base: 0x2_9000_0000n, size: 512n << 20n };

test('a namespace keeps 10M of 512M for its page map, as Linux 6.12 does', () =>
  expect(devdaxOf(region)).toEqual({ base: 0x2_90a0_0000n, size: 526385152n }));

test('system RAM are the whole memory blocks of a device', () => {
  expect(memoryBlocks(devdaxOf(region))).toEqual({ base: 0x2_9800_0000n, size: 384n << 20n });
  expect(memoryBlocks(region)).toEqual(region);
});
