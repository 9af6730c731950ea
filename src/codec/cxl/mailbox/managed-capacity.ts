/** CXL r3.1 Section 7.6.7.6: the Fabric Manager's commands for dynamic capacity. Addresses and lengths are in bytes. */
import { repeat, struct, text, u8, u16, u32, u64, uuid } from '../../struct';
import { DcExtent, REGION_SIZES } from './dynamic-capacity';
import type { CommandRows } from './row';

/** Section 7.6.7.6.1: Get DCD Info (Opcode 5600h). Block sizes are bits by their logarithm, for each region; `capacity` counts 256 MiB. */
export const DcdInfo = struct('Get DCD Info', {
  hosts: u8,
  regions: u8,
  reserved: u16,
  selectionPolicies: u16,
  reserved2: u16,
  removalPolicies: u16,
  sanitize: u8,
  reserved3: u8,
  capacity: u64,
  blockSizes: repeat(8, u64),
});

/** Section 7.6.7.6.2: Get Host DC Region Configuration (Opcode 5601h): regions follow, and then `ExtentsAndTags`. */
export const HostRegionsInput = struct('Get Host DC Region Configuration', { host: u16, count: u8, start: u8 });
export const HostRegions = struct('Get Host DC Region Configuration', { host: u16, available: u8, returned: u8 });
/** Sizes as those of {@link REGION_SIZES}. */
export const HostRegion = struct('Host DC Region', {
  ...REGION_SIZES,
  flags: u8,
  reserved: text(3),
  sanitize: u8,
  reserved2: text(3),
});

/** Section 7.6.7.6.3: Set DC Region Configuration (Opcode 5602h). */
export const SetRegion = struct('Set DC Region Configuration', {
  region: u8,
  reserved: text(3),
  blockSize: u64,
  flags: u8,
  reserved2: text(3),
});

/** Section 7.6.7.6.4: Get DC Region Extent Lists (Opcode 5603h): extents follow. */
export const HostExtentsInput = struct('Get DC Region Extent Lists', {
  host: u16,
  reserved: u16,
  count: u32,
  start: u32,
});
export const HostExtents = struct('Get DC Region Extent Lists', {
  host: u16,
  reservedHost: u16,
  start: u32,
  count: u32,
  total: u32,
  generation: u32,
  reservedTotal: u32,
});

/** Sections 7.6.7.6.5 and 7.6.7.6.6: Initiate Dynamic Capacity Add, and Release (Opcodes 5604h, 5605h): extents follow. */
export const InitiateCapacity = struct('Initiate Dynamic Capacity', {
  host: u16,
  policy: u8,
  region: u8,
  length: u64,
  group: uuid,
  count: u32,
});

export const SELECTION_POLICY = { free: 0, contiguous: 1, prescriptive: 2 } as const;
export const REMOVAL_POLICY = { tagBased: 0, prescriptive: 1 } as const;

const CHANGES = [
  'configurationChangeAfterColdReset',
  'immediateConfigurationChange',
  'immediateDataChange',
  'configurationChangeAfterConventionalReset',
  'configurationChangeAfterCxlReset',
] as const;

export const MANAGED_CAPACITY_COMMANDS = {
  getDcdInfo: { opcode: 0x5600, since: { managed: '10.1' }, ofDynamicCapacity: true, asks: true, output: DcdInfo },
  getHostRegions: {
    opcode: 0x5601,
    since: { managed: '10.1' },
    ofDynamicCapacity: true,
    asks: true,
    input: HostRegionsInput,
    output: HostRegions,
    entry: HostRegion,
    refusals: ['invalidInput'],
  },
  setRegion: {
    opcode: 0x5602,
    since: { managed: '10.1' },
    ofDynamicCapacity: true,
    effects: CHANGES,
    input: SetRegion,
    refusals: ['invalidInput', 'unsupported'],
  },
  getRegionExtents: {
    opcode: 0x5603,
    since: { managed: '10.1' },
    ofDynamicCapacity: true,
    asks: true,
    input: HostExtentsInput,
    output: HostExtents,
    entry: DcExtent,
    refusals: ['invalidInput'],
  },
  initiateCapacityAdd: {
    opcode: 0x5604,
    since: { managed: '10.1' },
    ofDynamicCapacity: true,
    effects: CHANGES,
    input: InitiateCapacity,
    more: [DcExtent],
    values: { policy: SELECTION_POLICY },
    refusals: ['invalidInput', 'invalidPhysicalAddress', 'invalidExtentList'],
  },
  initiateCapacityRelease: {
    opcode: 0x5605,
    since: { managed: '10.1' },
    ofDynamicCapacity: true,
    effects: CHANGES,
    input: InitiateCapacity,
    more: [DcExtent],
    values: { policy: REMOVAL_POLICY },
    refusals: ['invalidInput', 'invalidPhysicalAddress', 'invalidExtentList'],
  },
} as const satisfies CommandRows;
