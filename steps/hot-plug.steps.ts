/** Devices that come and go while the machine runs. */
import { type DataTable, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { type3sOf } from './support/type3s';
import type { CxlWorld } from './support/world';

/** By `device_add`, each into the slot of its port; the operating system has found it afterwards. */
When('these Type 3 devices {isOrWas} added:', async function (this: CxlWorld, _: boolean, table: DataTable) {
  for (const device of table
    .hashes()
    .flatMap((row, n) => type3sOf(row, this.type3s.length + this.added.length + 1 + n))) {
    await (await this.platform()).hotAdd(device);
    this.added.push(device);
  }
});

/** As by the attention button of its slot, or by `device_del`; the operating system then releases it. */
When('{id} {isOrWas} removed', async function (this: CxlWorld, id: string, claimed: boolean) {
  await (await this.platform()).hotRemove(id);
  if (claimed) await expectUnplugged(this, id);
});

/** By QEMU's list of devices. */
Then('{id} is no longer in the machine', async function (this: CxlWorld, id: string) {
  await expectUnplugged(this, id);
});

/** By the event DEVICE_DELETED. */
Then('QMP reports the removal of {id}', async function (this: CxlWorld, id: string) {
  const reported = await (await this.operator()).hasReportedRemoval(id);
  const what = `DEVICE_DELETED of ${id}`;
  expect({ [what]: reported ? 'sent' : 'not sent' }).toEqual({ [what]: 'sent' });
});

/** `removed`: by `object-del`; `reused`: another device is given it. */
When('the memory backend of {id} is {reuse}', async function (this: CxlWorld, id: string, reuse: string) {
  const operator = await this.operator();
  const done = reuse === 'reused' ? await operator.reuseMemory(id) : await operator.takeMemory(id);
  this.complained = done ? undefined : `the memory backend of ${id} cannot be ${reuse}`;
});

async function expectUnplugged(world: CxlWorld, id: string) {
  const plugged = (await (await world.operator()).plugged()).includes(id);
  expect({ [id]: plugged ? 'in the machine' : 'gone' }).toEqual({ [id]: 'gone' });
}
