/** How memory of regions is reached by processors. Linux drivers/cxl/core/cdat.c: cxl_region_perf_data_calculate(). */
import type { HmatStructure } from '../codec/acpi/hmat';
import type { DataType } from '../codec/acpi/hmat-locality';
import type { SratStructure } from '../codec/acpi/srat';
import { along, isLatency, performanceOf, processorDomains, spread, wayTo } from '../driver/coordinates';
import type { Linux } from '../ledger/linux';
import type { Quirks } from '../ledger/quirks';
import type { Access } from '../machine/host';
import { stretchesTo } from './link-performance';
import type { Endpoint } from './topology';

const TOLD: readonly DataType[] = ['read latency', 'write latency', 'read bandwidth', 'write bandwidth'];

/** What the firmware's tables have on the path to host bridges. */
export interface WayTables {
  readonly srat: readonly SratStructure[] | undefined;
  readonly hmat: readonly HmatStructure[] | undefined;
}

/** How a release of Linux, or one with a quirk, departs from the sum of all ways. */
interface Departures {
  readonly inPicoseconds: boolean;
  readonly bridgesUnshared: boolean;
  readonly devicesAlone: boolean;
}

/** Of volatile memory that is spread over `endpoints`; empty unless everything on the way is known. */
export async function accessTo(
  endpoints: readonly Endpoint[],
  tables: WayTables,
  linux: Linux,
  quirks: Quirks,
): Promise<Access> {
  const departures = {
    inPicoseconds: linux.has('picosecondsTakenForNanoseconds') || quirks.has('link-latency-in-picoseconds'),
    bridgesUnshared: !linux.has('sharedBandwidth') || quirks.has('bridge-bandwidth-not-shared'),
    devicesAlone: quirks.has('qos-class-from-device-alone'),
  };
  const parts = await Promise.all(endpoints.map((endpoint) => partOf(endpoint, tables, departures)));
  const uids = new Set(parts.map(({ uid }) => uid));
  const bridges = [...uids].map((uid) => parts.filter((part) => part.uid === uid));
  const value = (type: DataType) => {
    const values = isLatency(type)
      ? parts.map((part) => part.reach(type))
      : bridges.map((behind) => shared(type, behind, departures));
    return spread(type, values);
  };
  const reckoned = TOLD.map((type) => [type, value(type)] as const);
  if (reckoned.some(([, each]) => each === undefined)) return {};
  return Object.fromEntries(reckoned);
}

/** One device of a region, as it is reached. */
interface Part {
  /** ACPI _UID of its host bridge. */
  readonly uid: number;
  /** From processors to the host bridge. */
  readonly way: (type: DataType) => number | undefined;
  /** All the way to the media. */
  readonly reach: (type: DataType) => number | undefined;
}

async function partOf(
  { device, uid, cdat }: Endpoint,
  { srat = [], hmat = [] }: WayTables,
  { inPicoseconds, devicesAlone }: Departures,
): Promise<Part> {
  const stretches = device.parent ? await stretchesTo(device.parent, inPicoseconds) : [];
  const performance = performanceOf(cdat, 'volatile');
  const way = (type: DataType) => {
    const seen = processorDomains(srat).map((from) => wayTo(uid, type, from, hmat, srat));
    return best(type, seen) ?? (devicesAlone ? nothingAdded(type) : undefined);
  };
  const reach = (type: DataType) => {
    const parts = [way(type), ...stretches.map((stretch) => stretch(type)), performance[type]];
    const known = parts.filter((part) => part !== undefined);
    return known.length < parts.length ? undefined : known.reduce((a, b) => along(type, a, b));
  };
  return { uid, way, reach };
}

/** Of what is seen from several initiators. Linux drivers/acpi/numa/hmat.c: hmat_update_best() */
function best(type: DataType, values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  return isLatency(type) ? Math.min(...known) : Math.max(...known);
}

const nothingAdded = (type: DataType): number => (isLatency(type) ? 0 : Number.POSITIVE_INFINITY);

/** Devices behind one host bridge have no more bandwidth together than it has. cxl_region_shared_upstream_bandwidth_update() */
function shared(type: DataType, behind: readonly Part[], { bridgesUnshared }: Departures): number | undefined {
  const reached = behind.map((part) => part.reach(type));
  const sum = spread(type, reached);
  const bridge = behind[0]?.way(type);
  return sum === undefined || bridge === undefined || bridgesUnshared ? sum : Math.min(sum, bridge);
}
