/** ACPI 6.5 Section 5.2.16: System Resource Affinity Table (SRAT). */
import { DecodeError } from '../decode-error';
import type { Range } from '../range';
import { struct, u8, u16, u32, u64 } from '../struct';
import { type DeviceHandle, decodeHandle, encodeHandle, HANDLE_SIZE } from './device-handle';
import { decodeStructures, exactly, type Structure } from './structures';
import { encodeTable, TableHeader } from './table';

interface Affinity {
  /** Proximity domain. */
  readonly domain: number;
  readonly enabled: boolean;
}

/** Sections 5.2.16.1, 5.2.16.3 and 5.2.16.4: Processor Local APIC/SAPIC, Local x2APIC and GICC Affinity Structure. */
export interface ProcessorAffinity extends Affinity {
  readonly kind: 'local APIC' | 'local x2APIC' | 'GICC';
  /** The APIC id; of a GICC the processor's ACPI UID. */
  readonly apicId: number;
}

/** Section 5.2.16.2: Memory Affinity Structure. */
export interface MemoryAffinity extends Affinity, Range {
  readonly kind: 'memory';
  readonly hotPluggable: boolean;
  readonly nonVolatile: boolean;
}

/** Sections 5.2.16.6 and 5.2.16.7: Generic Initiator and Generic Port Affinity Structure. */
export interface GenericAffinity extends Affinity {
  readonly kind: 'Generic Initiator' | 'Generic Port';
  readonly handle: DeviceHandle;
}

/** Of a type that is not interpreted. */
export interface UnknownAffinity {
  readonly kind: 'unknown';
  /** The whole structure. */
  readonly bytes: Uint8Array;
}

export type SratStructure = ProcessorAffinity | MemoryAffinity | GenericAffinity | UnknownAffinity;

const TYPE = {
  'local APIC': 0,
  memory: 1,
  'local x2APIC': 2,
  GICC: 3,
  'Generic Initiator': 5,
  'Generic Port': 6,
} as const;

/** What the SRAT calls processors. */
export const PROCESSORS: readonly SratStructure['kind'][] = ['local APIC', 'local x2APIC', 'GICC'];

export const isProcessor = (structure: SratStructure): structure is ProcessorAffinity =>
  PROCESSORS.includes(structure.kind);

const ENABLED = 1;
const HOT_PLUGGABLE = 2;
const NON_VOLATILE = 4;

/** Between the table's header and the first structure. */
const Preamble = struct('SRAT', { one: u32, reserved: u64 });

const HEADER = { type: u8, length: u8 } as const;
const Header = struct('SRAT structure', HEADER);

const ApicLayout = struct('Local APIC Affinity', {
  ...HEADER,
  domainLow: u8,
  apicId: u8,
  flags: u32,
  sapicEid: u8,
  domainMiddle: u16,
  domainHigh: u8,
  clockDomain: u32,
});

const X2ApicLayout = struct('Local x2APIC Affinity', {
  ...HEADER,
  reserved: u16,
  domain: u32,
  apicId: u32,
  flags: u32,
  clockDomain: u32,
  reserved2: u32,
});

const GiccLayout = struct('GICC Affinity', {
  ...HEADER,
  domain: u32,
  apicId: u32,
  flags: u32,
  clockDomain: u32,
});

const MemoryLayout = struct('Memory Affinity', {
  ...HEADER,
  domain: u32,
  reserved: u16,
  base: u64,
  size: u64,
  reserved2: u32,
  flags: u32,
  reserved3: u64,
});

/** The device handle lies between these two. */
const GenericLayout = struct('Generic Affinity', { ...HEADER, reserved: u8, handleType: u8, domain: u32 });
const GenericEnd = struct('Generic Affinity', { flags: u32, reserved: u32 });
const GENERIC_SIZE = GenericLayout.size + HANDLE_SIZE + GenericEnd.size;

/** A whole SRAT; its checksum is left to firmware. */
export const encodeSrat = (structures: readonly SratStructure[], revision = 1): Uint8Array =>
  encodeTable('SRAT', Buffer.concat([Preamble.encode({ one: 1 }), ...structures.map(encode)]), revision);

function encode(structure: SratStructure): Uint8Array {
  switch (structure.kind) {
    case 'local APIC':
      return encodeApic(structure);
    case 'local x2APIC': {
      const { domain, apicId } = structure;
      const header = { type: TYPE['local x2APIC'], length: X2ApicLayout.size };
      return X2ApicLayout.encode({ ...header, domain, apicId, flags: flagsOf(structure) });
    }
    case 'GICC': {
      const { domain, apicId } = structure;
      return GiccLayout.encode({ type: TYPE.GICC, length: GiccLayout.size, domain, apicId, flags: flagsOf(structure) });
    }
    case 'memory': {
      const { domain, base, size, hotPluggable, nonVolatile } = structure;
      const flags = flagsOf(structure) | (hotPluggable ? HOT_PLUGGABLE : 0) | (nonVolatile ? NON_VOLATILE : 0);
      return MemoryLayout.encode({ type: TYPE.memory, length: MemoryLayout.size, domain, base, size, flags });
    }
    case 'unknown':
      return structure.bytes;
    default: {
      const { type: handleType, bytes } = encodeHandle(structure.handle);
      const header = { type: TYPE[structure.kind], length: GENERIC_SIZE, handleType, domain: structure.domain };
      return Buffer.concat([GenericLayout.encode(header), bytes, GenericEnd.encode({ flags: flagsOf(structure) })]);
    }
  }
}

const flagsOf = ({ enabled }: Affinity): number => (enabled ? ENABLED : 0);

/** The domain lies in three places, for it once had 8 bits. */
function encodeApic(processor: ProcessorAffinity): Uint8Array {
  const { domain, apicId } = processor;
  const domains = { domainLow: domain & 0xff, domainMiddle: (domain >>> 8) & 0xffff, domainHigh: domain >>> 24 };
  const header = { type: TYPE['local APIC'], length: ApicLayout.size };
  return ApicLayout.encode({ ...header, ...domains, apicId, flags: flagsOf(processor) });
}

/** All structures in table order, disabled ones included. @throws DecodeError for what no SRAT can hold. */
export const decodeSrat = (table: Uint8Array): SratStructure[] =>
  decodeStructures(table, TableHeader.size + Preamble.size, Header, decode);

function decode(structure: Structure): SratStructure {
  switch (structure.type) {
    case TYPE['local APIC']: {
      const fields = ApicLayout.decode(exactly('Local APIC Affinity', structure.bytes, ApicLayout.size));
      const domain = ((fields.domainHigh << 24) | (fields.domainMiddle << 8) | fields.domainLow) >>> 0;
      return { kind: 'local APIC', domain, apicId: fields.apicId, enabled: (fields.flags & ENABLED) !== 0 };
    }
    case TYPE['local x2APIC']: {
      const bytes = exactly('Local x2APIC Affinity', structure.bytes, X2ApicLayout.size);
      const { domain, apicId, flags } = X2ApicLayout.decode(bytes);
      return { kind: 'local x2APIC', domain, apicId, enabled: (flags & ENABLED) !== 0 };
    }
    case TYPE.GICC: {
      const { domain, apicId, flags } = GiccLayout.decode(exactly('GICC Affinity', structure.bytes, GiccLayout.size));
      return { kind: 'GICC', domain, apicId, enabled: (flags & ENABLED) !== 0 };
    }
    case TYPE.memory:
      return decodeMemory(exactly('Memory Affinity', structure.bytes, MemoryLayout.size));
    case TYPE['Generic Initiator']:
      return decodeGeneric('Generic Initiator', structure);
    case TYPE['Generic Port']:
      return decodeGeneric('Generic Port', structure);
    default:
      return { kind: 'unknown', bytes: structure.bytes };
  }
}

function decodeMemory(bytes: Uint8Array): MemoryAffinity {
  const { domain, base, size, flags } = MemoryLayout.decode(bytes);
  const [enabled, hotPluggable, nonVolatile] = [ENABLED, HOT_PLUGGABLE, NON_VOLATILE].map((bit) => (flags & bit) !== 0);
  return {
    kind: 'memory',
    domain,
    base,
    size,
    enabled: !!enabled,
    hotPluggable: !!hotPluggable,
    nonVolatile: !!nonVolatile,
  };
}

function decodeGeneric(kind: GenericAffinity['kind'], structure: Structure): GenericAffinity {
  const bytes = exactly(`${kind} Affinity`, structure.bytes, GENERIC_SIZE);
  const { handleType, domain } = GenericLayout.decode(bytes);
  const handle = decodeHandle(handleType, bytes.subarray(GenericLayout.size));
  if (!handle) throw new DecodeError(`${kind} Affinity`, `device handle type ${handleType}`);
  const { flags } = GenericEnd.decode(bytes, GenericLayout.size + HANDLE_SIZE);
  return { kind, domain, handle, enabled: (flags & ENABLED) !== 0 };
}

/** The memory affinities, disabled ones included. @throws DecodeError for what no SRAT can hold. */
export const decodeMemoryAffinities = (table: Uint8Array): MemoryAffinity[] =>
  decodeSrat(table).filter((structure) => structure.kind === 'memory');

/** The ranges that memory can be hot-plugged into. */
export const hotPluggable = (table: Uint8Array): Range[] =>
  decodeMemoryAffinities(table).filter((memory) => memory.enabled && memory.hotPluggable);
