import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { sum } from '../src/codec/acpi/table';
import { bytes, ids } from './support/parameter-types';
import type { CxlWorld } from './support/world';

Then(
  'the CEDT has one CHBS with {bytes} of component registers for each of {ids}',
  async function (this: CxlWorld, size: bigint, bridges: string[]) {
    const found = (await this.chbs()).map(({ uid, registers }) => ({ uid, size: registers.size }));
    expect(found).toHaveLength(bridges.length);
    expect(found).toEqual(expect.arrayContaining(bridges.map((id) => ({ uid: this.uidOf(id), size }))));
  },
);

Then('the CEDT has these fixed memory windows:', async function (this: CxlWorld, table: DataTable) {
  const expected = table.hashes().map(({ size, targets, granularity }) => ({
    window: { size: bytes(size) },
    targets: ids(targets).map((id) => this.uidOf(id)),
    granularity: Number(bytes(granularity)),
  }));
  expect(await this.fixedWindows()).toMatchObject(expected);
});

Then('the bytes of the CEDT sum to zero', async function (this: CxlWorld) {
  expect(sum(await (await this.host()).acpiTable('CEDT'))).toBe(0);
});
