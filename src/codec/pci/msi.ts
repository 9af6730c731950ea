/** PCI Express Base 6.0 Section 7.7: MSI and MSI-X; and the capability that names a bridge's subsystem. */
import { RO, RW, register32 } from '../register';

/** Section 7.7.1: MSI Capability, of a function that can mask vectors; what follows the address is 4 bytes on if that has 64 bits. */
export const MSI = { id: 0x05, address: 0x04, data: 0x08, mask: 0x0c, size: 0x14, wider: 4 } as const;

/** Message Control, behind id and pointer; vectors count in powers of two. */
export const MsiControl = register32({
  enable: RW(16),
  vectorsCapable: RO(19, 17),
  vectors: RW(22, 20),
  address64: RO(23),
  perVectorMasking: RO(24),
});

/** Section 7.7.2: MSI-X Capability. */
export const MSIX = {
  id: 0x11,
  table: 0x04,
  pending: 0x08,
  size: 0x0c,
  entrySize: 0x10,
  addressLow: 0x00,
  addressHigh: 0x04,
  data: 0x08,
  vectorControl: 0x0c, // of the table
};

/** Message Control, behind id and pointer; the table has one entry more than `last`. */
export const MsixControl = register32({ last: RO(26, 16), functionMask: RW(30), enable: RW(31) });

/** Vector Control, of an entry of the table. */
export const MsixVector = register32({ masked: RW(0) });

/** Which BAR the table, or the pending bits, are in, and where. */
export const MsixPlace = register32({ bar: RO(2, 0), offset: RO(31, 3) });

/** PCI-to-PCI Bridge 1.2 Section 4: Subsystem ID and Subsystem Vendor ID Capability. */
export const SUBSYSTEM = { id: 0x0d, ids: 0x04, size: 0x08 } as const;
