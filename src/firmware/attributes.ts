/** What firmware says of latency and bandwidth of CXL memory that it has configured: additions to the HMAT that it was given. */
import type { HmatStructure } from '../codec/acpi/hmat';
import { DATA_TYPES, type DataType, type Locality } from '../codec/acpi/hmat-locality';
import type { SratStructure } from '../codec/acpi/srat';
import { along, type Performance, processorDomains, spread, wayTo } from '../driver/coordinates';

export { performanceOf } from '../driver/coordinates';

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

/** What there is to say of `memory`, seen from each domain with processors: the way to a device, and the device. */
export function attributesOf(
  given: readonly HmatStructure[],
  srat: readonly SratStructure[],
  memory: readonly Attributed[],
): HmatStructure[] {
  const initiators = processorDomains(srat);
  const measured = DATA_TYPES.filter((type) =>
    memory.some(({ devices }) => devices.some((d) => type in d.performance)),
  );
  const value = (type: DataType, initiator: number, { devices }: Attributed) =>
    spread(
      type,
      devices.map(({ uid, performance }) => {
        const [way, device] = [wayTo(uid, type, initiator, given, srat), performance[type]];
        return way === undefined || device === undefined ? device : along(type, way, device);
      }),
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
