/** What firmware says of latency and bandwidth of CXL memory that it has configured: additions to the HMAT that it was given. */
import { genericPortDomain } from '../codec/acpi/generic-port';
import type { HmatStructure } from '../codec/acpi/hmat';
import { DATA_TYPES, type DataType, type Locality } from '../codec/acpi/hmat-locality';
import type { ProcessorAffinity, SratStructure } from '../codec/acpi/srat';
import { decodeCdat } from '../codec/cxl/cdat';
import { type CdatMemory, cdatMemory } from '../codec/cxl/cdat-memory';
import type { Capacity } from './cxl-placement';

type Performance = CdatMemory['performance'];

/** A device's part in memory. */
export interface Behind {
  /** ACPI _UID of the host bridge above it. */
  readonly uid: number;
  /** What its CDAT tells; empty if it has none. */
  readonly performance: Performance;
}

export interface Attributed {
  readonly domain: number;
  /** The devices that it is spread over. */
  readonly devices: readonly Behind[];
}

/** Latency and bandwidth of memory of such a kind that a CDAT describes. */
export const performanceOf = (cdat: Uint8Array | undefined, capacity: Capacity): Performance =>
  (cdat ? cdatMemory(decodeCdat(cdat)) : []).find(({ nonVolatile }) => nonVolatile === (capacity === 'persistent'))
    ?.performance ?? {};

/** What there is to say of `memory`, seen from each domain with processors: the way to a device, and the device. */
export function attributesOf(
  given: readonly HmatStructure[],
  srat: readonly SratStructure[],
  memory: readonly Attributed[],
): HmatStructure[] {
  const initiators = [...new Set(srat.flatMap((s) => (isProcessor(s) ? s.domain : [])))];
  const measured = DATA_TYPES.filter((type) =>
    memory.some(({ devices }) => devices.some((d) => type in d.performance)),
  );
  const value = (type: DataType, initiator: number, { devices }: Attributed) =>
    spread(
      type,
      devices.map(({ uid, performance }) => along(type, wayTo(uid, type, initiator, given, srat), performance[type])),
    );
  const targets = memory.map(({ domain }) => domain);
  return [
    ...(measured.length > 0 ? targets : []).map(
      (domain): HmatStructure => ({ kind: 'memory proximity', memory: domain }),
    ),
    ...measured.map((dataType): Locality => {
      const values = initiators.map((initiator) => memory.map((each) => value(dataType, initiator, each)));
      return { kind: 'locality', hierarchy: 'memory', dataType, initiators, targets, values };
    }),
  ];
}

const isProcessor = (s: SratStructure): s is ProcessorAffinity => s.kind === 'local APIC' || s.kind === 'local x2APIC';

const isLatency = (type: DataType): boolean => type.endsWith('latency');

/** Of memory that is spread over devices: the slowest makes the latency, and bandwidths add up. */
function spread(type: DataType, values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  return isLatency(type) ? Math.max(...known) : known.reduce((sum, each) => sum + each, 0);
}

/** Of a device behind a way: latencies add up, and the narrower makes the bandwidth. */
function along(type: DataType, way: number | undefined, device: number | undefined): number | undefined {
  if (way === undefined || device === undefined) return device;
  return isLatency(type) ? way + device : Math.min(way, device);
}

/** What the HMAT says of the way to a host bridge, by the domain of its Generic Port. */
function wayTo(
  uid: number,
  type: DataType,
  initiator: number,
  given: readonly HmatStructure[],
  srat: readonly SratStructure[],
): number | undefined {
  const domain = genericPortDomain(uid, srat);
  const access = isLatency(type) ? 'access latency' : 'access bandwidth'; // reads and writes alike
  const told = given
    .filter((s) => s.kind === 'locality')
    .find(({ hierarchy, dataType }) => hierarchy === 'memory' && (dataType === type || dataType === access));
  return domain === undefined
    ? undefined
    : told?.values[told.initiators.indexOf(initiator)]?.[told.targets.indexOf(domain)];
}
