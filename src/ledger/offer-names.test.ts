import { test } from 'node:test';
import { expect } from 'expect';
import { devicesOf } from './devices';
import { factsOf } from './facts';
import { objectsOf } from './objects';
import { lackingIn, needOfferName } from './offer-names';

const devices = Object.fromEntries(
  Object.entries(devicesOf('10.0.13')).map(([name, properties]) => [name, Object.keys(properties)]),
);
const offered = { devices, objects: objectsOf('10.0.13'), commands: [...factsOf('10.0.13').qmpCommands.keys()] };

test('a QEMU that has all of its release lacks nothing', () => expect(lackingIn(offered, '10.0.13')).toEqual([]));

test('what a QEMU lacks of its release is named: a property, a device, an object, a command', () => {
  const { 'cxl-switch-mailbox-cci': _, 'cxl-type3': type3 = [], ...others } = devices;
  const less = {
    devices: { ...others, 'cxl-type3': type3.filter((property) => property !== 'volatile-memdev') },
    objects: offered.objects.filter((type) => type !== 'acpi-generic-port'),
    commands: offered.commands.filter((command) => command !== 'cxl-inject-poison'),
  };
  expect(lackingIn(less, '10.0.13')).toEqual([
    'cxl-switch-mailbox-cci',
    'cxl-type3.volatile-memdev',
    'acpi-generic-port',
    'cxl-inject-poison',
  ]);
});

for (const name of ['cxl-switch-mailbox-cci', 'cxl-type3.volatile-memdev', 'acpi-generic-port', 'Inject Poison']) {
  test(`--without takes ${name}`, () => expect(needOfferName(name)).toBe(name));
}

test('--without takes no name that no QEMU has', () =>
  expect(() => needOfferName('cxl-type4')).toThrow('--without cxl-type4: no QEMU has that'));
