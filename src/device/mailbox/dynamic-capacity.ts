import { type DcRegion, NO_TAG, type TaggedExtent } from '../../codec/cxl/mailbox/dynamic-capacity';
import { contains, end, overlap, type Range, without } from '../../codec/range';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Type3 } from '../../machine/topology';
import type { EventLogs } from './event-logs';

/** QEMU include/hw/cxl/cxl_device.h: CXL_NUM_EXTENTS_SUPPORTED. */
export const EXTENTS = 512;

const BLOCK = 2n << 20n;

/** CXL r3.1 Table 8-50: Dynamic Capacity Event Record, Dynamic Capacity Event Type. */
const EVENT = { add: 0, release: 1, regionUpdated: 3 } as const;
const MORE = 1;

/** Regions behind the static capacity, of equal size. QEMU hw/mem/cxl_type3.c: cxl_create_dc_regions(). */
export function dcRegions(
  { volatile, persistent, dynamic }: Pick<Type3, 'volatile' | 'persistent' | 'dynamic'>,
  quirks: Quirks,
): DcRegion[] {
  if (!dynamic) return [];
  const size = dynamic.capacity / BigInt(dynamic.regions);
  const before = [volatile, persistent].filter((each) => each > 0n).length;
  return Array.from({ length: dynamic.regions }, (_, n) => ({
    base: volatile + persistent + (quirks.has('dc-regions-overlap') ? 0n : BigInt(n) * size),
    size,
    blockSize: BLOCK,
    handle: before + n,
  }));
}

/** What of its dynamic capacity a host has been offered and has accepted. CXL r3.1 Section 9.13.3: Dynamic Capacity Device. */
export class DynamicCapacity {
  readonly regions: readonly DcRegion[];
  accepted: readonly TaggedExtent[] = [];
  /** What was offered together, the oldest first. */
  pending: readonly (readonly TaggedExtent[])[] = [];
  /** Of the list of what is accepted. */
  generation = 0;

  constructor(
    description: Type3,
    private readonly events: EventLogs,
    private readonly quirks: Quirks,
    private readonly facts: Facts,
  ) {
    this.regions = dcRegions(description, quirks);
    const last = this.regions.at(-1);
    if (last && quirks.has('dc-accepted-from-the-start')) this.accepted = [{ base: end(last) - BLOCK, size: BLOCK }];
  }

  get availableExtents(): number {
    const offered = this.quirks.has('dc-extents-uncounted') ? 0 : this.pending.flat().length;
    return (EXTENTS - this.accepted.length - offered) >>> 0;
  }

  /** Whether the device can keep track of so many more extents. */
  hasRoomFor = (extents: number): boolean => this.accepted.length + this.pending.flat().length + extents <= EXTENTS;

  /** The same, once the response to the oldest offer has taken its place. */
  hasRoomForResponse(extents: number): boolean {
    if (!this.facts.countsExtents) return this.accepted.length + extents <= EXTENTS; // not those that are offered
    const [offered = []] = this.pending;
    return this.hasRoomFor(extents - (this.quirks.has('dc-accepted-counted-twice') ? 0 : offered.length));
  }

  /** Whether the event log has room for a record of each. */
  canTell = (extents: number): boolean =>
    extents <= this.events.room('dynamic capacity') || this.quirks.has('dc-offer-overflows-log');

  /** Whether a host can use what is at a DPA: static capacity always. */
  reaches(dpa: bigint): boolean {
    const isDynamic = this.regions.some((region) => contains(region, dpa));
    if (!isDynamic || this.quirks.has('dc-reached-before-accepted')) return true;
    return !this.quirks.has('dc-never-reached') && this.accepted.some((extent) => contains(extent, dpa));
  }

  isAccepted = (part: Range): boolean => without(part, this.accepted).length === 0;

  overlapsAccepted = (part: Range): boolean => this.accepted.some((each) => overlap(each, part));

  overlapsPending = (part: Range): boolean => this.pending.flat().some((each) => overlap(each, part));

  offer(extents: readonly Range[], tag = NO_TAG): void {
    if (extents.length === 0) return;
    const tagged = this.quirks.has('dc-tag-lost') ? extents : extents.map((each) => ({ ...each, tag }));
    this.pending = [...this.pending, tagged];
    this.#tell(EVENT.add, tagged);
  }

  askBack(extents: readonly Range[]): void {
    this.#tell(EVENT.release, extents);
    if (this.quirks.has('dc-release-by-force')) this.release(extents);
  }

  /** That a region has been configured. */
  tellOfRegion(updatedRegion: number): void {
    const body = { type: EVENT.regionUpdated, updatedRegion, validity: 1, tag: NO_TAG };
    this.events.insert('dynamic capacity', 'dynamic capacity', { flags: 1 }, body);
  }

  /** What is accepted of the oldest offer; the rest of it is not offered any more. */
  accept(extents: readonly Range[]): void {
    if (extents.length === 0 && this.quirks.has('dc-rejected-stays-offered')) return;
    const [offered = []] = this.pending;
    this.pending = this.pending.slice(1);
    if (extents.length === 0) return;
    const [{ tag = NO_TAG } = {}] = offered;
    const taken = extents.map((each) => ({ ...each, tag }));
    this.accepted = [...this.accepted, ...(this.quirks.has('dc-accepted-as-offered') ? offered : taken)];
    this.#changed();
  }

  /** False, and nothing is released, if the device cannot keep track of what is left. */
  release(extents: readonly Range[]): boolean {
    const left = this.accepted.flatMap(({ tag = NO_TAG, ...each }) =>
      without(each, extents).map((rest) => ({ ...rest, tag })),
    );
    const isTracked = this.hasRoomFor(left.length - this.accepted.length);
    if (!isTracked && !this.quirks.has('dc-extents-unlimited')) return false;
    this.accepted = left;
    this.#changed();
    return true;
  }

  #changed(): void {
    if (!this.quirks.has('dc-extent-generation-stays')) this.generation += 1;
  }

  #tell(type: number, extents: readonly TaggedExtent[]): void {
    const counted = this.facts.countsExtents && !this.quirks.has('dc-extents-uncounted');
    for (const [n, { base: dpa, size, tag = NO_TAG }] of extents.entries()) {
      const more = n < extents.length - 1 || (extents.length > 1 && this.quirks.has('dc-last-record-has-more'));
      this.events.insert(
        'dynamic capacity',
        'dynamic capacity',
        { flags: 1 },
        {
          type,
          dpa,
          size,
          tag,
          flags: more ? MORE : 0,
          validity: counted ? 1 : 0,
          availableExtents: counted ? this.availableExtents : 0,
        },
      );
    }
  }
}

/** Whether a range lies in one of the regions, and where that begins. */
export const regionOf = (regions: readonly DcRegion[], part: Range): DcRegion | undefined =>
  regions.find((region) => contains(region, part.base) && end(part) <= end(region));
