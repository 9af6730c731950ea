/** Fixed memory windows, one a row of a table: `size`, `targets` and `granularity`. */
import type { FixedWindow } from '../../src/machine/topology';
import { bytes, ids } from './parameter-types';

export const windowOf = ({ size, targets, granularity }: Readonly<Record<string, string>>): FixedWindow => ({
  size: bytes(size),
  targets: ids(targets),
  granularity: Number(bytes(granularity)),
});
