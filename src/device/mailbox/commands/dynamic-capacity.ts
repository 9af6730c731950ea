/** CXL r3.1 Section 8.2.9.9.9: Dynamic Capacity. */

import {
  DcConfigurationInput,
  DcExtentListInput,
  type DcRegion,
  decodeUpdatedExtents,
  encodeDcConfiguration,
  encodeDcExtentList,
  UPDATED_EXTENT_SIZE,
  UPDATED_HEADER_SIZE,
} from '../../../codec/cxl/mailbox/dynamic-capacity';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { DecodeError } from '../../../codec/decode-error';
import { overlap, type Range } from '../../../codec/range';
import { MachineCrash } from '../../../machine/crash';
import { EXTENTS, regionOf } from '../dynamic-capacity';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';
import { demandHeld } from './overrun';

/** As many as fit into a payload of 2 KiB. */
const EXTENTS_AT_ONCE = 50;

export function dynamicCapacityCommands({ dynamicCapacity, quirks }: CommandContext): Handlers {
  const { regions } = dynamicCapacity;

  function configuration(input: Uint8Array): Uint8Array {
    const { count, start } = DcConfigurationInput.decode(input);
    if (start >= regions.length && !quirks.has('dc-list-start-unchecked')) throw new Refused(RETURN_CODE.invalidInput);
    const { availableExtents } = dynamicCapacity;
    const extents = { supportedExtents: EXTENTS, availableExtents };
    return encodeDcConfiguration({ count: regions.length, regions: regions.slice(start, start + count), ...extents });
  }

  function extentList(input: Uint8Array): Uint8Array {
    const { count, start } = DcExtentListInput.decode(input);
    const { accepted, pending, generation } = dynamicCapacity;
    if (start > accepted.length && !quirks.has('dc-list-start-unchecked')) throw new Refused(RETURN_CODE.invalidInput);
    const listed = accepted.slice(start, start + Math.min(count, EXTENTS_AT_ONCE));
    const empty = quirks.has('dc-extent-list-counts-pending') ? pending.flat().map(() => ({ base: 0n, size: 0n })) : [];
    const told = quirks.has('dc-extent-list-repeats-first') ? listed.map(() => listed[0] as Range) : listed;
    return encodeDcExtentList(accepted.length, generation, [...told, ...empty]);
  }

  function addResponse(input: Uint8Array): Uint8Array {
    const extents = extentsOf(input);
    const [offered] = dynamicCapacity.pending;
    if (extents.length === 0 && !offered) return rejectNothing();
    const isTracked = dynamicCapacity.hasRoomForResponse(extents.length) || quirks.has('dc-extents-unlimited');
    if (extents.length > 0 && !isTracked) throw new Refused(RETURN_CODE.resourcesExhausted);
    demandWellFormed(extents);
    for (const each of extents) {
      const isOffered = offered?.some(
        (part) => part.base <= each.base && each.base + each.size <= part.base + part.size,
      );
      if ((!isOffered || dynamicCapacity.overlapsAccepted(each)) && !quirks.has('dc-response-unchecked')) {
        throw new Refused(RETURN_CODE.invalidPhysicalAddress);
      }
    }
    dynamicCapacity.accept(extents);
    return NOTHING;
  }

  /** There is no offer to reject. */
  function rejectNothing(): Uint8Array {
    if (quirks.has('dc-empty-response-crashes')) throw new MachineCrash('SIGSEGV');
    return NOTHING;
  }

  function release(input: Uint8Array): Uint8Array {
    const extents = extentsOf(input);
    if (extents.length === 0 && !quirks.has('dc-response-unchecked')) throw new Refused(RETURN_CODE.invalidInput);
    demandWellFormed(extents);
    for (const each of extents) {
      if (!dynamicCapacity.isAccepted(each) && !quirks.has('dc-response-unchecked')) {
        throw new Refused(RETURN_CODE.invalidPhysicalAddress);
      }
    }
    if (quirks.has('dc-release-ignored')) return NOTHING;
    if (!dynamicCapacity.release(extents)) throw new Refused(RETURN_CODE.resourcesExhausted);
    return NOTHING;
  }

  function extentsOf(input: Uint8Array): Range[] {
    try {
      const extents = decodeUpdatedExtents(input);
      demandHeld(UPDATED_HEADER_SIZE + extents.length * UPDATED_EXTENT_SIZE, quirks);
      return extents;
    } catch (error) {
      if (error instanceof DecodeError && input.length < UPDATED_HEADER_SIZE && unchecked()) return [];
      if (error instanceof DecodeError) throw new Refused(RETURN_CODE.invalidPayloadLength);
      throw error;
    }
  }

  const unchecked = () => quirks.has('payload-length-unchecked');

  const demandWellFormed = (extents: readonly Range[]): void => {
    if (!quirks.has('dc-response-unchecked')) demandBlocks(regions, extents);
  };

  return {
    getDynamicCapacityConfiguration: configuration,
    getDynamicCapacityExtentList: extentList,
    addDynamicCapacityResponse: addResponse,
    releaseDynamicCapacity: release,
  };
}

/** That extents are of whole blocks of one region, each once. QEMU: cxl_detect_malformed_extent_list(). @throws Refused */
export function demandBlocks(regions: readonly DcRegion[], extents: readonly Range[]): void {
  for (const [n, each] of extents.entries()) {
    const region = regionOf(regions, each);
    if (each.size === 0n) throw new Refused(RETURN_CODE.invalidExtentList);
    if (!region) throw new Refused(RETURN_CODE.invalidPhysicalAddress);
    const aligned = (each.base - region.base) % region.blockSize === 0n && each.size % region.blockSize === 0n;
    const twice = extents.slice(0, n).some((other) => overlap(other, each));
    if (!aligned || twice) throw new Refused(RETURN_CODE.invalidExtentList);
  }
}
