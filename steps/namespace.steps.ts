/** What the ACPI namespace has of CXL, and what its methods return. */
import { Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { decodeDeviceStatus } from '../src/codec/acpi/device-status';
import { askForControl, OSC_INTERFACES } from '../src/codec/acpi/osc';
import { dsmBytes, qtgIds } from '../src/codec/acpi/qtg';
import { CLASS } from '../src/codec/pci/configuration';
import { hex, showRange } from '../src/codec/range';
import { expectCount, expectNone, expectSome } from './support/assertions';
import { bridgeOf, namespaceOf, qosOf, rootOf } from './support/namespace';
import { busOf, rangesOf, strays } from './support/root-bus';
import type { CxlWorld } from './support/world';

/** No two objects of the DSDT have one path. */
Then('no name is defined twice in the namespace', async function (this: CxlWorld) {
  expectNone('names that are defined twice', (await namespaceOf(this)).duplicates);
});

/** ACPI0017: exactly one, by its _STA present, enabled and functioning; or none. */
Then('the namespace has {one} CXL root device', async function (this: CxlWorld, one: string) {
  if (one === 'no') {
    const devices = (await namespaceOf(this)).withId('ACPI0017').map((device) => device.path);
    return expectNone('ACPI0017 devices', devices);
  }
  const status = decodeDeviceStatus((await rootOf(this)).number('_STA'));
  expect({ _STA: status }).toEqual({ _STA: { present: true, enabled: true, functioning: true } });
});

/** There are exactly so many devices on its buses. */
Then(
  '_CRS of {id} covers the buses and BARs of {int} CXL memory device(s) and of the ports above',
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
    expectNone(`BARs outside of _CRS of ${id}`, astray.map(showRange));
  },
);

/** Memory: minimum and length of each range give its maximum; that of a range below 4G is below the limit. */
Then(
  '_CRS of the first root bus has consistent ranges, below {} or above 4G',
  async function (this: CxlWorld, limit: string) {
    const [first] = (await namespaceOf(this)).withId('PNP0A08');
    const memory = (first?.resources ?? []).flatMap((each) => (each.kind === 'memory' ? [each] : []));
    expectSome('memory in _CRS of the first root bus', memory);
    const wrong = memory.flatMap(({ width, minimum, maximum, length }) => [
      ...(width === 32 && maximum >= BigInt(limit) ? [`ends at ${hex(maximum)}`] : []),
      ...(minimum + length - 1n === maximum ? [] : [`minimum and length do not give the maximum ${hex(maximum)}`]),
    ]);
    expectNone('wrong memory in _CRS of the first root bus', wrong); // where a range begins is the business of firmware
  },
);

/** Its proximity domain; `absent`: it has no such object. */
Then('_PXM of {id} is {pxm}', async function (this: CxlWorld, id: string, domain: number | undefined) {
  expect({ [`_PXM of ${id}`]: (await bridgeOf(this, id)).number('_PXM') }).toEqual({ [`_PXM of ${id}`]: domain });
});

/** A request for control over these, by the interface of PCI or CXL, or by one of another UUID. */
When(
  '_OSC of {id} is called with revision {int} of {interface} for {}',
  async function (this: CxlWorld, id: string, revision: number, named: string, asked: string) {
    const uuid = OSC_INTERFACES[named as keyof typeof OSC_INTERFACES] ?? named;
    const request = { interface: uuid, revision, control: asked.split(', ') };
    this.control = askForControl(await bridgeOf(this, id), request);
  },
);

/** `grants`: control over these and nothing else; `reports`: these errors and no other, in the first word of what it returns. */
Then('_OSC {granted} {}', async function (this: CxlWorld, granted: 'grants' | 'reports', list: string) {
  const found = granted === 'grants' ? this.control?.granted : this.control?.status;
  expect({ [`_OSC ${granted}`]: found }).toEqual({ [`_OSC ${granted}`]: list === 'nothing' ? [] : list.split(', ') });
});

/** Function 1: the first ID that it recommends, and the highest that there is. */
Then(
  '_DSM of the CXL root device recommends QTG ID {int} of at most {int} for memory with {int} ns and {int} MB\\/s',
  async function (this: CxlWorld, best: number, highest: number, nanoseconds: number, bandwidth: number) {
    const { recommended, ...found } = qtgIds(await qosOf(this), BigInt(nanoseconds) * 1000n, BigInt(bandwidth));
    const answer = { ...found, recommended: recommended[0] };
    expect({ 'QTG ids': answer }).toEqual({ 'QTG ids': { highest, recommended: best } });
  },
);

/** The buffer in hexadecimal, for an interface by its UUID. */
Then(
  '_DSM of the CXL root device returns {word} for function {int} of {interface}',
  async function (this: CxlWorld, bytes: string, fn: number, identifier: string) {
    expect({ buffer: dsmBytes(await qosOf(this), identifier, fn) }).toEqual({ buffer: bytes });
  },
);
