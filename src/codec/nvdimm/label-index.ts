/** The label area of a persistent memory device, as far as it says whether namespaces have labels in it. UEFI 2.10 Section 13.19: NVDIMM Label Protocol; Linux drivers/nvdimm/label.h. */

const SIGNATURE = Buffer.from('NAMESPACE_INDEX\0');

/** Of `struct nd_namespace_index`, in bytes. */
const AT = { sequence: 20, slots: 56, free: 72 } as const;

/** Index blocks are a multiple of this long. Linux drivers/nvdimm/label.h: NSINDEX_ALIGN. */
const ALIGNMENT = 256;

/** How many labels are in use. The current one of the two index blocks counts. */
export function labelsInUse(area: Uint8Array): number {
  const bytes = Buffer.from(area);
  const indexes = [];
  for (let at = bytes.indexOf(SIGNATURE); at >= 0; at = bytes.indexOf(SIGNATURE, at + SIGNATURE.length))
    if (at % ALIGNMENT === 0) indexes.push(bytes.subarray(at));
  const [first, second] = indexes;
  if (!first) return 0;
  return usedIn(second && follows(sequenceOf(second), sequenceOf(first)) ? second : first);
}

const sequenceOf = (index: Buffer): number => index.readUInt32LE(AT.sequence);

/** Sequence numbers go 1, 2, 3, 1; without one an index is not valid. */
const follows = (next: number, sequence: number): boolean => sequence === 0 || next === (sequence % 3) + 1;

function usedIn(index: Buffer): number {
  const slots = Math.min(index.readUInt32LE(AT.slots), (index.length - AT.free) * 8);
  const isFree = (slot: number) => (((index[AT.free + (slot >> 3)] ?? 0) >> (slot & 7)) & 1) === 1;
  return Array.from({ length: slots }, (_, slot) => slot).filter((slot) => !isFree(slot)).length;
}
