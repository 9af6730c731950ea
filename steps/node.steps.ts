import { Then, When } from '@cucumber/cucumber';
import { expectData } from './support/assertions';
import { expectOnline } from './support/nodes';
import type { CxlWorld } from './support/world';

When('{bytes} of data are stored on node {int}', async function (this: CxlWorld, size: bigint, node: number) {
  const data = this.newData(Number(size));
  this.stored.push({ region: undefined, data });
  await (await this.host()).storeOnNode(node, data);
});

Then('node {int} yields the data', async function (this: CxlWorld, node: number) {
  const data = await (await this.host()).loadFromNode(node, this.dataOf().length);
  expectData(`data on node ${node}`, data, this.dataOf());
});

Then('{bytes} of memory are online on node {int}', async function (this: CxlWorld, memory: bigint, node: number) {
  await expectOnline(this, node, memory);
});
