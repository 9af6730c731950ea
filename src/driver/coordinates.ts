/** Latency and bandwidth of memory that is reached over a host bridge, from the tables of both ends. */
import { genericPortDomain } from '../codec/acpi/generic-port';
import type { HmatStructure } from '../codec/acpi/hmat';
import type { DataType } from '../codec/acpi/hmat-locality';
import { isProcessor, type SratStructure } from '../codec/acpi/srat';
import { decodeCdat } from '../codec/cxl/cdat';
import { type CdatMemory, cdatMemory } from '../codec/cxl/cdat-memory';

/** In ns and MB/s; of what is known. */
export type Performance = CdatMemory['performance'];

/** Latency and bandwidth of memory of such a kind that a CDAT describes. */
export const performanceOf = (cdat: Uint8Array | undefined, capacity: 'volatile' | 'persistent'): Performance =>
  (cdat ? cdatMemory(decodeCdat(cdat)) : []).find(({ nonVolatile }) => nonVolatile === (capacity === 'persistent'))
    ?.performance ?? {};

/** The domains that have processors, each once. */
export const processorDomains = (srat: readonly SratStructure[]): number[] => [
  ...new Set(srat.filter(isProcessor).map(({ domain }) => domain)),
];

export const isLatency = (type: DataType): boolean => type.endsWith('latency');

/** Of memory that is spread over devices: the slowest makes the latency, and bandwidths add up. */
export function spread(type: DataType, values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  return isLatency(type) ? Math.max(...known) : known.reduce((sum, each) => sum + each, 0);
}

/** Of a device behind a way: latencies add up, and the narrower makes the bandwidth. */
export const along = (type: DataType, way: number, device: number): number =>
  isLatency(type) ? way + device : Math.min(way, device);

/** What the HMAT says of the way from an initiator to a host bridge, by the domain of its Generic Port. */
export function wayTo(
  uid: number,
  type: DataType,
  initiator: number,
  hmat: readonly HmatStructure[],
  srat: readonly SratStructure[],
): number | undefined {
  const domain = genericPortDomain(uid, srat);
  const access = isLatency(type) ? 'access latency' : 'access bandwidth'; // reads and writes alike
  const told = hmat
    .filter((s) => s.kind === 'locality')
    .find(({ hierarchy, dataType }) => hierarchy === 'memory' && (dataType === type || dataType === access));
  return domain === undefined
    ? undefined
    : told?.values[told.initiators.indexOf(initiator)]?.[told.targets.indexOf(domain)];
}
