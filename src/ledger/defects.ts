/** Defects of QEMU's CXL emulation that were found in its history or on its releases: which quirks show each, or why none does. */
import type { QuirkName } from './quirks';

export interface Defect {
  /** What was wrong, or is; a commit is the one that it went with. */
  readonly what: string;
  readonly commit?: string;
  /** The quirks that it is, each of which makes some scenario fail. */
  readonly quirks?: readonly QuirkName[];
  /** Why no target shows it. */
  readonly unseen?: string;
}

/** What releases were mended of, or what never came into one. */
export const MENDED: readonly Defect[] = [
  shown('2486dd0457', 'E820 reserves CXL memory', 'e820-reserves-cfmws', 'e820-reserves-host-registers'),
  shown('d1193481de', 'BARs are placed inside windows', 'reserved-memory-end-missing'),
  shown('4a447a710c', 'windows lie over hot-pluggable memory', 'window-over-hotplug-memory'),
  shown('4076bc86a3', 'room is left for no memory', 'host-registers-behind-no-hotplug'),
  shown('f824f52947', 'the target list cannot be written', 'target-list-read-only'),
  shown('d2289b524e', 'the high half of the target list is never used', 'target-list-low-half-alone'),
  shown('823371a630', 'Commit is not kept, Committed is', 'commit-not-kept'),
  unseen('92ff7cabf9', 'decoders are committed in the wrong byte order', 'on big-endian hosts alone'),
  shown('61c44bcf51', 'decoders after the first are looked for in the wrong place', 'second-decoder-ignored'),
  shown(
    ...(['e967413fe0', 'there is one decoder, without range and skip', 'single-hdm-decoder'] as const),
    ...(['bridge-decoder-range-ignored', 'dpa-skip-ignored'] as const),
  ),
  shown('de5bbfc602', 'a window has room for 8 targets', 'window-targets-overrun'),
  shown('154070eaf6', 'a bridge with one port has decoders', 'passthrough-bridge-has-decoders'),
  shown('9ac2c42f43', 'multiples of 3 ways are shifted', 'multiples-of-3-shifted'),
  shown('48461825af', 'reserved ways end QEMU', 'reserved-ways-end-machine'),
  shown('4f41b4e445', 'labels cannot be written', 'labels-never-written'),
  shown('66a2356485', 'labels cannot be read', 'label-read-wants-no-input'),
  shown('df66b85f35', 'an offset into labels wraps', 'label-offset-wraps'),
  shown('5300bdf589', 'labels are written with half a header', 'label-write-short-input'),
  shown('29d1fbc6c6', 'a write of read-only registers ends QEMU', 'capability-array-write-crashes'),
  shown('f7509f462c', 'media are always said to be ready', 'media-status-always-ready'),
  shown('1ce979e726', 'an interrupt by a vector that is not there ends QEMU', 'background-vector-missing'),
  shown('8352756ffa', 'progress counts from power-on', 'background-progress-since-power-on'),
  shown('7d65874ba0', 'events survive Sanitize', 'events-survive-sanitize'),
  shown('e6c9c9e7f4', 'Clear Poison writes stray bytes', 'clear-poison-writes-stray-bytes'),
  shown('5eabca7ec0', 'poison is injected around poison', 'poison-superset-accepted'),
  shown('64fdad5e67', 'the checksum of CDAT misses bytes', 'cdat-sums-low-byte-of-length'),
  shown('bc63c99ef8', 'bandwidths of a switch count thousands', 'sslbis-counts-thousands'),
  shown('bfc2f7a6ca', 'stray bytes end a DVSEC', 'device-dvsec-tail-not-zero'),
  shown('c6cc866c0e', 'a device has the GPF DVSEC of a port', 'device-has-port-gpf'),
  shown('3a95f57211', 'host bridges have RAS', 'host-bridge-has-ras'),
  shown('16c687d845', 'bus and function are swapped', 'generic-initiator-bus-function-swapped'),
  unseen('13a4a6ba2b', 'the handle of a Generic Port is short', 'on 32-bit hosts alone'),
  shown('74e2845c5f', 'HMAT entries are put behind an array', 'hmat-rows-by-node'),
  shown('2eb6672cfd', 'the HMAT describes memory that does not exist', 'hmat-memory-of-empty-nodes'),
  shown('ab99a33d66', 'ACPI0016 has two _UID', 'acpi0016-uid-twice'),
  shown('d9ae5802f6', 'ACPI0017 is not enabled', 'acpi0017-merely-present'),
  shown('a207d5f87d', 'asking for the windows ends QEMU', 'asking-for-windows-crashes'),
  shown('9de2049c95', 'a memory backend is used twice', 'backend-shared'),
  shown('d4d5212c54', 'a host bridge on no node ends QEMU', 'bridge-node-crash'),
  shown('d3c92cf6dc', 'a device that failed is there', 'failed-msix-ignored'),
  unseen(
    ...(['0401c4328f', 'a device that is gone leaves the table of its vectors behind'] as const),
    'in the size of the QEMU process alone, where all releases that were tried leave megabytes of such a device',
  ),
  shown('80ee960f8d', 'the last extent says that more follow', 'dc-last-record-has-more'),
  shown('802671c37a', 'extents are listed wrong', 'dc-extent-list-repeats-first'),
  shown('fe63feb7e8', 'extents are not counted', 'dc-extents-uncounted'),
  shown('0564019bf1', 'firmware is told of odd capacities', 'firmware-info-of-odd-capacity'),
  shown(
    ...(['f4a12ba66b', 'lengths of input are not looked at', 'firmware-short-input', 'feature-short-input'] as const),
    ...(['feature-written-past-end', 'log-end-wraps'] as const),
  ),
  shown('d1853190db', 'ECS has a log for each FRU', 'ecs-log-of-each-fru'),
  shown(
    ...(['87f8e5a71d', 'media operations are not bounded', 'media-operation-range-wraps'] as const),
    'media-operations-beyond-the-last',
  ),
  shown('314f5033c6', 'downstream ports have no link', 'downstream-port-without-link'),
  unseen('9136f661c7', 'host bridges have a wrong type', 'in builds with --enable-qom-cast-debug alone'),
  unseen('e609301b45', 'INTx of a second port goes wrong', 'before the first release with CXL'),
  unseen(
    ...(['b2999ed8ad', 'a refused port is used after it was freed'] as const),
    'on machines without CXL alone, such as x-remote, and where the C library overwrites what was freed',
  ),
  shown('f99ad11cd1', 'a refusal has a typing error', 'window-size-typo'),
];

/** What a release has that was tried. */
export const PRESENT: readonly Defect[] = [
  { what: 'media are never disabled', quirks: ['media-disabled-ignored'] },
  { what: 'a direct mapping outlives its decoder', quirks: ['stale-direct-mapping'] },
  { what: 'the extent list counts what is not accepted', quirks: ['dc-extent-list-counts-pending'] },
  { what: 'a background operation interrupts unasked', quirks: ['background-interrupt-unasked'] },
  { what: 'an empty response ends QEMU', quirks: ['dc-empty-response-crashes'] },
  { what: 'an empty offer of a fabric manager ends QEMU', quirks: ['fm-empty-offer-crashes'] },
  { what: 'a narrow write of the mailbox ends QEMU', quirks: ['mailbox-narrow-write-aborts'] },
  {
    what: 'the memory backend of a device that is gone cannot be used again, nor removed',
    quirks: ['backend-kept-after-removal', 'backend-refused-after-removal'],
  },
  { what: 'a device that was refused is used after it was freed', quirks: ['refused-type3-left-behind'] },
  { what: 'removal is not reported', quirks: ['removal-never-reported', 'removal-unreported-after-commit'] },
  { what: 'there is room for 8 regions of dynamic capacity', quirks: ['dynamic-regions-overrun'] },
  { what: 'there is room for 16 host bridges', quirks: ['host-registers-overrun'] },
  {
    what: 'poison has any address',
    quirks: ['poison-reserved-bits-kept', 'poison-beyond-capacity-accepted', 'clear-poison-end-wraps'],
  },
  { what: 'results of a scan do not say where poison comes from', quirks: ['scan-records-without-source'] },
  { what: 'a header log is too long', quirks: ['header-log-overwrites-link'] },
  {
    what: 'event records are told and cleared wrong',
    quirks: ['wrong-event-handle-is-invalid-input', 'more-event-records-always'],
  },
  { what: 'logs are read beyond their end', quirks: ['log-bounds-of-array'] },
  { what: '_CRS of PCI0 is cut off', quirks: ['pci0-crs-truncated'] },
  { what: 'a refusal names the wrong object', quirks: ['generic-port-misnamed'] },
  { what: 'DOE lies over a DVSEC', quirks: ['doe-overlaps-flex-bus-port'] },
  { what: 'DOE is asked for a CDAT entry that there is not', quirks: ['cdat-entry-unchecked'] },
  { what: 'reserved ways end QEMU', quirks: ['reserved-ways-end-machine'] },
  {
    what: 'decoders are not checked',
    quirks: [
      'commit-in-any-order',
      'commit-overlaps',
      'commit-beyond-capacity',
      'lock-on-commit-ignored',
      'decoder-enable-ignored',
    ],
  },
];

function shown(commit: string, what: string, ...quirks: QuirkName[]): Defect {
  return { commit, what, quirks };
}

function unseen(commit: string, what: string, reason: string): Defect {
  return { commit, what, unseen: reason };
}

/** For people: those that no target shows. */
export const showUnseen = ({ what, commit, unseen: reason }: Defect): string =>
  `${what}${commit ? ` (${commit})` : ''}\n  not seen: ${reason}`;
