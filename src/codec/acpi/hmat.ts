/** ACPI 6.5 Section 5.2.28: Heterogeneous Memory Attribute Table (HMAT). */
import { struct, u16, u32, u64 } from '../struct';
import { decodeLocality, encodeLocality, type Locality } from './hmat-locality';
import { decodeSideCache, encodeSideCache, type SideCache } from './hmat-side-cache';
import { decodeStructures, exactly, type Structure } from './structures';
import { encodeTable, TableHeader } from './table';

/** Section 5.2.28.3: Memory Proximity Domain Attributes Structure. */
export interface MemoryProximity {
  readonly kind: 'memory proximity';
  /** Domain of the memory. */
  readonly memory: number;
  /** Domain of the initiator that it is attached to, if there is one. */
  readonly initiator?: number;
}

/** Of a type that is not interpreted. */
export interface UnknownAttributes {
  readonly kind: 'unknown';
  /** The whole structure. */
  readonly bytes: Uint8Array;
}

export type HmatStructure = MemoryProximity | Locality | SideCache | UnknownAttributes;

const REVISION = 2;
const TYPE = { memoryProximity: 0, locality: 1, sideCache: 2 } as const;
const INITIATOR_VALID = 1;

/** What QEMU gives for no initiator; the flag says that it is to be ignored. */
const NO_INITIATOR = 128;

/** Between the table's header and the first structure. */
const Preamble = struct('HMAT', { reserved: u32 });
const Header = struct('HMAT structure', { type: u16, reserved: u16, length: u32 });

const ProximityLayout = struct('Memory Proximity Domain Attributes', {
  type: u16,
  reserved: u16,
  length: u32,
  flags: u16,
  reserved2: u16,
  initiator: u32,
  memory: u32,
  reserved3: u32,
  reserved4: u64,
  reserved5: u64,
});

/** A whole HMAT; its checksum is left to firmware. */
export const encodeHmat = (structures: readonly HmatStructure[]): Uint8Array =>
  encodeTable('HMAT', Buffer.concat([Preamble.encode({}), ...structures.map(encode)]), REVISION);

function encode(structure: HmatStructure): Uint8Array {
  switch (structure.kind) {
    case 'memory proximity': {
      const { memory, initiator } = structure;
      const flags = initiator === undefined ? 0 : INITIATOR_VALID;
      const header = { type: TYPE.memoryProximity, length: ProximityLayout.size };
      return ProximityLayout.encode({ ...header, flags, memory, initiator: initiator ?? NO_INITIATOR });
    }
    case 'locality':
      return encodeLocality(TYPE.locality, structure);
    case 'side cache':
      return encodeSideCache(TYPE.sideCache, structure);
    case 'unknown':
      return structure.bytes;
  }
}

/** All structures in table order. @throws DecodeError for what no HMAT can hold. */
export const decodeHmat = (table: Uint8Array): HmatStructure[] =>
  decodeStructures(table, TableHeader.size + Preamble.size, Header, decode);

function decode(structure: Structure): HmatStructure {
  switch (structure.type) {
    case TYPE.memoryProximity: {
      const bytes = exactly('Memory Proximity Domain Attributes', structure.bytes, ProximityLayout.size);
      const { flags, initiator, memory } = ProximityLayout.decode(bytes);
      return { kind: 'memory proximity', memory, ...((flags & INITIATOR_VALID) !== 0 && { initiator }) };
    }
    case TYPE.locality:
      return decodeLocality(structure);
    case TYPE.sideCache:
      return decodeSideCache(structure);
    default:
      return { kind: 'unknown', bytes: structure.bytes };
  }
}
