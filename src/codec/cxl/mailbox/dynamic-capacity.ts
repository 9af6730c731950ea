/** CXL r3.1 Section 8.2.9.9.9: Dynamic Capacity. Addresses and lengths are in bytes. */
import { DecodeError } from '../../decode-error';
import type { Range } from '../../range';
import { struct, text, u8, u16, u32, u64, uuid } from '../../struct';
import { CAPACITY_MULTIPLIER } from './memory-device';
import type { CommandRows } from './row';

/** Section 8.2.9.9.9.1: Get Dynamic Capacity Configuration (Opcode 4800h). */
export const DcConfigurationInput = struct('Get Dynamic Capacity Configuration input', { count: u8, start: u8 });
const ConfigurationHeader = struct('Get Dynamic Capacity Configuration', {
  available: u8,
  returned: u8,
  reserved: text(6),
});
/** `decodeLength` counts {@link CAPACITY_MULTIPLIER}. */
export const REGION_SIZES = { base: u64, decodeLength: u64, length: u64, blockSize: u64 };
const Region = struct('Dynamic Capacity Region', {
  ...REGION_SIZES,
  handle: u32,
  flags: u8,
  reserved: text(3),
});
/** Follows the regions. */
export const ExtentsAndTags = struct('extents and tags', {
  supportedExtents: u32,
  availableExtents: u32,
  supportedTags: u32,
  availableTags: u32,
});

/** Section 8.2.9.9.9.2: Get Dynamic Capacity Extent List (Opcode 4801h). */
export const DcExtentListInput = struct('Get Dynamic Capacity Extent List input', { count: u32, start: u32 });
const ExtentListHeader = struct('Get Dynamic Capacity Extent List', {
  count: u32,
  total: u32,
  generation: u32,
  reserved: u32,
});
export const DcExtent = struct('Dynamic Capacity Extent', {
  base: u64,
  size: u64,
  tag: uuid,
  sharedSequence: u16,
  reserved: text(6),
});
/** Of an extent that belongs to none. */
export const NO_TAG = '00000000-0000-0000-0000-000000000000';

/** Sections 8.2.9.9.9.3 and 8.2.9.9.9.4: Add Dynamic Capacity Response, Release Dynamic Capacity (Opcodes 4802h, 4803h). */
const UpdatedExtents = struct('updated extent list', { count: u32, flags: u8, reserved: text(3) });
const UpdatedExtent = struct('updated extent', { base: u64, size: u64, reserved: u64 });
/** Of what precedes the extents. */
export const UPDATED_HEADER_SIZE = UpdatedExtents.size;
/** Of each of them. */
export const UPDATED_EXTENT_SIZE = UpdatedExtent.size;

/** What is offered or accepted together has a tag, if it is given one. */
export interface TaggedExtent extends Range {
  readonly tag?: string;
}

export interface DcRegion extends Range {
  readonly blockSize: bigint;
  /** Of the DSMAS that describes it. */
  readonly handle: number;
}

export interface DcConfiguration {
  /** How many regions the device has. */
  readonly count: number;
  /** Those that were asked for. */
  readonly regions: readonly DcRegion[];
  readonly supportedExtents: number;
  readonly availableExtents: number;
}

/** Of {@link REGION_SIZES}. */
export const encodedSizes = ({ base, size, blockSize }: Omit<DcRegion, 'handle'>) => ({
  base,
  decodeLength: size / CAPACITY_MULTIPLIER,
  length: size,
  blockSize,
});

export function encodeDcConfiguration({ count, regions, ...extents }: DcConfiguration): Uint8Array {
  return Buffer.concat([
    ConfigurationHeader.encode({ available: count, returned: regions.length }),
    Region.encodeAll(regions.map((region) => ({ ...encodedSizes(region), handle: region.handle }))),
    ExtentsAndTags.encode(extents),
  ]);
}

/** @throws DecodeError for a payload that is not as long as it says. */
export function decodeDcConfiguration(payload: Uint8Array): DcConfiguration {
  const { available, returned } = ConfigurationHeader.decode(payload);
  const end = ConfigurationHeader.size + returned * Region.size;
  demandLength('Get Dynamic Capacity Configuration', payload, end + ExtentsAndTags.size);
  const { supportedExtents, availableExtents } = ExtentsAndTags.decode(payload, end);
  const regions = Region.decodeAll(payload, returned, ConfigurationHeader.size).map(
    ({ base, length, blockSize, handle }) => ({ base, size: length, blockSize, handle }),
  );
  return { count: available, regions, supportedExtents, availableExtents };
}

export const encodeDcExtentList = (total: number, generation: number, extents: readonly TaggedExtent[]): Uint8Array =>
  Buffer.concat([ExtentListHeader.encode({ count: extents.length, total, generation }), encodeDcExtents(extents)]);

export const encodeDcExtents = (extents: readonly TaggedExtent[]): Uint8Array =>
  DcExtent.encodeAll(extents.map(({ base, size, tag = NO_TAG }) => ({ base, size, tag })));

/** @throws DecodeError for a payload that is not as long as it says. */
export function decodeDcExtents(payload: Uint8Array) {
  const { count, total, generation } = ExtentListHeader.decode(payload);
  demandLength('Get Dynamic Capacity Extent List', payload, ExtentListHeader.size + count * DcExtent.size);
  const extents = DcExtent.decodeAll(payload, count, ExtentListHeader.size);
  return { total, generation, extents: extents.map(({ base, size }): Range => ({ base, size })) };
}

/** @throws DecodeError if they are not all there. */
export function decodeUpdatedExtents(input: Uint8Array): Range[] {
  const { count } = UpdatedExtents.decode(input);
  if (input.length < UpdatedExtents.size + count * UpdatedExtent.size) {
    throw new DecodeError('updated extent list', `has ${input.length} bytes and ${count} extents`);
  }
  return UpdatedExtent.decodeAll(input, count, UpdatedExtents.size).map(({ base, size }) => ({ base, size }));
}

function demandLength(what: string, payload: Uint8Array, length: number): void {
  if (payload.length !== length) throw new DecodeError(what, `has ${payload.length} bytes, not ${length}`);
}

export const DYNAMIC_CAPACITY_COMMANDS = {
  getDynamicCapacityConfiguration: {
    opcode: 0x4800,
    since: { device: '9.1' },
    ofDynamicCapacity: true,
    asks: true,
    input: DcConfigurationInput,
    output: ConfigurationHeader,
    entry: Region,
    refusals: ['invalidInput'],
  },
  getDynamicCapacityExtentList: {
    opcode: 0x4801,
    since: { device: '9.1' },
    ofDynamicCapacity: true,
    asks: true,
    input: DcExtentListInput,
    output: ExtentListHeader,
    entry: DcExtent,
    refusals: ['invalidInput'],
  },
  addDynamicCapacityResponse: {
    opcode: 0x4802,
    since: { device: '9.1' },
    ofDynamicCapacity: true,
    effects: ['immediateDataChange'],
    input: UpdatedExtents,
    more: [UpdatedExtent],
    refusals: ['invalidPhysicalAddress', 'invalidExtentList'],
  },
  releaseDynamicCapacity: {
    opcode: 0x4803,
    since: { device: '9.1' },
    ofDynamicCapacity: true,
    effects: ['immediateDataChange'],
    input: UpdatedExtents,
    more: [UpdatedExtent],
    refusals: ['invalidInput', 'invalidPhysicalAddress', 'invalidExtentList'],
  },
} as const satisfies CommandRows;
