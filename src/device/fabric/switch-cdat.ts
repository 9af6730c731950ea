/** What a switch says of the ways through it by CDAT. QEMU hw/pci-bridge/cxl_upstream.c: build_cdat_table(). */
import { encodeCdat, UPSTREAM_PORT } from '../../codec/cxl/cdat';
import type { Quirks } from '../../ledger/quirks';

/** Between the upstream port and each downstream port. Values in ns and MB/s, units in ps and MB/s. */
const PERFORMANCE = [
  { dataType: 'access latency', value: 150, unit: 10_000n },
  { dataType: 'access bandwidth', value: 16_384, unit: 1024n },
] as const;

/** The whole table; ports have the numbers from 0 on. */
export function switchCdat(downstreamPorts: number, quirks: Quirks): Uint8Array {
  const factor = quirks.has('sslbis-counts-thousands') ? 1000 / 1024 : 1;
  return encodeCdat(
    PERFORMANCE.map(({ dataType, value: full, unit: given }) => {
      const isBandwidth = dataType === 'access bandwidth';
      const [value, unit] = isBandwidth ? [full * factor, BigInt(Number(given) * factor)] : [full, given];
      return {
        kind: 'SSLBIS',
        dataType,
        unit,
        paths: Array.from({ length: downstreamPorts }, (_, to) => ({ from: UPSTREAM_PORT, to, value })),
      };
    }),
  );
}
