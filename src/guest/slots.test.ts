import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../codec/captured';
import { INDICATOR, Slot } from '../codec/pci/slot';
import { areAtRest } from './slots';

const added = captured(join(__dirname, '../codec/pci/root-port-hot-add.hex'));

/** Where the capture has Slot Control and Slot Status. */
const SLOT = 0x8c;

const changed = (fields: Parameters<typeof Slot.encode>[0]): string => {
  const config = Buffer.from(added);
  config.writeUInt32LE(Slot.encode(fields, config.readUInt32LE(SLOT)), SLOT);
  return config.toString('hex');
};

const seen = { attentionButtonPressed: false, presenceDetectChanged: false };

test('a slot that nobody has looked at since a device was added is not at rest', () => {
  expect(areAtRest(`${added.toString('hex')}\n`)).toBe(false);
});

test('a slot whose device has no power yet is not at rest', () => {
  expect(areAtRest(changed(seen))).toBe(false);
});

test('a slot whose power indicator blinks is not at rest', () => {
  expect(areAtRest(changed({ ...seen, powerOff: false, powerIndicator: INDICATOR.blinking }))).toBe(false);
});

test('a slot whose device has power is at rest, and so is an empty one without', () => {
  expect(areAtRest(changed({ ...seen, powerOff: false }))).toBe(true);
  expect(areAtRest(changed({ ...seen, presenceDetected: false }))).toBe(true);
});
