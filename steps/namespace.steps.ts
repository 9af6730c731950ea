import { type DataTable, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { type AcpiDevice, AcpiNamespace } from '../src/codec/acpi/namespace';
import { askForControl, OSC_INTERFACES } from '../src/codec/acpi/osc';
import { dsmBytes, dsmFunctions, qtgIds } from '../src/codec/acpi/qtg';
import { CLASS } from '../src/codec/pci/configuration';
import { hex, showRange } from '../src/codec/range';
import { NotApplicable } from '../src/ledger/verdict';
import { expectCount, expectNone, expectSome } from './support/assertions';
import { busOf, rangesOf, strays } from './support/root-bus';
import type { CxlWorld } from './support/world';

const namespaceOf = async (world: CxlWorld) => new AcpiNamespace(await (await world.host()).acpiTable('DSDT'));

/** The ACPI0016 device of a host bridge. */
async function bridgeOf(world: CxlWorld, id: string): Promise<AcpiDevice> {
  const bridges = (await namespaceOf(world)).withId('ACPI0016');
  const found = bridges.find((device) => device.number('_UID') === world.uidOf(id));
  const what = `ACPI0016 device with the UID of ${id}`;
  expect({ [what]: found ? 'there' : 'missing' }).toEqual({ [what]: 'there' });
  return found as AcpiDevice;
}

/** The ACPI0017 device, of which there is one. */
async function rootOf(world: CxlWorld): Promise<AcpiDevice> {
  const found = (await namespaceOf(world)).withId('ACPI0017');
  expectCount(
    'ACPI0017 devices',
    found.map(({ path }) => path),
    1,
  );
  return found[0] as AcpiDevice;
}

/** @throws NotApplicable if the CXL root device has none */
async function qosOf(world: CxlWorld): Promise<AcpiDevice> {
  const root = await rootOf(world);
  if (!root.has('_DSM')) throw new NotApplicable('the ACPI0017 device has no _DSM');
  return root;
}

Then('the namespace has these host bridges:', async function (this: CxlWorld, table: DataTable) {
  const found = (await namespaceOf(this)).withId('ACPI0016').map((device) => ({
    ...{ uid: device.number('_UID'), bbn: device.number('_BBN'), compatible: device.cids.join(', ') },
  }));
  const expected = table.hashes().map((row) => ({
    ...{ uid: this.uidOf(`${row['host bridge']}`), bbn: Number(row._BBN), compatible: row['compatible with'] },
  }));
  found.sort((a, b) => Number(a.uid) - Number(b.uid));
  expect({ 'ACPI0016 devices': found }).toEqual({ 'ACPI0016 devices': expected });
});

Then('the namespace defines nothing twice', async function (this: CxlWorld) {
  expectNone('names that are defined twice', (await namespaceOf(this)).duplicates);
});

Then(
  'the namespace has one CXL root device, which is present, enabled and functioning',
  async function (this: CxlWorld) {
    const status = (await rootOf(this)).number('_STA') ?? 0b1111; // without the object all is well
    const bit = (n: number) => ((status >> n) & 1) === 1;
    const expected = { present: true, enabled: true, functioning: true };
    expect({ _STA: { present: bit(0), enabled: bit(1), functioning: bit(3) } }).toEqual({ _STA: expected });
  },
);

Then('the namespace has no {word} device', async function (this: CxlWorld, hid: string) {
  expectNone(
    `${hid} devices`,
    (await namespaceOf(this)).withId(hid).map((device) => device.path),
  );
});

Then(
  'what {id} passes on holds the buses and the BARs of {int} CXL memory device(s) and of the ports to it',
  async function (this: CxlWorld, id: string, count: number) {
    const { resources } = await bridgeOf(this, id);
    const [buses] = rangesOf(resources, 'bus');
    const behind = (await (await this.host()).pciFunctions()).filter(
      ({ address }) => buses && buses.base <= busOf(address) && busOf(address) < buses.end,
    );
    const devices = behind.filter(({ classCode }) => classCode === CLASS.cxlMemory).map(({ address }) => address);
    expectCount(`CXL memory devices on the buses of ${id}`, devices, count);
    const astray = strays(
      behind.flatMap(({ bars }) => bars),
      resources,
    );
    expectNone(`BARs outside of what ${id} passes on`, astray.map(showRange));
  },
);

Then(
  'the ranges of the first root bus are as long as they say, and those below 4G end by {}',
  async function (this: CxlWorld, limit: string) {
    const [first] = (await namespaceOf(this)).withId('PNP0A08');
    const memory = (first?.resources ?? []).flatMap((each) => (each.kind === 'memory' ? [each] : []));
    expectSome('memory in _CRS of the first root bus', memory);
    const wrong = memory.flatMap(({ width, minimum, maximum, length }) => [
      ...(width === 32 && maximum >= BigInt(limit) ? [`ends at ${hex(maximum)}`] : []),
      ...(minimum + length - 1n === maximum ? [] : [`its length does not lead to its end at ${hex(maximum)}`]),
    ]);
    expectNone('wrong memory in _CRS of the first root bus', wrong); // where a range begins is the business of firmware
  },
);

Then('{id} is on proximity domain {int}', async function (this: CxlWorld, id: string, domain: number) {
  expect({ [`_PXM of ${id}`]: (await bridgeOf(this, id)).number('_PXM') }).toEqual({ [`_PXM of ${id}`]: domain });
});

Then('{id} is on no proximity domain', async function (this: CxlWorld, id: string) {
  expect({ [`_PXM of ${id}`]: (await bridgeOf(this, id)).number('_PXM') }).toEqual({ [`_PXM of ${id}`]: undefined });
});

When(
  /^(\S+) is asked by revision (\d+) of the (?:(PCI|CXL) interface|interface (\S+)) for (.+)$/,
  async function (this: CxlWorld, id: string, revision: string, known: 'PCI' | 'CXL', uuid: string, asked: string) {
    const request = {
      interface: uuid ?? OSC_INTERFACES[known],
      revision: Number(revision),
      control: asked.split(', '),
    };
    this.control = askForControl(await bridgeOf(this, id), request);
  },
);

Then('it grants {}', async function (this: CxlWorld, control: string) {
  expect({ granted: this.control?.granted }).toEqual({ granted: control.split(', ') });
});

Then('it reports {}', async function (this: CxlWorld, status: string) {
  expect({ reported: this.control?.status }).toEqual({ reported: status === 'nothing' ? [] : status.split(', ') });
});

Then(
  'the CXL root device recommends QTG id {int} of at most {int} for memory with {int} ns and {int} MB\\/s',
  async function (this: CxlWorld, best: number, highest: number, nanoseconds: number, bandwidth: number) {
    const { recommended, ...found } = qtgIds(await qosOf(this), BigInt(nanoseconds) * 1000n, BigInt(bandwidth));
    const answer = { ...found, recommended: recommended[0] };
    expect({ 'QTG ids': answer }).toEqual({ 'QTG ids': { highest, recommended: best } });
  },
);

Then('it recommends the QTG id of window {int}', async function (this: CxlWorld, n: number) {
  const { recommended } = qtgIds(await qosOf(this), 100_000n, 1000n);
  const qtgId = (await this.fixedWindows())[n]?.qtgId;
  expect({ 'recommended QTG ids': recommended }).toEqual({ 'recommended QTG ids': expect.arrayContaining([qtgId]) });
});

Then('_DSM of the CXL root device has functions {numbers}', async function (this: CxlWorld, functions: number[]) {
  expect({ functions: dsmFunctions(await qosOf(this)) }).toEqual({ functions });
});

Then(
  '_DSM of the CXL root device yields {} for function {int} of the interface {}',
  async function (this: CxlWorld, bytes: string, fn: number, identifier: string) {
    expect({ buffer: dsmBytes(await qosOf(this), identifier, fn) }).toEqual({ buffer: bytes });
  },
);
