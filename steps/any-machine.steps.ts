/** What holds of each part of a machine, whatever it is made of. */
import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { sum } from '../src/codec/acpi/table';
import { decodeCdat } from '../src/codec/cxl/cdat';
import { cdatMemory } from '../src/codec/cxl/cdat-memory';
import { OutOfReach } from '../src/ledger/verdict';
import { modelled } from '../src/options/modelled';
import { parse } from '../src/options/parse';
import { asFarAsOffered, capacities, needPart, questionsOf, showCapacity } from './support/any-machine';
import { commitsOf } from './support/decoder-blocks';
import { tryRegions } from './support/trial-regions';
import type { CxlWorld } from './support/world';

Given('this machine, or the machine under check:', function (this: CxlWorld, text: string) {
  const { machine } = this.parameters;
  this.describe(machine ? modelled(machine).topology : asFarAsOffered(parse(text), this.hasVolatileMemory()));
  if (machine) this.commandLine = machine;
});

Then(
  'each host bridge has one CHBS with {bytes} of component registers',
  async function (this: CxlWorld, size: bigint) {
    needPart(this, 'hostBridges');
    const found = (await this.chbs()).map(({ uid, registers }) => ({ uid, size: registers.size }));
    expect(found.sort(byUid)).toEqual(this.hostBridges.map(({ bus }) => ({ uid: bus, size })).sort(byUid));
  },
);

Then('each fixed memory window has one CFMWS', async function (this: CxlWorld) {
  needPart(this, 'windows');
  expect(await this.fixedWindows()).toMatchObject(
    this.windows.map(({ size, targets, granularity }) => ({
      window: { size },
      targets: targets.map((id) => this.uidOf(id)),
      granularity,
    })),
  );
});

Then('each Type 3 device is a memdev with its capacities', async function (this: CxlWorld) {
  needPart(this, 'type3s');
  const memdevs = (await (await this.host()).memdevs()).map(showCapacity);
  expect(memdevs.sort()).toEqual(capacities(this).sort());
});

When('decoder 0 of each host bridge, switch and device is committed, and released', async function (this: CxlWorld) {
  needPart(this, 'windows');
  needPart(this, 'type3s');
  this.commits = await (await this.bench()).commitEach();
  if (this.commits.length === 0) throw new OutOfReach('no fixed memory window leads to a CXL memory device');
});

Then('each has answered Committed, and was free at the end', function (this: CxlWorld) {
  const wanted = this.commits.map(({ of }) => ({ of, committed: 'Committed', released: 'neither' }));
  expect(commitsOf(this.commits)).toEqual(wanted);
});

Then(
  'each memory device answers what its Command Effects Log says that it can be asked',
  async function (this: CxlWorld) {
    const answers: Record<string, string> = {};
    for (const { address, device } of await memoryDevicesOf(this)) {
      for (const { about, answer } of await questionsOf(device)) answers[`${address}: ${about}`] = answer;
    }
    expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((about) => [about, 'Success'])));
  },
);

Then(
  'each memory device has media that are ready, and runs nothing in the background',
  async function (this: CxlWorld) {
    const states: Record<string, object> = {};
    for (const { address, device } of await memoryDevicesOf(this)) {
      states[address] = { media: await device.mediaStatus(), running: (await device.background()).running };
    }
    const wanted = Object.keys(states).map((address) => [address, { media: 'ready', running: false }]);
    expect(states).toEqual(Object.fromEntries(wanted));
  },
);

Then('the CDAT of each memdev sums to zero, and describes all its memory', async function (this: CxlWorld) {
  needPart(this, 'type3s');
  const host = await this.host();
  const memdevs = await host.memdevs();
  expect(memdevs).not.toEqual([]);
  for (const memdev of memdevs) {
    const table = await host.cdat(memdev.name);
    const memory = cdatMemory(decodeCdat(table)).filter(({ dynamicCapacity }) => !dynamicCapacity);
    const of = (nonVolatile: boolean) =>
      memory.filter((each) => each.nonVolatile === nonVolatile).reduce((all, { dpa }) => all + dpa.size, 0n);
    const described = { volatile: of(false), persistent: of(true), sum: sum(table) };
    const { volatile, persistent } = memdev;
    expect({ [memdev.host]: described }).toEqual({ [memdev.host]: { volatile, persistent, sum: 0 } });
  }
});

When(
  'a region is created in each fixed memory window, on devices of its host bridges',
  async function (this: CxlWorld) {
    this.trialRegions = await tryRegions(this);
  },
);

Then('each region was enabled, and yielded what was stored in it', function (this: CxlWorld) {
  const wanted = this.trialRegions.map(({ window }) => ({ window, came: 'enabled, yields the data, destroyed' }));
  expect(this.trialRegions.map(({ window, came }) => ({ window, came }))).toEqual(wanted);
});

async function memoryDevicesOf(world: CxlWorld) {
  needPart(world, 'type3s');
  await world.hardware();
  const { memoryDevices = [] } = (await (await world.platform()).everything?.()) ?? {};
  expect(memoryDevices).not.toEqual([]);
  return memoryDevices;
}

const byUid = (a: { readonly uid: number }, b: { readonly uid: number }): number => a.uid - b.uid;
