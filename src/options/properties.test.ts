import { test } from 'node:test';
import { expect } from 'expect';
import { DEVICE_NAMES, propertiesOf } from '../ledger/devices';
import type { PropertyRow } from '../ledger/property';
import { parse } from './parse';

const PROPERTIES = DEVICE_NAMES.flatMap((device) => Object.entries(propertiesOf(device) ?? {}));

test('a property is modelled or without effect, and not both; and what is drawn is modelled', () => {
  expect(PROPERTIES.length).toBeGreaterThan(100);
  const modelled = ({ field, apart }: PropertyRow) => field !== undefined || apart === true;
  const contradictory = PROPERTIES.filter(
    ([, row]) => modelled(row) === (row.withoutEffect !== undefined) && (modelled(row) || row.drawn !== undefined),
  );
  expect(contradictory).toEqual([]);
});

test('what a property needs is a property of the same device', () => {
  const needing = DEVICE_NAMES.flatMap((device) =>
    Object.values(propertiesOf(device) ?? {}).flatMap(({ needs }) => (needs ? [{ device, needs }] : [])),
  );
  expect(needing.length).toBeGreaterThan(0);
  expect(needing.filter(({ device, needs }) => !propertiesOf(device)?.[needs.property])).toEqual([]);
});

const LINE = '-nodefaults -M q35,cxl=on -device pxb-cxl,id=b,bus_nr=12 -device cxl-rp,bus=b,id=rp';

test('a property that has no model is refused in a sentence', () => {
  const line = `${LINE},x-pcie-ext-tag=off`;
  expect(() => parse(line)).toThrow(new RangeError('property x-pcie-ext-tag of cxl-rp is not modelled'));
});

const written: { title: string; properties: string; ports: object }[] = [
  { title: 'a port number counts, whatever the position', properties: 'port=0x9', ports: { number: 9 } },
  {
    title: 'a place is in hexadecimal, with or without 0x',
    properties: 'addr=0x1e.0x1',
    ports: { place: { device: 30, fn: 1 } },
  },
  { title: 'a link has speed and width', properties: 'x-speed=16,x-width=4', ports: { speed: 4, width: 4 } },
  {
    title: 'off, no, false and n are one',
    properties: 'hotplug=n,power_controller_present=false',
    ports: { hotPlug: false, powerController: false },
  },
];

for (const { title, properties, ports } of written) {
  test(`of a root port that a command line has: ${title}`, () => {
    expect(parse(`${LINE},${properties}`).ports).toEqual({ rp: ports });
  });
}

test('a device that names no bus is on the newest root bus', () => {
  const { hostBridges } = parse('-nodefaults -M q35,cxl=on -device pxb-cxl,id=b,bus_nr=12 -device cxl-rp,id=rp');
  expect(hostBridges).toEqual([{ id: 'b', bus: 12, rootPorts: ['rp'] }]);
});
