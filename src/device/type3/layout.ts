/** What is where in the configuration space of a Type 3 device: QEMU hw/mem/cxl_type3.c: ct3_realize(), build_dvsecs(). */

import { ENDPOINT, EXTENDED_CAPABILITIES } from '../../codec/pci/capability';
import { CLASS } from '../../codec/pci/configuration';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Type3 } from '../../machine/topology';
import { aer, doe, express, msix, serialNumber } from '../pci/capabilities';
import { deviceDvsec, flexBusPort, gpfDevice, gpfPort, registerLocator } from '../pci/dvsecs';
import { type CapabilityLayout, type ExtendedLayout, endOf, inARow } from '../pci/layout';
import type { PortLink } from '../pci/link';

export const COMPONENT_BAR = 0;
export const DEVICE_BAR = 2;
export const MSIX_BAR = 4;

/** Where in its BAR MSI-X has pending bits. */
const MSIX_PENDING_AT = 0x800;

export const MSIX_AT = 0x40;
export const EXPRESS_AT = 0x80;
/** Where DOE is, if nothing is there already. */
const DOE_AT = 0x190;
export const AER_AT = 0x200;

const numbersOf = (serial: bigint, quirks: Quirks) => {
  if (serial !== NO_SERIAL) return [serialNumber(serial)];
  return quirks.has('serial-made-up') ? [serialNumber(1n)] : [];
};

/** `sn` of a device that has no serial number. */
const NO_SERIAL = 0xffff_ffff_ffff_ffffn;

export const TYPE3_IDENTITY = { vendorId: 0x8086, deviceId: 0x0d93, classCode: CLASS.cxlMemory, revision: 1 };

export function type3Capabilities(link: PortLink, facts: Facts): CapabilityLayout[] {
  const { deviceReportsErrors: reportsErrors, msixVectors } = facts;
  return [
    express(EXPRESS_AT, { portType: ENDPOINT, link, forwards: false, reportsErrors }, facts),
    msix(MSIX_AT, msixVectors, MSIX_BAR, MSIX_PENDING_AT),
  ];
}

export interface Type3Extended {
  /** All of them, in the order of the list. */
  readonly all: readonly ExtendedLayout[];
  readonly doe: ExtendedLayout;
  /** Where the DVSEC for CXL Devices is. */
  readonly deviceDvsecAt: number;
}

export function type3Extended(
  { volatile, persistent, serial, largeFlits = false }: Type3,
  facts: Facts,
  quirks: Quirks,
): Type3Extended {
  const capacities = [volatile, persistent].filter((size) => size > 0n);
  const named = inARow(EXTENDED_CAPABILITIES, numbersOf(serial, quirks));
  const deviceDvsecAt = endOf(named, EXTENDED_CAPABILITIES);
  const dvsecs = inARow(deviceDvsecAt, [
    deviceDvsec(capacities, facts),
    registerLocator(facts, DEVICE_BAR),
    quirks.has('device-has-port-gpf') ? gpfPort(facts) : gpfDevice(facts),
    ...(quirks.has('device-without-flex-bus-port') ? [] : [flexBusPort(facts, { largeFlits })]),
  ]);
  const mailbox = { ...doe, at: quirks.has('doe-overlaps-flex-bus-port') ? DOE_AT : endOf(dvsecs, DOE_AT) };
  const errors = facts.deviceReportsErrors ? [aer(AER_AT, 'device', facts)] : [];
  return { all: [...named, ...dvsecs, mailbox, ...errors], doe: mailbox, deviceDvsecAt };
}
