/** What an HMAT says of access to memory, by pair of initiator and target. */
import { decodeHmat } from './hmat';
import type { DataType } from './hmat-locality';

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
