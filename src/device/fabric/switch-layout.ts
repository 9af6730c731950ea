/** What is where in the configuration space of a switch's ports: QEMU hw/pci-bridge/cxl_upstream.c, cxl_downstream.c. */
import { FlexBusControl } from '../../codec/cxl/port-dvsec';
import { DOWNSTREAM_PORT, EXTENDED_CAPABILITIES, SERIAL_NUMBER, UPSTREAM_PORT } from '../../codec/pci/capability';
import { CLASS } from '../../codec/pci/configuration';
import type { Facts, LinkFacts } from '../../ledger/facts';
import type { Switch } from '../../machine/topology';
import { aer, doe, express, msi, serialNumber } from '../pci/capabilities';
import { flexBusPort, gpfPort, portExtensions, registerLocator } from '../pci/dvsecs';
import { type CapabilityLayout, type ExtendedLayout, endOf, inARow } from '../pci/layout';
import { linkOf, type PortKind, slot } from './port-layout';

const VENDOR = 0x19e5;

export const MSI_AT = 0x70;
export const EXPRESS_AT = 0x90;
const BEHIND_AER = 0x148;

/** Vectors count in powers of two. */
const ONE_VECTOR = 0;
const TWO_VECTORS = 1;

/** Software can enable what root ports do not have: multiple logical devices. */
const FLEX_BUS_WRITABLE = FlexBusControl.encode({ multiLogicalDeviceEnable: true }, FlexBusControl.writable);

export const OF_SWITCH: PortKind = {
  component: 'downstream-port',
  powerController: false,
  identity: { vendorId: VENDOR, deviceId: 0xa129, ioWindow: true, windowsAtZero: true },
  expressAt: () => EXPRESS_AT,
  msiAt: () => MSI_AT,
  link: ({ downstreamPortLink }) => downstreamPortLink,

  capabilities: (port, facts) => {
    const link = { ...linkOf(port, facts.downstreamPortLink), portNumber: port.number, downstream: true };
    const options = {
      portType: DOWNSTREAM_PORT,
      link,
      forwards: true,
      reportsErrors: true,
      slot: slot(port.slot, false, port.hotPlug),
    };
    return [msi(MSI_AT, ONE_VECTOR, true), express(EXPRESS_AT, options, facts)];
  },

  extended: (_, facts) => [
    aer(EXTENDED_CAPABILITIES, 'port', facts),
    ...inARow(BEHIND_AER, [
      ...portExtensions(facts),
      flexBusPort(facts, {
        ofSwitch: true,
        writable: FLEX_BUS_WRITABLE,
        largeFlits: facts.portLargeFlits,
      }),
      gpfPort(facts),
      registerLocator(facts),
    ]),
  ],
};

export const UPSTREAM_IDENTITY = {
  vendorId: VENDOR,
  deviceId: 0xa128,
  classCode: CLASS.pciBridge,
  ioWindow: true,
  windowsAtZero: true,
};

export function upstreamCapabilities({ port = 0 }: Switch, able: LinkFacts, facts: Facts): CapabilityLayout[] {
  const link = { ...able, portNumber: port };
  const options = { portType: UPSTREAM_PORT, link, forwards: false, reportsErrors: true };
  return [msi(MSI_AT, TWO_VECTORS, true), express(EXPRESS_AT, options, facts)];
}

export function upstreamExtended({ serial }: Switch, facts: Facts): { all: ExtendedLayout[]; doe: ExtendedLayout } {
  const named = inARow(BEHIND_AER, serial === undefined ? [] : [serialNumber(serial)]);
  const start = facts.upstreamPortSerial ? BEHIND_AER + SERIAL_NUMBER.size : BEHIND_AER;
  const row = inARow(start, [
    ...portExtensions(facts, true),
    flexBusPort(facts, { ofSwitch: true, enabled: true }),
    registerLocator(facts),
  ]);
  const mailbox = { ...doe, at: endOf(row, start) };
  return { all: [aer(EXTENDED_CAPABILITIES, 'port', facts), ...named, ...row, mailbox], doe: mailbox };
}
