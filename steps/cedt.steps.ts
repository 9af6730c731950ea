import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { sum } from '../src/codec/acpi/table';
import { expectCount } from './support/assertions';
import { bytes, ids } from './support/parameter-types';
import type { CxlWorld } from './support/world';

Then(
  'the CEDT has one CHBS with {bytes} of component registers for each of {ids}',
  async function (this: CxlWorld, size: bigint, bridges: string[]) {
    const chbs = await this.chbs();
    const name = (uid: number) => `CHBS of ${this.bridgeName(uid)}`;
    expectCount(
      'CHBS',
      chbs.map(({ uid }) => name(uid)),
      bridges.length,
    );
    const found = chbs.map(({ uid, registers }) => [name(uid), { size: registers.size }]);
    const expected = bridges.map((id) => [name(this.uidOf(id)), { size }]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  },
);

Then('the CEDT has these fixed memory windows:', async function (this: CxlWorld, table: DataTable) {
  const expected = table.hashes().map(({ size, targets, granularity }) => ({
    ...{ size: bytes(size), targets: ids(targets), granularity: Number(bytes(granularity)) },
  }));
  const found = (await this.fixedWindows()).map(({ window: { size }, targets, granularity }) => ({
    ...{ size, targets: targets.map(this.bridgeName), granularity },
  }));
  expect({ windows: found }).toEqual({ windows: expected });
});

Then('the bytes of the CEDT sum to zero', async function (this: CxlWorld) {
  expect({ 'sum of bytes': sum(await (await this.host()).acpiTable('CEDT')) }).toEqual({ 'sum of bytes': 0 });
});
