import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { OPCODE } from '../src/codec/cxl/mailbox/command';
import {
  DcConfigurationInput,
  DcExtentListInput,
  decodeDcConfiguration,
  decodeDcExtents,
  encodeUpdatedExtents,
} from '../src/codec/cxl/mailbox/dynamic-capacity';
import { DecodeError } from '../src/codec/decode-error';
import { type Range, showRange } from '../src/codec/range';
import { ask, logOf } from './support/ask';
import { shownRow, showRecord } from './support/event';
import { range } from './support/parameter-types';
import { capacityRequest, tell } from './support/qmp';
import type { CxlWorld } from './support/world';

const MOST = 255;

Given('this dynamic capacity has been offered to {id}:', offer);

When('this dynamic capacity is offered to {id}:', offer);

When('this dynamic capacity is asked back from {id}:', async function (this: CxlWorld, id: string, table: DataTable) {
  await tell(this, id, 'cxl-release-dynamic-capacity', capacityRequest(table.hashes(), 'removal-policy'));
});

Given('{id} has been told to accept {extents}', accept);

When('{id} is told to accept {extents}', accept);

When('{id} is told to release {extents}', async function (this: CxlWorld, id: string, extents: Range[]) {
  await this.send(id, OPCODE.releaseDynamicCapacity, encodeUpdatedExtents(extents));
});

When('{id} is asked for DC regions from {int} on', async function (this: CxlWorld, id: string, start: number) {
  const input = DcConfigurationInput.encode({ count: MOST, start });
  await this.send(id, OPCODE.getDynamicCapacityConfiguration, input);
});

When('{id} is asked for extents from {int} on', async function (this: CxlWorld, id: string, start: number) {
  await this.send(id, OPCODE.getDynamicCapacityExtentList, DcExtentListInput.encode({ count: MOST, start }));
});

Then('{id} has these DC regions:', async function (this: CxlWorld, id: string, table: DataTable) {
  const { count, regions } = await configurationOf(this, id);
  const shown = regions.map(({ blockSize, handle, ...dpa }) => ({
    ...{ DPA: showRange(dpa), 'block size': `${blockSize >> 20n}M`, DSMAS: `${handle}` },
  }));
  const expected = table.hashes().map((row) => ({ ...row, DPA: showRange(range(row.DPA)) }));
  expect({ 'DC regions': shown }).toEqual({ 'DC regions': expected });
  expect({ 'Number of Available Regions': count }).toEqual({ 'Number of Available Regions': shown.length });
});

Then('{id} has room for {int} more extents', async function (this: CxlWorld, id: string, extents: number) {
  const { availableExtents } = await configurationOf(this, id);
  expect({ 'available extents': availableExtents }).toEqual({ 'available extents': extents });
});

Then('the host has accepted {extents} of {id}', async function (this: CxlWorld, extents: Range[], id: string) {
  const { total, extents: listed } = await extentsOf(this, id);
  const found = { extents: listed.map(showRange), 'Total Extent Count': total };
  expect(found).toEqual({ extents: extents.map(showRange), 'Total Extent Count': extents.length });
});

Given('the generation of the extent list of {id} has been noted', async function (this: CxlWorld, id: string) {
  this.noted = (await extentsOf(this, id)).generation;
});

Then('the extent list of {id} is of another generation', async function (this: CxlWorld, id: string) {
  const { generation } = await extentsOf(this, id);
  const what = 'Extent List Generation Number';
  const received = generation === this.noted ? `still ${generation}` : 'another';
  expect({ [what]: received }).toEqual({ [what]: 'another' });
});

Then('{id} has told the host of these extents:', async function (this: CxlWorld, id: string, table: DataTable) {
  const { records } = await logOf(this, id, 'dynamic capacity');
  const told = records
    .map(showRecord)
    .map(({ dpa, size, flags }) => ({ dpa, size, more: flags === '1' ? 'yes' : 'no' }));
  expect({ extents: told }).toEqual({ extents: table.hashes().map(shownRow) });
});

async function offer(this: CxlWorld, id: string, table: DataTable) {
  await tell(this, id, 'cxl-add-dynamic-capacity', capacityRequest(table.hashes(), 'selection-policy'));
}

async function accept(this: CxlWorld, id: string, extents: Range[]) {
  await this.send(id, OPCODE.addDynamicCapacityResponse, encodeUpdatedExtents(extents));
}

async function configurationOf(world: CxlWorld, id: string) {
  const input = DcConfigurationInput.encode({ count: MOST, start: 0 });
  const output = await ask(world, id, OPCODE.getDynamicCapacityConfiguration, input);
  return DecodeError.of(id, () => decodeDcConfiguration(output));
}

async function extentsOf(world: CxlWorld, id: string) {
  const input = DcExtentListInput.encode({ count: MOST, start: 0 });
  const output = await ask(world, id, OPCODE.getDynamicCapacityExtentList, input);
  return DecodeError.of(id, () => decodeDcExtents(output));
}
