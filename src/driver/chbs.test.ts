import { test } from 'node:test';
import { expect } from 'expect';
import type { Hardware } from '../machine/hardware';
import { decodersByChbs } from './chbs';

/** Version 1 of the header, of cache and memory, and an array without elements. */
const EMPTY_ARRAY = 0x0011_0001;

/** Nothing but the component registers at `base`. */
const registersAt = (base: bigint) =>
  ({
    read32: async (address: bigint) => (address === base + 0x1000n ? EMPTY_ARRAY : 0xffff_ffff),
    readWords: async () => [],
  }) as unknown as Hardware;

const chbs = { uid: 12, registers: { base: 0x2_9001_0000n, size: 0x1_0000n } };

test('registers that are where the CHBS says are read', async () => {
  expect(await decodersByChbs(registersAt(0x2_9001_0000n), chbs)).toBeUndefined();
});

test('a CHBS with a wrong base is told with the base and where the registers are', async () => {
  await expect(decodersByChbs(registersAt(0x2_9000_0000n), chbs)).rejects.toThrow(
    'CHBS of host bridge 12: base 0x290010000, component registers answer at 0x290000000',
  );
});

test('where no registers are near, that is told', async () => {
  await expect(decodersByChbs(registersAt(0n), chbs)).rejects.toThrow(
    'CHBS of host bridge 12: base 0x290010000, no component registers answer within 1M of it',
  );
});
