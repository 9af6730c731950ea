import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { decodeHmat } from '../codec/acpi/hmat';
import { decodeSrat } from '../codec/acpi/srat';
import { captured } from '../codec/captured';
import type { HandedOver } from './handed-over';
import { judge } from './judge';

const table = (name: string) => captured(join(__dirname, `../codec/acpi/${name}.hex`));

/** What a real QEMU hands over for a Generic Initiator in domain 1, a Generic Port in 2, and hot-pluggable memory in 5. */
const state: HandedOver = {
  memoryMap: [{ base: 0n, size: 128n << 20n, type: 1 }],
  cedt: [{ kind: 'CHBS', uid: 64, registers: { base: 0x1_9000_0000n, size: 0x1_0000n } }],
  srat: decodeSrat(table('srat-generic')),
  hmat: decodeHmat(table('hmat-generic')),
  decoders: [],
};

test('captured tables have no finding', () => {
  expect(judge(state)).toEqual([]);
});

test('captured tables have one where CEDT lacks the host bridge of the Generic Port', () => {
  expect(judge({ ...state, cedt: [] })).toEqual([
    {
      kind: 'generic-port-without-bridge',
      message: 'the Generic Port of ACPI0016 64 in domain 2 is of no host bridge in CEDT',
    },
  ]);
});
