/** What an HMAT says of access to memory, by pair of initiator and target. */
import { decodeHmat } from './hmat';
import { DATA_TYPES, type DataType } from './hmat-locality';

export interface AccessValues {
  /** Proximity domains. */
  readonly initiator: number;
  readonly target: number;
  /** Nanoseconds. */
  readonly latency: number | undefined;
  /** Megabytes a second. */
  readonly bandwidth: number | undefined;
}

/** Of each pair that it gives a value for, by initiator. @throws DecodeError for what no HMAT can hold. */
export function accessValues(table: Uint8Array): AccessValues[] {
  const matrices = decodeHmat(table).filter((s) => s.kind === 'locality');
  const value = (kind: DataType, initiator: number, target: number) => {
    const matrix = matrices.find(({ hierarchy, dataType }) => hierarchy === 'memory' && dataType === kind);
    return matrix?.values[matrix.initiators.indexOf(initiator)]?.[matrix.targets.indexOf(target)];
  };
  const [first] = matrices;
  const pairs = first?.initiators.flatMap((initiator) => first.targets.map((target) => ({ initiator, target }))) ?? [];
  return pairs
    .map(({ initiator, target }) => ({
      ...{ initiator, target, latency: value('access latency', initiator, target) },
      bandwidth: value('access bandwidth', initiator, target),
    }))
    .filter(({ latency, bandwidth }) => latency !== undefined || bandwidth !== undefined);
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
