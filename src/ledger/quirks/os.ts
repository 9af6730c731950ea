/** Quirks of the operating system; all are planted, for Linux is what it is. */
import type { Quirk } from './quirk';

export const osQuirks = {
  'hpa-allocated-over-reserved': {
    summary: 'The operating system gives a region the beginning of a window, whatever is there.',
    source: 'planted',
    symptom: /./,
  },
  'volatile-memory-stays-offline': {
    summary: 'The memory of a volatile region does not come online.',
    source: 'planted',
    symptom: /online/,
  },
  'destroyed-region-listed': {
    summary: 'A region that was destroyed is still listed.',
    source: 'planted',
    symptom: /region0/,
  },
} as const satisfies Record<string, Quirk>;
