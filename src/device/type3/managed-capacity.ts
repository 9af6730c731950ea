/** CXL r3.1 Section 7.6.7.6: DCD Management Command Set. QEMU hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set_fm_dcd[]. */

import { DcExtent, ExtentsAndTags, encodeDcExtents, encodedSizes } from '../../codec/cxl/mailbox/dynamic-capacity';
import {
  DcdInfo,
  HostExtents,
  HostExtentsInput,
  HostRegion,
  HostRegions,
  HostRegionsInput,
  InitiateCapacity,
  REMOVAL_POLICY,
  SELECTION_POLICY,
  SetRegion,
} from '../../codec/cxl/mailbox/managed-capacity';
import { CAPACITY_MULTIPLIER } from '../../codec/cxl/mailbox/memory-device';
import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import type { Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import { type Handlers, NOTHING, Refused } from '../mailbox/commands/command';
import { demandBlocks } from '../mailbox/commands/dynamic-capacity';
import { type DynamicCapacity, EXTENTS } from '../mailbox/dynamic-capacity';

/** How many hosts there are, and the number of the only one. */
const HOSTS = 1;
const HOST = 0;
/** As many as fit into a payload of 2 KiB. */
const EXTENTS_AT_ONCE = 50;
const SANITIZE = 1;

export function managedCapacityCommands(dynamic: DynamicCapacity, quirks: Quirks): Handlers {
  const { regions } = dynamic;
  const unchecked = quirks.has('fm-capacity-unchecked');

  function info(): Uint8Array {
    return DcdInfo.encode({
      hosts: HOSTS,
      regions: regions.length,
      capacity: regions.reduce((sum, { size }) => sum + size, 0n) / CAPACITY_MULTIPLIER,
      selectionPolicies: 1 << SELECTION_POLICY.prescriptive,
      removalPolicies: 1 << REMOVAL_POLICY.prescriptive,
      blockSizes: regions.map(({ blockSize }) => blockSize),
    });
  }

  function hostRegions(input: Uint8Array): Uint8Array {
    const { count, start } = HostRegionsInput.decode(input);
    if (start >= regions.length && !unchecked) throw new Refused(RETURN_CODE.invalidInput);
    const told = regions.slice(start, start + count);
    return Buffer.concat([
      HostRegions.encode({ host: HOST, available: regions.length, returned: told.length }),
      HostRegion.encodeAll(told.map(encodedSizes)),
      ExtentsAndTags.encode({ supportedExtents: EXTENTS, availableExtents: dynamic.availableExtents }),
    ]);
  }

  function setRegion(input: Uint8Array): Uint8Array {
    const { region: number, blockSize, flags } = SetRegion.decode(input);
    const region = regions[number];
    if (!region && quirks.has('fm-region-divides-by-zero')) throw new MachineCrash('SIGFPE');
    if (unchecked) return NOTHING;
    if (!region) throw new Refused(RETURN_CODE.invalidInput);
    if (flags & SANITIZE || dynamic.overlapsAccepted(region)) throw new Refused(RETURN_CODE.unsupported);
    if (blockSize !== region.blockSize) throw new Refused(RETURN_CODE.invalidInput);
    if (!quirks.has('fm-region-change-untold')) dynamic.tellOfRegion(number);
    return NOTHING;
  }

  function extents(input: Uint8Array): Uint8Array {
    const { host, count, start } = HostExtentsInput.decode(input);
    const { accepted, generation } = dynamic;
    if ((host !== HOST || start > accepted.length) && !unchecked) throw new Refused(RETURN_CODE.invalidInput);
    const told = accepted.slice(start, start + Math.min(count, EXTENTS_AT_ONCE));
    return Buffer.concat([
      HostExtents.encode({ host, start, count: told.length, total: accepted.length, generation }),
      encodeDcExtents(told),
    ]);
  }

  function add(input: Uint8Array): Uint8Array {
    const asked = askedFor(input, SELECTION_POLICY.prescriptive);
    if (unchecked) return NOTHING;
    const isTracked = dynamic.hasRoomFor(asked.length) || quirks.has('dc-extents-unlimited');
    if (!isTracked) throw new Refused(RETURN_CODE.resourcesExhausted);
    if (asked.length === 0 && quirks.has('fm-empty-offer-crashes'))
      throw new MachineCrash('SIGSEGV', 'cmd_fm_initiate_dc_add');
    const isTaken = asked.some((each) => dynamic.overlapsPending(each) || dynamic.overlapsAccepted(each));
    if (isTaken) throw new Refused(RETURN_CODE.invalidExtentList);
    demandBlocks(regions, asked);
    demandRecords(asked);
    dynamic.offer(asked);
    return NOTHING;
  }

  function release(input: Uint8Array): Uint8Array {
    const asked = askedFor(input, REMOVAL_POLICY.prescriptive);
    if (unchecked) return NOTHING;
    demandBlocks(regions, asked);
    const isHad = (each: Range) => !dynamic.overlapsPending(each) && dynamic.isAccepted(each);
    if (!asked.every(isHad)) throw new Refused(RETURN_CODE.invalidPhysicalAddress);
    demandRecords(asked);
    dynamic.askBack(asked);
    return NOTHING;
  }

  function demandRecords(asked: readonly Range[]): void {
    if (!dynamic.canTell(asked.length)) throw new Refused(RETURN_CODE.retryRequired);
  }

  function askedFor(input: Uint8Array, prescriptive: number): Range[] {
    const header = Buffer.alloc(InitiateCapacity.size);
    header.set(input.subarray(0, header.length));
    const { policy, count } = InitiateCapacity.decode(header);
    const isShort = input.length < header.length + count * DcExtent.size;
    const isOther = policy !== prescriptive && !unchecked;
    const mayBeShort = quirks.has('fm-extents-length-unchecked') && isOther;
    if (isShort && !mayBeShort) throw new Refused(RETURN_CODE.invalidPayloadLength);
    if (isOther) throw new Refused(RETURN_CODE.invalidInput);
    return DcExtent.decodeAll(input, count, header.length);
  }

  return {
    getDcdInfo: info,
    getHostRegions: hostRegions,
    setRegion,
    getRegionExtents: extents,
    initiateCapacityAdd: add,
    initiateCapacityRelease: release,
  };
}
