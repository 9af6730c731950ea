/** What can be wrong with a machine whose firmware has described memory, or failed to. */
export const KINDS = {
  'e820-without-decoders': 'E820 has an entry over a window, and no committed decoder is behind it.',
  'e820-beyond-decoders': 'An E820 entry goes on where the committed decoders end and the operating system may map.',
  'srat-without-decoders': 'SRAT has memory over a window, and no committed decoder is behind it.',
  'srat-beyond-decoders': 'A memory affinity goes on where the committed decoders end.',
  'window-straddled': 'An E820 entry or a memory affinity lies over part of a window and reaches out of it.',
  'claimed-twice': 'Two E820 entries, or two memory affinities, have the same part of a window.',
  'incomplete-decoders': 'Some of the decoders that a range needs are committed, and others are not.',
  'undescribed-decoders': 'A decoder is committed, and neither E820 nor SRAT describes what it maps.',
  'extents-disagree': 'Of what a committed decoder maps, E820 or SRAT describes more than the other.',
  'affinity-over-part': 'Of what a committed decoder maps, a proximity domain has one part and not the other.',
  'slit-size': 'SLIT has more or fewer localities than SRAT has domains.',
  'hmat-domain': 'HMAT refers to a domain that SRAT does not describe as such.',
  'hmat-misses-memory': 'HMAT does not describe memory that SRAT has behind committed decoders.',
  'generic-port-without-bridge': 'A Generic Port is of a host bridge that CEDT does not have.',
  'generic-port-disabled': 'A Generic Port is disabled.',
  'generic-port-with-memory': 'The domain of a Generic Port has memory too.',
} as const;

/** What can be wrong with one table or map by itself. */
export const FORM_KINDS = {
  'e820-without-ram': 'E820 has no entry of RAM.',
  'cedt-checksum': 'The bytes of CEDT do not add up to 0.',
  'cedt-header': 'CEDT has a revision that does not exist, or another length than it says.',
  'cedt-length': 'A structure of CEDT has another length than its type asks for.',
  'cedt-reserved': 'A reserved field of CEDT is not 0.',
  'chbs-version': 'A CHBS has a CXL Version that does not exist.',
  'chbs-registers': 'The registers of a CHBS have a wrong size or alignment, or overlap others.',
  'chbs-twice': 'Two CHBS have the same UID.',
  'cfmws-interleave': 'Ways, granularity or arithmetic of a CFMWS or CXIMS is reserved.',
  'cfmws-range': 'Base or size of a CFMWS is no multiple of 256 MiB, or of that times its ways.',
  'cfmws-restrictions': 'Window Restrictions of a CFMWS allow nothing, or have reserved bits.',
  'cfmws-target': 'A CFMWS has a target of which there is no CHBS.',
  'cfmws-overlap': 'A CFMWS overlaps another, or registers of a CHBS.',
  'cfmws-xor': 'A CFMWS has XOR arithmetic, and there is no CXIMS for it.',
} as const;

export type FindingKind = keyof typeof KINDS | keyof typeof FORM_KINDS;

/** One inconsistency. */
export interface Finding {
  readonly kind: FindingKind;
  /** Names the objects, with their ranges. */
  readonly message: string;
}
