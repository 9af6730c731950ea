/** PCI Express Base 6.0 Section 7.7.11: Access Control Services (ACS) Extended Capability. */
import { RO, RW, register32 } from '../register';
import { registerRows } from '../register-rows';

/** ACS Capability Register, with ACS Control in the high half. */
export const AcsCapability = register32({
  sourceValidation: RO(0),
  translationBlocking: RO(1),
  requestRedirect: RO(2),
  completionRedirect: RO(3),
  upstreamForwarding: RO(4),
  directTranslated: RO(6),
  enableSourceValidation: RW(16),
  enableTranslationBlocking: RW(17),
  enableRequestRedirect: RW(18),
  enableCompletionRedirect: RW(19),
  enableUpstreamForwarding: RW(20),
  enableDirectTranslated: RW(22),
});

/** Everything that it has fields for can be enabled. */
export const ACS_ROWS = registerRows('ACS', {
  capability: {
    at: 0x04,
    name: 'Capability and Control',
    register: AcsCapability,
    value: AcsCapability.writable >>> 16,
  },
});

export const ACS = { ...ACS_ROWS.at, size: 0x08 } as const;
