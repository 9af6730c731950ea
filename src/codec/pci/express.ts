/**
 * PCI Express Base 6.0 Section 7.5.3: PCI Express Capability Structure, but for the fields of what is driven: those are in
 * capability.ts and slot.ts.
 */
import { RO, RW, RW1C, register32 } from '../register';
import { registerRows } from '../register-rows';
import { ExpressCapabilities, Link, LinkCapabilities } from './capability';
import { Slot, SlotCapabilities } from './slot';

/** Section 7.5.3.3: Device Capabilities Register. */
export const DeviceCapabilities = register32({
  extendedTag: RO(5),
  roleBasedErrorReporting: RO(15),
  functionReset: RO(28),
});

/** Sections 7.5.3.4 and 7.5.3.5: Device Control Register, with Device Status in the high half. */
export const DeviceControl = register32({
  reportCorrectable: RW(0),
  reportNonFatal: RW(1),
  reportFatal: RW(2),
  reportUnsupported: RW(3),
  correctableDetected: RW1C(16),
  nonFatalDetected: RW1C(17),
  fatalDetected: RW1C(18),
  unsupportedDetected: RW1C(19),
});

/** In Device Control, of a function that can be reset by itself: it reads as 0. */
export const FunctionReset = register32({ initiate: RW(15) });

/** Section 7.5.3.12: Root Control Register. */
export const RootControl = register32({ systemErrorOnCorrectable: RW(0), onNonFatal: RW(1), onFatal: RW(2) });

/** Section 7.5.3.15: Device Capabilities 2 Register. */
export const DeviceCapabilities2 = register32({
  ariForwarding: RO(5),
  extendedFormat: RO(20),
  endToEndPrefix: RO(21),
});

/** Section 7.5.3.16: Device Control 2 Register. */
export const DeviceControl2 = register32({ ariForwarding: RW(5), prefixBlocking: RW(15) });

/** Section 7.5.3.18: Link Capabilities 2 Register: a bit for each speed, 2.5 GT/s the lowest. */
export const LinkCapabilities2 = register32({ speeds: RO(7, 1) });

/** Sections 7.5.3.19 and 7.5.3.20: Link Control 2 Register, with Link Status 2 in the high half. */
export const LinkControl2 = register32({ targetSpeed: RO(3, 0), flitMode: RO(26) });

export const EXPRESS_ROWS = registerRows('PCI Express', {
  capabilities: { at: 0x00, name: 'PCI Express Capabilities', register: ExpressCapabilities },
  deviceCapabilities: { at: 0x04, name: 'Device Capabilities', register: DeviceCapabilities },
  device: { at: 0x08, name: 'Device Control and Status', register: DeviceControl },
  linkCapabilities: { at: 0x0c, name: 'Link Capabilities', register: LinkCapabilities },
  link: { at: 0x10, name: 'Link Control and Status', register: Link },
  slotCapabilities: { at: 0x14, name: 'Slot Capabilities', register: SlotCapabilities },
  slot: { at: 0x18, name: 'Slot Control and Status', register: Slot },
  root: { at: 0x1c, name: 'Root Control', register: RootControl },
  deviceCapabilities2: { at: 0x24, name: 'Device Capabilities 2', register: DeviceCapabilities2 },
  device2: { at: 0x28, name: 'Device Control 2', register: DeviceControl2 },
  linkCapabilities2: { at: 0x2c, name: 'Link Capabilities 2', register: LinkCapabilities2 },
  link2: { at: 0x30, name: 'Link Control 2 and Status 2', register: LinkControl2 },
});

/** Section 7.5.3: PCI Express Capability Structure, in the list that {@link CONFIG}.capabilities starts. */
export const PCI_EXPRESS = { ...EXPRESS_ROWS.at, id: 0x10, size: 0x3c } as const;
