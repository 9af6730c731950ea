/** What an HMAT says of access to memory, by pair of initiator and target. */
import { decodeHmat } from './hmat';
import { DATA_TYPES, type DataType, HIERARCHIES, type Locality } from './hmat-locality';

export interface AccessValues {
  /** Proximity domains. */
  readonly initiator: number;
  readonly target: number;
  readonly access: 'any' | 'read' | 'write';
  readonly hierarchy: Locality['hierarchy'];
  /** Nanoseconds. */
  readonly latency: number | undefined;
  /** Megabytes a second. */
  readonly bandwidth: number | undefined;
}

const ACCESSES = { any: 'access', read: 'read', write: 'write' } as const;

/** Of each pair that it gives a value for, by initiator, for each kind of access and each hierarchy. @throws DecodeError for what no HMAT can hold. */
export function accessValues(table: Uint8Array): AccessValues[] {
  const matrices = decodeHmat(table).filter((s) => s.kind === 'locality');
  return HIERARCHIES.flatMap((hierarchy) =>
    (['any', 'read', 'write'] as const).flatMap((access) => {
      const matrix = (kind: 'latency' | 'bandwidth') =>
        matrices.find((each) => each.hierarchy === hierarchy && each.dataType === `${ACCESSES[access]} ${kind}`);
      const [latencies, bandwidths] = [matrix('latency'), matrix('bandwidth')];
      return pairs(latencies ?? bandwidths)
        .map(({ initiator, target }) => ({
          initiator,
          target,
          access,
          hierarchy,
          latency: valueIn(latencies, initiator, target),
          bandwidth: valueIn(bandwidths, initiator, target),
        }))
        .filter(({ latency, bandwidth }) => latency !== undefined || bandwidth !== undefined);
    }),
  );
}

/** All that an HMAT says of access from one domain to the memory of another: in nanoseconds, and megabytes a second. */
export function performanceBetween(table: Uint8Array, initiator: number, target: number) {
  const matrices = decodeHmat(table).filter((s) => s.kind === 'locality' && s.hierarchy === 'memory');
  const told = DATA_TYPES.flatMap((type): [DataType, number][] => {
    const matrix = matrices.find((s) => s.kind === 'locality' && s.dataType === type);
    if (matrix?.kind !== 'locality') return [];
    const value = matrix.values[matrix.initiators.indexOf(initiator)]?.[matrix.targets.indexOf(target)];
    return value === undefined ? [] : [[type, value]];
  });
  return Object.fromEntries(told);
}

const pairs = (matrix: Locality | undefined) =>
  matrix?.initiators.flatMap((initiator) => matrix.targets.map((target) => ({ initiator, target }))) ?? [];

const valueIn = (matrix: Locality | undefined, initiator: number, target: number): number | undefined =>
  matrix?.values[matrix.initiators.indexOf(initiator)]?.[matrix.targets.indexOf(target)];
