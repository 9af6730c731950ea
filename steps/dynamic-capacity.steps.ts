/** Dynamic capacity: offers, extents and regions. */
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { OPCODE } from '../src/codec/cxl/mailbox/command';
import {
  DcConfigurationInput,
  DcExtentListInput,
  decodeDcConfiguration,
  decodeDcExtents,
} from '../src/codec/cxl/mailbox/dynamic-capacity';
import { DecodeError } from '../src/codec/decode-error';
import { type Range, showRange } from '../src/codec/range';
import { ask } from './support/ask';
import { acceptBlocks, offerBlocks } from './support/blocks';
import { range } from './support/parameter-types';
import { capacityRequest, tell } from './support/qmp';
import type { CxlWorld } from './support/world';

const MOST = 255;

/** By QMP's cxl-add-dynamic-capacity: an extent a row; prescriptive and for host 0, unless it says otherwise. */
When('this dynamic capacity is/was offered to {id}:', async function (this: CxlWorld, id: string, table: DataTable) {
  await tell(this, id, 'cxl-add-dynamic-capacity', capacityRequest(table.hashes(), 'selection-policy'));
});

/** By QMP's cxl-release-dynamic-capacity, likewise. */
When(
  'release of this dynamic capacity is requested from {id}:',
  async function (this: CxlWorld, id: string, table: DataTable) {
    await tell(this, id, 'cxl-release-dynamic-capacity', capacityRequest(table.hashes(), 'removal-policy'));
  },
);

/**
 * From the start of the first region on. `offered`: each by itself, in an offer of its own. `accepted`: each is an extent of its own, and
 * the event log is empty again.
 */
Given('{int} blocks of {id} were {word}', async function (this: CxlWorld, count: number, id: string, state: string) {
  const [region] = (await configurationOf(this, id)).regions;
  if (!region) throw new DecodeError(id, 'has no region of dynamic capacity');
  await (state === 'offered' ? offerBlocks : acceptBlocks)(this, id, region, count);
});

/** By Get Dynamic Capacity Configuration, and no other; `DSMAS` is the handle by which the CDAT describes the region. */
Then('{id} has these DC regions:', async function (this: CxlWorld, id: string, table: DataTable) {
  const { count, regions } = await configurationOf(this, id);
  const shown = regions.map(({ blockSize, handle, ...dpa }) => ({
    DPA: showRange(dpa),
    'block size': `${blockSize >> 20n}M`,
    DSMAS: `${handle}`,
  }));
  const expected = table.hashes().map((row) => ({ ...row, DPA: showRange(range(row.DPA)) }));
  expect({ 'DC regions': shown }).toEqual({ 'DC regions': expected });
  expect({ 'Number of Available Regions': count }).toEqual({ 'Number of Available Regions': shown.length });
});

/** Number of Available Extents, of Get Dynamic Capacity Configuration. */
Then('{id} has room for {int} more extents', async function (this: CxlWorld, id: string, extents: number) {
  const { availableExtents } = await configurationOf(this, id);
  expect({ 'available extents': availableExtents }).toEqual({ 'available extents': extents });
});

/** All extents of Get Dynamic Capacity Extent List, in this order; or `nothing`. */
Then('the host has accepted {extents} of {id}', async function (this: CxlWorld, extents: Range[], id: string) {
  const { total, extents: listed } = await extentsOf(this, id);
  const found = { extents: listed.map(showRange), 'Total Extent Count': total };
  expect(found).toEqual({ extents: extents.map(showRange), 'Total Extent Count': extents.length });
});

/** Of Get Dynamic Capacity Extent List, for a later step. */
Given('the generation number of the extent list of {id} was read', async function (this: CxlWorld, id: string) {
  this.noted = (await extentsOf(this, id)).generation;
});

/** From what it was when a Given read it. */
Then('the generation number of the extent list of {id} has changed', async function (this: CxlWorld, id: string) {
  const { generation } = await extentsOf(this, id);
  const what = 'Extent List Generation Number';
  const received = generation === this.noted ? `still ${generation}` : 'another';
  expect({ [what]: received }).toEqual({ [what]: 'another' });
});

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
