/** PCI Express Base 6.0 Section 7.9.24: Data Object Exchange (DOE), and Section 6.30: what is exchanged. */
import { RO, RW, register32 } from '../register';
import { registerRows } from '../register-rows';

export const DoeCapability = register32({ interrupt: RO(0), vector: RO(11, 1) });

export const DoeControl = register32({ abort: RW(0), interruptEnable: RW(1), go: RW(31) });

export const DoeStatus = register32({ busy: RO(0), interrupt: RO(1), error: RO(2), ready: RO(31) });

/** From the extended capability header. */
export const DOE_ROWS = registerRows('DOE', {
  capability: { at: 0x04, name: 'Capabilities', register: DoeCapability },
  control: { at: 0x08, name: 'Control', register: DoeControl },
  status: { at: 0x0c, name: 'Status', register: DoeStatus },
  writeMailbox: { at: 0x10, name: 'Write Data Mailbox' },
  readMailbox: { at: 0x14, name: 'Read Data Mailbox' },
});

export const DOE = { ...DOE_ROWS.at, size: 0x18 } as const;

/** Section 6.30.1: the two words that each data object begins with; its length counts words, these included. */
export const DoeHeader1 = register32({ vendorId: RO(15, 0), type: RO(23, 16) });
export const DoeHeader2 = register32({ length: RO(17, 0) });
export const DOE_HEADER_WORDS = 2;

/** A kind of data object. */
export interface DoeProtocol {
  readonly vendorId: number;
  readonly type: number;
}

/** Section 6.30.1.1: DOE Discovery: each answer names one protocol, and the index of the next, 0 after the last. */
export const DISCOVERY: DoeProtocol = { vendorId: 0x0001, type: 0 };
export const DiscoveryRequest = register32({ index: RO(7, 0) });
export const DiscoveryResponse = register32({ vendorId: RO(15, 0), type: RO(23, 16), next: RO(31, 24) });
