/** Migration of a running machine. */
import { Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { complaintOf } from './support/qmp';
import type { CxlWorld } from './support/world';

/** By QMP's `migrate` to a second QEMU with the same options, in which the scenario goes on; in the first if QEMU refuses. */
When('migration of the machine is requested', async function (this: CxlWorld) {
  await complaintOf(this, async () => (await this.operator()).migrate());
});

/** A refusal names a device by its id, or by its type. */
Then('the migration has completed, or was refused because of a CXL device', function (this: CxlWorld) {
  const { complained = 'completed' } = this;
  const ids = [...this.hostBridges, ...this.switches, ...this.type3s].map(({ id }) => id);
  const words = complained.split(/[^\w.-]+/);
  const named = words.some((word) => /^(pxb-cxl|cxl-\w+)/.test(word) || ids.includes(word));
  const outcome = complained === 'completed' || named ? 'as expected' : complained;
  expect({ migration: outcome }).toEqual({ migration: 'as expected' });
});
