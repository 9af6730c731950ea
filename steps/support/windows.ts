import type { DataTable } from '@cucumber/cucumber';
import type { FixedWindow } from '../../src/machine/topology';
import { bytes, ids } from './parameter-types';

/** Fixed memory windows, one a row: `size`, `targets` and `granularity`. */
export const windowsOf = (table: DataTable): FixedWindow[] =>
  table.hashes().map(({ size, targets, granularity }) => ({
    ...{ size: bytes(size), targets: ids(targets), granularity: Number(bytes(granularity)) },
  }));
