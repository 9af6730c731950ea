/** CXL r3.1 Section 7.6.7.6: the Fabric Manager's commands for dynamic capacity. Addresses and lengths are in bytes. */
import { struct, text, u8, u16, u32, u64, uuid } from '../../struct';

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
  blockSizes: u64,
  blockSizes1: u64,
  blockSizes2: u64,
  blockSizes3: u64,
  blockSizes4: u64,
  blockSizes5: u64,
  blockSizes6: u64,
  blockSizes7: u64,
});

/** Section 7.6.7.6.2: Get Host DC Region Configuration (Opcode 5601h): regions follow, and then {@link HostRegionsTail}. */
export const HostRegionsInput = struct('Get Host DC Region Configuration', { host: u16, count: u8, start: u8 });
export const HostRegions = struct('Get Host DC Region Configuration', { host: u16, available: u8, returned: u8 });
/** `decodeLength` counts 256 MiB. */
export const HostRegion = struct('Host DC Region', {
  base: u64,
  decodeLength: u64,
  length: u64,
  blockSize: u64,
  flags: u8,
  reserved: text(3),
  sanitize: u8,
  reserved2: text(3),
});
export const HostRegionsTail = struct('Get Host DC Region Configuration, extents and tags', {
  supportedExtents: u32,
  availableExtents: u32,
  supportedTags: u32,
  availableTags: u32,
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
