/** QEMU hw/mem/cxl_type3.c: qmp_cxl_add_dynamic_capacity(), qmp_cxl_release_dynamic_capacity(). */
import type { DcRegion } from '../../codec/cxl/mailbox/dynamic-capacity';
import { end, overlap, type Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import { Refusal } from '../../machine/refusal';
import type { DynamicCapacity } from '../mailbox/dynamic-capacity';
import type { Type3Device } from '../type3/type3';
import type { Values } from './values';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

type Found = Type3Device | undefined;

/** In words of our own: no QEMU refuses it. */
const LOG_FULL = 'the dynamic capacity event log has no room for a record of each extent';

export function addDynamicCapacity(found: Found, values: Values, quirks: Quirks): void {
  refuseIf(values.text('selection-policy') !== 'prescriptive', 'Selection policy not supported');
  const { dynamic, extents } = ask(found, values);
  for (const each of extents) {
    refuseIf(dynamic.overlapsAccepted(each), 'cannot add DPA already accessible to the same LD');
    refuseIf(dynamic.overlapsPending(each), 'cannot add DPA again while still pending');
  }
  const isTracked = dynamic.hasRoomFor(extents.length) || quirks.has('dc-offers-unlimited');
  refuseIf(!isTracked, 'the device cannot keep track of so many extents');
  refuseIf(!dynamic.canTell(extents.length), LOG_FULL);
  const tag = values.text('tag').toLowerCase();
  dynamic.offer(extents, UUID.test(tag) ? tag : undefined);
}

export function releaseDynamicCapacity(found: Found, values: Values): void {
  refuseIf(values.true('forced-removal'), 'Forced removal not supported yet');
  refuseIf(values.text('removal-policy') !== 'prescriptive', 'Removal policy not supported');
  const { dynamic, extents } = ask(found, values);
  for (const each of extents) {
    refuseIf(dynamic.overlapsPending(each), 'cannot release extent with pending DPA range');
    refuseIf(!dynamic.isAccepted(each), 'cannot release extent with non-existing DPA range');
  }
  refuseIf(!dynamic.canTell(extents.length), LOG_FULL);
  dynamic.askBack(extents);
}

/** What is asked for, by DPA; with what both commands refuse. */
function ask(found: Found, values: Values): { dynamic: DynamicCapacity; extents: Range[] } {
  if (!found) throw new Refusal('Unable to resolve CXL type 3 device');
  const { dynamicCapacity: dynamic } = found;
  if (dynamic.regions.length === 0) throw new Refusal('No dynamic capacity support from the device');
  const region = dynamic.regions[values.number('region')];
  if (!region) throw new Refusal('region id is too large');
  const extents = values.list<{ offset: bigint; len: bigint }>('extents').map(({ offset, len }) => ({
    base: region.base + BigInt(offset),
    size: BigInt(len),
  }));
  for (const [n, each] of extents.entries()) {
    checkExtent(each, region);
    const twice = extents.slice(0, n).some((other) => overlap(other, each));
    refuseIf(twice, 'duplicate or overlapped extents are detected');
  }
  return { dynamic, extents };
}

function checkExtent({ base, size }: Range, region: DcRegion): void {
  const aligned = (base - region.base) % region.blockSize === 0n && size % region.blockSize === 0n;
  refuseIf(size === 0n, 'extent with 0 length is not allowed');
  refuseIf(!aligned, 'dpa or len is not aligned to region block size');
  refuseIf(base + size > end(region), 'extent range is beyond the region end');
}

function refuseIf(wrong: boolean, complaint: string): void {
  if (wrong) throw new Refusal(complaint);
}
