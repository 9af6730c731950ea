/** What a Type 3 device says of its capacities by CDAT. QEMU hw/mem/cxl_type3.c: ct3_build_cdat_table(). */

import type { DataType } from '../../codec/acpi/hmat-locality';
import { type CdatStructure, cdatEntries, encodeCdat } from '../../codec/cxl/cdat';
import { FIRST_ENTRY, NO_MORE_ENTRIES, TABLE_ACCESS, TableRequest, TableResponse } from '../../codec/cxl/table-access';
import type { Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import type { Type3 } from '../../machine/topology';
import { dcRegions } from '../mailbox/dynamic-capacity';
import type { DoeHandler } from '../pci/doe';

/** In ns and MB/s; of all media alike. */
const PERFORMANCE: readonly (readonly [DataType, number])[] = [
  ['read latency', 150],
  ['write latency', 250],
  ['read bandwidth', 16_000],
  ['write bandwidth', 16_000],
];

const CHECKSUM_AT = 5;

interface Capacity extends Range {
  readonly persistent: boolean;
  readonly dynamic?: boolean;
}

/** The whole table: volatile capacity from DPA 0, persistent capacity behind it, then regions of dynamic capacity. */
export function cdatOf(
  { volatile, persistent, dynamic }: Pick<Type3, 'volatile' | 'persistent' | 'dynamic'>,
  quirks: Quirks,
): Uint8Array {
  const regions =
    dynamic && !quirks.has('cdat-forgets-dynamic') ? dcRegions({ volatile, persistent, dynamic }, quirks) : [];
  const capacities: Capacity[] = [
    { base: 0n, size: volatile, persistent: false },
    { base: quirks.has('cdat-persistent-from-zero') ? 0n : volatile, size: persistent, persistent: true },
    ...regions.map(({ base, size }) => ({ base, size, persistent: false, dynamic: true })),
  ];
  const described = capacities.filter(
    (each) => each.size > 0n && !(each.persistent && quirks.has('cdat-forgets-persistent')),
  );
  const table = encodeCdat(described.flatMap((capacity, handle) => describe(capacity, handle, quirks)));
  table[CHECKSUM_AT] = ((table[CHECKSUM_AT] ?? 0) + missed(table, quirks)) & 0xff;
  return table;
}

/** What the checksum leaves out. */
function missed({ length }: Uint8Array, quirks: Quirks): number {
  if (quirks.has('cdat-sums-low-byte-of-length')) return length >> 8;
  return quirks.has('cdat-unsummed') ? 1 : 0;
}

function describe(
  { base, size, persistent, dynamic = false }: Capacity,
  handle: number,
  quirks: Quirks,
): CdatStructure[] {
  const nonVolatile = persistent !== quirks.has('cdat-swaps-capacities');
  const reserved = persistent && !quirks.has('cdat-persistent-is-specific-purpose');
  const measured = PERFORMANCE.filter(
    ([dataType]) => !(dataType.startsWith('write') && quirks.has('cdat-forgets-writes')),
  );
  return [
    {
      kind: 'DSMAS',
      handle,
      dpa: { base, size },
      nonVolatile,
      dynamicCapacity: dynamic && !quirks.has('cdat-dynamic-is-static'),
    },
    ...measured.map(([dataType, value]) => ({ kind: 'DSLBIS' as const, handle, dataType, value })),
    { kind: 'DSEMTS', handle, efiType: reserved ? 'reserved' : 'specific purpose', part: { base: 0n, size } },
  ];
}

/** Yields `table` entry by entry: CXL r3.1 Section 8.1.11.1. */
export function tableAccess(table: Uint8Array, quirks: Quirks): DoeHandler {
  const entries = cdatEntries(table);
  return {
    ...TABLE_ACCESS,
    answer: ([request = 0]) => {
      const { code, table: type, handle } = TableRequest.decode(request);
      const beyond = quirks.has('cdat-entry-unchecked') ? new Uint8Array() : undefined;
      const entry = entries[handle - FIRST_ENTRY] ?? beyond;
      if (code !== 0 || type !== 0 || !entry) return undefined;
      const isLast = handle + 1 >= entries.length && !quirks.has('cdat-end-unmarked');
      const next = isLast ? NO_MORE_ENTRIES : handle + 1;
      return [TableResponse.encode({ next }), ...new Uint32Array(Uint8Array.from(entry).buffer)];
    },
  };
}
