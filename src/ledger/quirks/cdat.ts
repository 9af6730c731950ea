/** Quirks of what a device says about its capacities by CDAT. */
import type { Quirk } from './quirk';

export const cdatQuirks = {
  'cdat-swaps-capacities': {
    summary: 'CDAT calls volatile capacity non-volatile, and the reverse.',
    source: 'planted',
  },
  'cdat-forgets-persistent': {
    summary: 'CDAT describes volatile capacity alone.',
    source: 'planted',
  },
  'cdat-persistent-from-zero': {
    summary: 'CDAT has persistent capacity begin at DPA 0, whatever is before it.',
    source: 'planted',
  },
  'cdat-forgets-dynamic': {
    summary: 'CDAT says nothing of dynamic capacity.',
    source: 'planted',
  },
  'cdat-dynamic-is-static': {
    summary: 'CDAT describes dynamic capacity as if it could be used at any time.',
    source: 'planted',
  },
  'cdat-forgets-writes': {
    summary: 'CDAT says nothing of the latency and bandwidth of writes.',
    source: 'planted',
  },
  'cdat-persistent-is-specific-purpose': {
    summary: 'CDAT gives persistent capacity the EFI memory type of volatile capacity.',
    source: 'planted',
  },
  'sslbis-counts-thousands': {
    summary: 'The CDAT of a switch gives bandwidths in units of 1000 MB/s for 1024.',
    source: 'gone with bc63c99ef8; hw/pci-bridge/cxl_upstream.c: build_cdat_table()',
    releases: [{ from: '7.2', fixedIn: '8.2' }],
  },
  'cdat-end-unmarked': {
    summary: 'The last entry of a CDAT names another one behind it.',
    source: 'planted',
  },
  'cdat-unsummed': {
    summary: 'The bytes of the CDAT do not sum to zero, and Linux since 6.8 takes no such table.',
    source: 'planted',
  },
  'cdat-sums-low-byte-of-length': {
    summary: 'The checksum of a CDAT of 256 bytes or more misses the high bytes of its length.',
    source: 'gone with 64fdad5e67; hw/cxl/cxl-cdat.c: ct3_build_cdat(); no longer table before volatile capacity came',
    releases: [{ from: '8.1', fixedIn: '9.0' }],
  },
  'cdat-entry-unchecked': {
    summary:
      'A request for a CDAT entry that is not there is answered with whatever lies behind the entries, or ends QEMU.',
    source:
      'tried on 7.2.22, not so on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c, hw/pci-bridge/cxl_upstream.c: cxl_doe_cdat_rsp()',
    releases: [
      { from: '7.2', fixedIn: '10.0.13' },
      { from: '10.1', fixedIn: '11.1' },
    ],
    byChance: 'what lies behind the entries is taken for the address of one',
  },
} as const satisfies Record<string, Quirk>;
