/** What can be wrong with a machine whose firmware has described memory, or failed to. */
export const KINDS = {
  'e820-without-decoders': 'E820 has an entry over a window, and no committed decoder is behind it.',
  'e820-beyond-decoders': 'An E820 entry goes on where the committed decoders end and the operating system may map.',
  'srat-without-decoders': 'SRAT has memory over a window, and no committed decoder is behind it.',
  'srat-beyond-decoders': 'A memory affinity goes on where the committed decoders end.',
  'window-straddled': 'An E820 entry or a memory affinity lies over part of a window and reaches out of it.',
  'claimed-twice': 'Two E820 entries, or two memory affinities, have the same part of a window.',
  'incomplete-decoders': 'Some of the decoders that a range needs are committed, and others are not.',
  'undescribed-decoders': 'A decoder is committed, and neither E820 nor SRAT tells of it.',
  'extents-disagree': 'Of what a committed decoder maps, E820 or SRAT tells of more than the other.',
  'affinity-over-part': 'Of what a committed decoder maps, a proximity domain has one part and not the other.',
  'slit-size': 'SLIT has more or fewer localities than SRAT has domains.',
  'hmat-domain': 'HMAT tells of a domain that is not in SRAT as what HMAT takes it for.',
  'hmat-misses-memory': 'HMAT does not tell of memory that SRAT has behind committed decoders.',
  'generic-port-without-bridge': 'A Generic Port is of a host bridge that CEDT does not have.',
  'generic-port-disabled': 'A Generic Port is disabled.',
  'generic-port-with-memory': 'The domain of a Generic Port has memory too.',
} as const;

export type FindingKind = keyof typeof KINDS;

/** One inconsistency. */
export interface Finding {
  readonly kind: FindingKind;
  /** Names the objects, with their ranges. */
  readonly message: string;
}
