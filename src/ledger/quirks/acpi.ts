/** Quirks of the ACPI tables. */
import type { Quirk } from './quirk';

export const acpiQuirks = {
  'chbs-short': {
    summary: 'CHBS gives the component registers 8 KiB, the length of a CXL 1.1 register block.',
    source: 'planted',
    symptom: /8192n/,
  },
  'cfmws-granularity-lost': {
    summary: 'CFMWS gives 256 bytes as the granularity of every window.',
    source: 'planted',
    symptom: /256/,
  },
  'cedt-unsummed': {
    summary: 'The table loader script has no checksum command for the CEDT.',
    source: 'planted',
    symptom: /Expected: 0/,
  },
} as const satisfies Record<string, Quirk>;
