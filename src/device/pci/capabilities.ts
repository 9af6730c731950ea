/** Capabilities that PCI Express defines, as QEMU's CXL functions have them: hw/pci/pcie.c, pcie_aer.c, msi.c, msix.c. */
import { ACS, AcsCapability } from '../../codec/pci/acs';
import {
  AER,
  AerControl,
  AerCorrectableMask,
  AerCorrectableStatus,
  AerUncorrectable,
  AerUncorrectableStatus,
  RootErrorCommand,
} from '../../codec/pci/aer';
import { ENDPOINT, EXTENDED_ID, ExpressCapabilities, PCI_EXPRESS, SERIAL_NUMBER } from '../../codec/pci/capability';
import { DOE } from '../../codec/pci/doe';
import {
  DeviceCapabilities,
  DeviceCapabilities2,
  DeviceControl,
  DeviceControl2,
  RootControl,
} from '../../codec/pci/express';
import { MSI, MSIX, MsiControl, MsixControl, MsixPlace, SUBSYSTEM } from '../../codec/pci/msi';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Register } from '../board/register-block';
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
  readonly slot?: readonly Register[];
  readonly isRoot?: boolean;
  /** Whether it is a port of a switch. */
  readonly ofSwitch?: boolean;
}

/** PCI Express Base 6.0 Section 7.5.3. */
export function express(at: number, options: ExpressOptions, facts: Facts, quirks: Quirks): CapabilityLayout {
  const { portType, link, forwards, reportsErrors, slot = [], isRoot = false, ofSwitch = false } = options;
  const header = ExpressCapabilities.encode({ version: 2, portType, slotImplemented: slot.length > 0 });
  const control = reportsErrors ? { writable: DeviceControl.writable, clearable: DeviceControl.clearable } : {};
  const functionReset =
    (ofSwitch && quirks.has('switch-ports-reset-as-functions')) ||
    (isRoot && quirks.has('root-port-resets-as-function'));
  const survives = quirks.has('express-control-survives-reset');
  const kept = portType === ENDPOINT ? DeviceControl.writable | DeviceControl.clearable : DeviceControl.clearable;
  const ari = DeviceControl2.encode({ ariForwarding: forwards, prefixBlocking: true });
  return {
    id: PCI_EXPRESS.id,
    at,
    size: PCI_EXPRESS.size,
    header,
    registers: [
      { at: PCI_EXPRESS.deviceCapabilities, value: DeviceCapabilities.encode({ functionReset }, facts.expressDevice) },
      { at: PCI_EXPRESS.device, ...control, sticky: survives ? kept : 0 },
      ...linkRegisters(quirks.has('links-without-speed') ? { ...link, speed: 0 } : link),
      ...slot,
      ...(isRoot ? [{ at: PCI_EXPRESS.root, writable: RootControl.writable }] : []),
      {
        at: PCI_EXPRESS.deviceCapabilities2,
        value: DeviceCapabilities2.encode({ ariForwarding: forwards, extendedFormat: true, endToEndPrefix: true }),
      },
      {
        at: PCI_EXPRESS.device2,
        writable: ari,
        sticky: survives ? DeviceControl2.encode({ prefixBlocking: true }) : 0,
      },
    ],
  };
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
const ALL_BITS = 0xffff_ffff;

/** Section 7.8.4. */
export function aer(at: number, kind: 'root' | 'port' | 'device', quirks: Quirks): ExtendedLayout {
  const sticky = quirks.has('aer-cleared-by-hot-reset') ? 0 : ALL_BITS;
  const control = { ecrcGenerationCapable: true, ecrcCheckCapable: true, multipleHeadersCapable: kind !== 'device' };
  const masked = AerUncorrectable.encode({ internal: true, tlpPrefixBlocked: true });
  const fatal = AerUncorrectable.encode({
    dataLinkProtocol: true,
    surpriseDown: true,
    flowControlProtocol: true,
    receiverOverflow: true,
    malformedTlp: true,
    internal: true,
  });
  const maskedCorrectable = { advisoryNonFatal: true, internal: true, headerLogOverflow: true };
  return {
    id: EXTENDED_ID.aer,
    version: AER_VERSION,
    at,
    size: AER.size,
    registers: [
      { at: AER.uncorrectableStatus, clearable: AerUncorrectableStatus.clearable, sticky },
      {
        at: AER.uncorrectableMask,
        ...(!quirks.has('aer-mask-read-only') && {
          value: masked,
          writable: AerUncorrectable.writable,
          sticky,
        }),
      },
      { at: AER.uncorrectableSeverity, value: fatal, writable: AerUncorrectable.writable, sticky },
      { at: AER.correctableStatus, clearable: AerCorrectableStatus.clearable, sticky },
      {
        at: AER.correctableMask,
        value: AerCorrectableMask.encode(maskedCorrectable),
        writable: AerCorrectableMask.writable,
        sticky,
      },
      {
        at: AER.control,
        value: AerControl.encode(control),
        writable: AerControl.encode({ ecrcGeneration: true, ecrcCheck: true, multipleHeaders: kind !== 'device' }),
        sticky,
      },
      ...(kind === 'root' ? [{ at: AER.rootCommand, writable: RootErrorCommand.writable }] : []),
    ],
  };
}

/** Section 7.7.11. */
export const acs = {
  id: EXTENDED_ID.acs,
  version: 1,
  size: ACS.size,
  registers: [
    {
      at: ACS.capability,
      value: AcsCapability.encode({
        sourceValidation: true,
        translationBlocking: true,
        requestRedirect: true,
        completionRedirect: true,
        upstreamForwarding: true,
        directTranslated: true,
      }),
      writable: AcsCapability.writable,
    },
  ],
};
