import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import type { Range } from '../src/codec/range';
import type { Type3 } from '../src/machine/topology';
import { found } from './support/found';
import { LABEL_AREA, MACHINES, SLOTS } from './support/machines';
import { bytes, ids } from './support/parameter-types';
import { windowsOf } from './support/windows';
import type { CxlWorld } from './support/world';

Given('the machine {string}', function (this: CxlWorld, name: string) {
  this.share(found(MACHINES[name], `shared machine ${name}`, Object.keys(MACHINES)));
});

Given('a machine with {bytes} of RAM, maxmem {bytes}', function (this: CxlWorld, ram: bigint, maxRam: bigint) {
  this.ram = ram;
  if (maxRam > ram) this.hotplug = { maxRam, slots: SLOTS };
});

Given('any other machine will do', function (this: CxlWorld) {
  this.anyMachine = true;
});

Given('these host bridges:', function (this: CxlWorld, table: DataTable) {
  for (const { id, bus, 'root ports': rootPorts, node } of table.hashes()) {
    const onNode = node && { node: Number(node) };
    this.hostBridges.push({ id: `${id}`, bus: Number(bus), ...onNode, rootPorts: ids(rootPorts) });
  }
});

Given('these switches:', function (this: CxlWorld, table: DataTable) {
  for (const { id, 'root port': rootPort, 'downstream ports': ports, port, serial, mailbox } of table.hashes()) {
    const named = { ...(port && { port: Number(port) }), ...(serial && { serial: BigInt(serial) }) };
    const managed = mailbox && { mailbox };
    this.switches.push({ id: `${id}`, rootPort: `${rootPort}`, downstreamPorts: ids(ports), ...named, ...managed });
  }
});

Given('these fixed memory windows:', function (this: CxlWorld, table: DataTable) {
  this.windows.push(...windowsOf(table));
});

Given('these Type 3 devices:', function (this: CxlWorld, table: DataTable) {
  this.type3s.push(...type3sOf(table, this.type3s.length + 1));
});

Given('these Type 3 devices have been added:', add);

When('this Type 3 device is added:', add);

async function add(this: CxlWorld, table: DataTable) {
  const devices = type3sOf(table, this.type3s.length + this.added.length + 1);
  for (const device of devices) await (await this.platform()).hotAdd(device);
  this.added.push(...devices);
}

Given('{id} has been removed', async function (this: CxlWorld, id: string) {
  await (await this.platform()).hotRemove(id);
  await expectUnplugged(this, id);
});

When('{id} is removed', async function (this: CxlWorld, id: string) {
  await (await this.platform()).hotRemove(id);
});

Then('{id} is no longer in the machine', async function (this: CxlWorld, id: string) {
  await expectUnplugged(this, id);
});

Then('the removal of {id} is reported', async function (this: CxlWorld, id: string) {
  const reported = await (await this.operator()).hasReportedRemoval(id);
  const what = `DEVICE_DELETED of ${id}`;
  expect({ [what]: reported ? 'sent' : 'not sent' }).toEqual({ [what]: 'sent' });
});

Then('the memory of {id} can be taken out of the machine', async function (this: CxlWorld, id: string) {
  const taken = await (await this.operator()).takeMemory(id);
  const what = `removing the memory backend of ${id}`;
  expect({ [what]: taken ? 'success' : 'refusal' }).toEqual({ [what]: 'success' });
});

Then('the memory of {id} can be that of another device', async function (this: CxlWorld, id: string) {
  const reused = await (await this.operator()).reuseMemory(id);
  const what = `another device with the memory backend of ${id}`;
  expect({ [what]: reused ? 'accepted' : 'refused' }).toEqual({ [what]: 'accepted' });
});

Given('a PCI function with a BAR of {bytes}', function (this: CxlWorld, bar: bigint) {
  this.testDevices.push({ id: `bar${this.testDevices.length}`, bar });
});

Given('firmware reserves {range} of window {int}', function (this: CxlWorld, part: Range, window: number) {
  this.reservations.push({ window, part });
});

Given('{id} is given the memory backend {id}', function (this: CxlWorld, id: string, backend: string) {
  const at = this.type3s.findIndex((type3) => type3.id === id);
  this.type3s[at] = { ...(this.type3s[at] as Type3), backend };
});

/** And booted again; firmware and operating system start anew. */
When('the machine is/was reset', async function (this: CxlWorld) {
  await (await this.platform()).reboot();
});

Then('the machine is refused: {}', async function (this: CxlWorld, complaint: string) {
  expect({ QEMU: (await this.complaint()) ?? 'it starts' }).toEqual({ QEMU: complaint });
});

async function expectUnplugged(world: CxlWorld, id: string) {
  const plugged = (await (await world.operator()).plugged()).includes(id);
  expect({ [id]: plugged ? 'in the machine' : 'gone' }).toEqual({ [id]: 'gone' });
}

/** Serial numbers count up from `serial`. */
function type3sOf(table: DataTable, serial: number): Type3[] {
  return table.hashes().map(({ id, 'root port': rootPort, port = rootPort, volatile, persistent, dynamic }, i) => {
    const capacities = { volatile: bytes(volatile), persistent: bytes(persistent) };
    const labelArea = capacities.persistent > 0n ? LABEL_AREA : 0n;
    return {
      id: `${id}`,
      port: `${port}`,
      ...capacities,
      ...dynamicOf(dynamic),
      labelArea,
      serial: BigInt(serial + i),
    };
  });
}

/** `2 x 256M`: regions, and the size of each. */
function dynamicOf(text = ''): Pick<Type3, 'dynamic'> {
  const [, regions, size] = /^(\d+) x (\w+)$/.exec(text) ?? [];
  return regions ? { dynamic: { regions: Number(regions), capacity: BigInt(regions) * bytes(size) } } : {};
}
