/** Capabilities that PCI Express defines, as QEMU's CXL functions have them: hw/pci/pcie.c, pcie_aer.c, msi.c, msix.c. */
import { ACS, ACS_ROWS } from '../../codec/pci/acs';
import { AER, AER_ROWS, AerControl } from '../../codec/pci/aer';
import {
  DOWNSTREAM_PORT,
  ENDPOINT,
  EXTENDED_ID,
  ExpressCapabilities,
  ROOT_PORT,
  SERIAL_NUMBER,
  UPSTREAM_PORT,
} from '../../codec/pci/capability';
import { DOE } from '../../codec/pci/doe';
import { DeviceCapabilities2, DeviceControl2, EXPRESS_ROWS, PCI_EXPRESS } from '../../codec/pci/express';
import { MSI, MSIX, MsiControl, MsixControl, MsixPlace, SUBSYSTEM } from '../../codec/pci/msi';
import type { Facts } from '../../ledger/facts';
import type { Register } from '../board/register-block';
import { registersOf } from '../board/rows';
import type { CapabilityLayout, ExtendedLayout } from './layout';
import { linkRegisters, type PortLink } from './link';

/** What differs between the PCI Express capabilities of functions. */
export interface ExpressOptions {
  readonly portType: number;
  readonly link: PortLink;
  /** Whether it forwards by ARI: ports above a link do. */
  readonly forwards: boolean;
  readonly reportsErrors: boolean;
  /** Slot Capabilities, Slot Control and Status, of a port that has a slot. */
  readonly slot?: Readonly<Record<'slotCapabilities' | 'slot', Partial<Register>>>;
}

/** By port type, as quirks name them. */
const KINDS: Readonly<Record<number, string>> = {
  [ENDPOINT]: 'endpoint',
  [ROOT_PORT]: 'root port',
  [UPSTREAM_PORT]: 'upstream port',
  [DOWNSTREAM_PORT]: 'downstream port',
};

/** PCI Express Base 6.0 Section 7.5.3. */
export function express(at: number, options: ExpressOptions, facts: Facts): CapabilityLayout {
  const { portType, link, forwards, reportsErrors, slot } = options;
  const header = ExpressCapabilities.encode({ version: 2, portType, slotImplemented: slot !== undefined });
  const second = { ariForwarding: forwards, extendedFormat: true, endToEndPrefix: true };
  const registers = registersOf(
    EXPRESS_ROWS,
    facts,
    {
      deviceCapabilities: { value: facts.expressDevice },
      device: reportsErrors || { writable: 0, clearable: 0 },
      ...linkRegisters(link),
      ...(slot ?? { slot: false }),
      root: portType === ROOT_PORT,
      deviceCapabilities2: { value: DeviceCapabilities2.encode(second) },
      device2: { writable: DeviceControl2.encode({ ariForwarding: forwards, prefixBlocking: true }) },
    },
    KINDS[portType],
  );
  return { id: PCI_EXPRESS.id, at, size: PCI_EXPRESS.size, header, registers };
}

/** Section 7.7.1, of `2 ** vectors` vectors. */
export function msi(at: number, vectors: number, address64: boolean): CapabilityLayout {
  const wider = address64 ? MSI.wider : 0;
  return {
    id: MSI.id,
    at,
    size: MSI.size + wider,
    header: MsiControl.encode({ vectorsCapable: vectors, perVectorMasking: true, address64 }),
    writable: MsiControl.writable,
    registers: [
      { at: MSI.address, writable: 0xffff_fffc },
      ...(address64 ? [{ at: MSI.address + wider, writable: 0xffff_ffff }] : []),
      { at: MSI.data + wider, writable: 0xffff },
      { at: MSI.mask + wider, writable: 2 ** (2 ** vectors) - 1 },
    ],
  };
}

/** Section 7.7.2, with table and pending bits in BAR `bar`. */
export const msix = (at: number, count: number, bar: number, pendingAt: number): CapabilityLayout => ({
  id: MSIX.id,
  at,
  size: MSIX.size,
  header: MsixControl.encode({ last: count - 1 }),
  writable: MsixControl.writable,
  registers: [
    { at: MSIX.table, value: MsixPlace.encode({ bar }) },
    { at: MSIX.pending, value: MsixPlace.encode({ bar, offset: pendingAt >>> 3 }) },
  ],
});

export const subsystem = (at: number, vendorId: number): CapabilityLayout => ({
  id: SUBSYSTEM.id,
  at,
  size: SUBSYSTEM.size,
  registers: [{ at: SUBSYSTEM.ids, value: vendorId }],
});

/** Section 7.9.3. */
export const serialNumber = (serial: bigint) => ({
  id: EXTENDED_ID.serialNumber,
  version: 1,
  size: SERIAL_NUMBER.size,
  registers: [
    { at: SERIAL_NUMBER.low, value: Number(serial & 0xffff_ffffn) },
    { at: SERIAL_NUMBER.high, value: Number(serial >> 32n) },
  ],
});

/** Section 7.9.24; what it answers is the function's. */
export const doe = { id: EXTENDED_ID.doe, version: 1, size: DOE.size };

const AER_VERSION = 2;

/** Section 7.8.4. */
export function aer(at: number, kind: 'root' | 'port' | 'device', facts: Facts): ExtendedLayout {
  const multiple = kind !== 'device';
  const able = { ecrcGenerationCapable: true, ecrcCheckCapable: true, multipleHeadersCapable: multiple };
  const control = {
    value: AerControl.encode(able),
    writable: AerControl.encode({ ecrcGeneration: true, ecrcCheck: true, multipleHeaders: multiple }),
  };
  const registers = registersOf(AER_ROWS, facts, { control, rootCommand: kind === 'root' });
  return { id: EXTENDED_ID.aer, version: AER_VERSION, at, size: AER.size, registers };
}

/** Section 7.7.11. */
export const acs = (facts: Facts) => ({
  id: EXTENDED_ID.acs,
  version: 1,
  size: ACS.size,
  registers: registersOf(ACS_ROWS, facts),
});
