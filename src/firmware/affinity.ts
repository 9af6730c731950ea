/** What firmware says of the locality of CXL memory that it has configured: additions to the tables that it was given. */
import { E820_TYPE, type E820Entry } from '../codec/acpi/e820';
import { decodeHmat, encodeHmat } from '../codec/acpi/hmat';
import { type Distances, decodeSlit, encodeSlit } from '../codec/acpi/slit';
import {
  decodeSrat,
  encodeSrat,
  type MemoryAffinity,
  type ProcessorAffinity,
  type SratStructure,
} from '../codec/acpi/srat';
import type { Range } from '../codec/range';
import { type Attributed, attributesOf } from './attributes';
import type { Capacity } from './cxl-placement';

/** The tables that firmware was given, as far as it was. */
export interface LocalityTables {
  readonly srat: Uint8Array | undefined;
  readonly slit: Uint8Array | undefined;
  readonly hmat: Uint8Array | undefined;
}

/** Memory, on a proximity domain. */
export interface Placed extends Range, Attributed {
  readonly capacity: Capacity;
}

/** SLIT distances: ACPI 6.5 Section 5.2.17; what Linux takes for memory of another node, arch/x86/mm/numa.c. */
const LOCAL = 10;
const REMOTE = 20;

/** The structures of the SRAT, or those of a machine that has none: all RAM, and the processor that boots, on domain 0. */
export function structuresOf(
  { srat }: LocalityTables,
  memoryMap: readonly E820Entry[],
  kind: ProcessorAffinity['kind'],
): SratStructure[] {
  if (srat) return decodeSrat(srat);
  const ram = memoryMap.filter(({ type }) => type === E820_TYPE.RAM);
  return [
    { kind, domain: 0, apicId: 0, enabled: true },
    ...ram.map((range) => affinity({ ...range, domain: 0, capacity: 'volatile' })),
  ];
}

/** The first domain that the structures leave free. */
export const freeDomain = (structures: readonly SratStructure[]): number =>
  Math.max(-1, ...structures.map((structure) => (structure.kind === 'unknown' ? -1 : structure.domain))) + 1;

/** SRAT, SLIT and, as far as there is something to tell, HMAT with `memory` added. */
export function describe(
  { slit, hmat }: LocalityTables,
  structures: readonly SratStructure[],
  memory: readonly Placed[],
): Uint8Array[] {
  const domains = Math.max(freeDomain(structures), ...memory.map(({ domain }) => domain + 1));
  const given = hmat ? decodeHmat(hmat) : [];
  const attributes = [...given, ...attributesOf(given, structures, memory)];
  return [
    encodeSrat([...structures, ...memory.map(affinity)]),
    encodeSlit(grown(slit ? decodeSlit(slit) : [], domains)),
    ...(attributes.length > 0 ? [encodeHmat(attributes)] : []),
  ];
}

const affinity = ({ domain, base, size, capacity }: Omit<Placed, 'devices'>): MemoryAffinity => ({
  kind: 'memory',
  domain,
  base,
  size,
  enabled: true,
  hotPluggable: false,
  nonVolatile: capacity === 'persistent',
});

/** Distances among `count` domains: those that are given, and for the others whether they are the same. */
const grown = (given: Distances, count: number): Distances =>
  Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_, to) => given[from]?.[to] ?? (from === to ? LOCAL : REMOTE)),
  );
