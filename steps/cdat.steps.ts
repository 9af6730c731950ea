/** The CDAT of a device or switch. */
import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { decodeCdat } from '../src/codec/cxl/cdat';
import { cdatMemory } from '../src/codec/cxl/cdat-memory';
import { DecodeError } from '../src/codec/decode-error';
import { showRange } from '../src/codec/range';
import { showMemory, showWays } from './support/cdat';
import { range } from './support/parameter-types';
import type { CxlWorld } from './support/world';

Then('the CDAT of {id} describes this memory:', async function (this: CxlWorld, id: string, table: DataTable) {
  const cdat = await this.cdat(id);
  const found = DecodeError.of(id, () => cdatMemory(decodeCdat(cdat))).map(showMemory);
  const expected = table.hashes().map((row) => ({ ...row, DPA: showRange(range(row.DPA)) }));
  expect({ [`CDAT of ${id}`]: found }).toMatchObject({ [`CDAT of ${id}`]: expected });
});

Then(
  'the CDAT of the switch above {id} has these ways:',
  async function (this: CxlWorld, id: string, table: DataTable) {
    const cdat = await (await this.bench()).switchCdat(this.serialOf(id));
    const structures = DecodeError.of(`the switch above ${id}`, () => decodeCdat(cdat));
    expect({ ways: structures.flatMap(showWays) }).toEqual({ ways: table.hashes() });
  },
);
