import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from '../captured';
import { Capability, ExpressCapabilities, Link, LinkCapabilities, ROOT_PORT } from './capability';
import { CONFIG } from './configuration';
import { PCI_EXPRESS } from './express';
import { INDICATOR, Slot, SlotCapabilities } from './slot';

const config = captured(join(__dirname, 'root-port-hot-add.hex'));
const at = config.readUInt32LE(CONFIG.capabilities) & 0xff;
const express = (offset: number) => config.readUInt32LE(at + offset);

test('a root port of QEMU has a PCI Express capability, and a slot', () => {
  expect(Capability.decode(express(0))).toMatchObject({ id: PCI_EXPRESS.id });
  expect(ExpressCapabilities.decode(express(0))).toEqual({ version: 2, portType: ROOT_PORT, slotImplemented: true });
});

test('the slot is hot-plug capable, with a power controller and an attention button', () => {
  expect(SlotCapabilities.decode(express(PCI_EXPRESS.slotCapabilities))).toEqual({
    attentionButton: true,
    powerController: true,
    attentionIndicator: true,
    powerIndicator: true,
    surprise: true,
    hotPlug: true,
    interlock: true,
    slotNumber: 1,
  });
});

test('a device that has been added is present, but has no power yet', () => {
  expect(Slot.decode(express(PCI_EXPRESS.slot))).toEqual({
    attentionIndicator: INDICATOR.off,
    powerIndicator: INDICATOR.off,
    powerOff: true,
    attentionButtonEnable: false,
    presenceDetectEnable: false,
    commandCompletedEnable: false,
    hotPlugInterruptEnable: false,
    toggleInterlock: false,
    interlocked: false,
    attentionButtonPressed: true,
    powerFaultDetected: false,
    presenceDetectChanged: true,
    commandCompleted: false,
    presenceDetected: true,
    linkStateChanged: false,
  });
});

test('the link to it is up, and the port would say so', () => {
  expect(LinkCapabilities.decode(express(PCI_EXPRESS.linkCapabilities))).toMatchObject({
    activeReporting: true,
    portNumber: 1,
  });
  expect(Link.decode(express(PCI_EXPRESS.link))).toEqual({ speed: 5, width: 16, active: true });
});
