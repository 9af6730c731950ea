import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { showPerformance } from './support/cdat';
import { theRegion } from './support/the-region';
import type { CxlWorld } from './support/world';

Then('processors reach the memory of the region with:', async function (this: CxlWorld, table: DataTable) {
  expect({ region: await regionAccess(this) }).toEqual({ region: table.hashes()[0] });
});

Then(
  'processors reach the memory of node {int} with:',
  async function (this: CxlWorld, node: number, table: DataTable) {
    const access = await (await this.host()).nodeAccess(node);
    expect({ [`node ${node}`]: showPerformance(access) }).toEqual({ [`node ${node}`]: table.hashes()[0] });
  },
);

Then('it is unknown how processors reach the memory of the region', async function (this: CxlWorld) {
  expect({ region: await regionAccess(this) }).toEqual({ region: {} });
});

async function regionAccess(world: CxlWorld): Promise<Record<string, string>> {
  return showPerformance(await (await world.host()).regionAccess((await theRegion(world)).name));
}
