/** PCI Express Base 6.0 Section 7.6: PCI Express Extended Capabilities, and the two kinds that CXL needs. */
import { RO, register32 } from '../register';

/** Where the list of extended capabilities starts. */
export const EXTENDED_CAPABILITIES = 0x100;

export const ExtendedCapability = register32({ id: RO(15, 0), version: RO(19, 16), next: RO(31, 20) });

export const EXTENDED_ID = { aer: 0x01, serialNumber: 0x03, acs: 0x0d, dvsec: 0x23, doe: 0x2e } as const;

/** Section 7.9.3: Device Serial Number: two halves behind the header, the low one first. */
export const SERIAL_NUMBER = { low: 0x4, high: 0x8, size: 0xc } as const;

/** Section 7.9.6: Designated Vendor-Specific Extended Capability (DVSEC). */
export const DVSEC = { header1: 0x4, header2: 0x8 } as const;
export const DvsecHeader1 = register32({ vendorId: RO(15, 0), revision: RO(19, 16), length: RO(31, 20) });
export const DvsecHeader2 = register32({ id: RO(15, 0), low: RO(31, 16) });

/** Section 7.5.3: PCI Express Capability Structure, in the list that {@link CONFIG}.capabilities starts. */
export const Capability = register32({ id: RO(7, 0), next: RO(15, 8) });

/** Section 7.5.3.2: PCI Express Capabilities Register, behind id and pointer. */
export const ExpressCapabilities = register32({ version: RO(19, 16), portType: RO(23, 20), slotImplemented: RO(24) });
export const ENDPOINT = 0;
export const ROOT_PORT = 4;
export const UPSTREAM_PORT = 5;
export const DOWNSTREAM_PORT = 6;

/** Section 7.5.3.6: Link Capabilities Register. */
export const LinkCapabilities = register32({
  speed: RO(3, 0),
  width: RO(9, 4),
  powerManagement: RO(11, 10),
  activeReporting: RO(20),
  bandwidthNotification: RO(21),
  portNumber: RO(31, 24),
});

/** Sections 7.5.3.7 and 7.5.3.8: Link Control Register, with Link Status in the high half. */
export const Link = register32({ speed: RO(19, 16), width: RO(25, 20), active: RO(29) });
