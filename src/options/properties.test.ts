import { test } from 'node:test';
import { expect } from 'expect';
import { devicesOf } from '../ledger/devices';
import { parse } from './parse';
import { isModelled, NOT_MODELLED, WITHOUT_EFFECT } from './properties';

test('every property of a device of CXL is modelled, without effect, or refused, and only one of these', () => {
  const properties = [...new Set(Object.values(devicesOf()).flatMap((device) => Object.keys(device)))];
  const treatments = properties.map((name) => [
    name,
    [isModelled(name), name in WITHOUT_EFFECT, NOT_MODELLED.has(name)].filter(Boolean).length,
  ]);
  expect(treatments.length).toBeGreaterThan(40);
  expect(treatments.filter(([, count]) => count !== 1)).toEqual([]);
});

test('no property is in a list that no device has', () => {
  const properties = new Set(Object.values(devicesOf()).flatMap((device) => Object.keys(device)));
  expect([...NOT_MODELLED, ...Object.keys(WITHOUT_EFFECT)].filter((name) => !properties.has(name))).toEqual([]);
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
