/** Quirks of poison: its list, injecting and clearing it, scanning media for it. */
import type { Quirk } from './quirk';

const COMMANDS = 'hw/cxl/cxl-mailbox-utils.c';
const POISON = [{ from: '8.1' }] as const;

export const poisonQuirks = {
  'poison-list-overflows-payload': {
    summary: 'Get Poison List aborts QEMU if more than 126 records are in the range: they do not fit into the payload.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_get_poison_list()`,
    releases: POISON,
  },
  'poison-reserved-bits-kept': {
    summary: 'Inject Poison and Clear Poison take the reserved low bits of an address for part of it.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_inject_poison(), cmd_media_clear_poison()`,
    releases: POISON,
  },
  'poison-beyond-capacity-accepted': {
    summary: 'Inject Poison and Get Poison List take addresses beyond the capacity of the device.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_inject_poison(), cmd_media_get_poison_list()`,
    releases: POISON,
  },
  'clear-poison-writes-stray-bytes': {
    summary: 'Clear Poison writes bytes of its own stack to the media, and not its payload.',
    source: 'gone with e6c9c9e7f4; hw/mem/cxl_type3.c: set_cacheline()',
    releases: [{ from: '8.1', fixedIn: '9.1' }],
  },
  'clear-poison-end-wraps': {
    summary: 'Clear Poison of the very last line that an address can name passes the check, and QEMU ends by SIGSEGV.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_clear_poison(), hw/mem/cxl_type3.c: set_cacheline()`,
    releases: POISON,
  },
  'poison-list-frozen-by-scan': {
    summary:
      'While the media are scanned, Inject Poison and Clear Poison succeed, and the poison list stays as it is for ever.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_inject_poison(), cmd_media_clear_poison()`,
    releases: [{ from: '9.1' }],
  },
  'poison-list-hides-scan': {
    summary: 'Get Poison List does not say that the media are being scanned.',
    source: 'planted',
  },
  'clear-poison-forgets-rest': {
    summary:
      'Clear Poison of a line within poison, with no room for both rests in the list, forgets the second: no scan finds it.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_clear_poison()`,
    releases: POISON,
  },
  'poison-overflow-stays': {
    summary: 'Get Poison List says for ever that there was more poison than room.',
    source: 'planted',
  },
  'poison-overflow-time-changes': {
    summary: 'The overflow timestamp of Get Poison List is that of the latest poison without room.',
    source: 'planted',
  },
  'poison-superset-accepted': {
    summary: 'Poison can be injected over a range that holds a poisoned one in its midst.',
    source: 'gone with 5eabca7ec0; hw/mem/cxl_type3.c: qmp_cxl_inject_poison()',
    releases: [{ from: '8.1', fixedIn: '9.2' }],
  },
  'poison-injection-unchecked': {
    summary: 'QMP injects poison at any address, of any length, over other poison.',
    source: 'planted',
  },
  'poison-listed-twice': {
    summary: 'A line that is poisoned again is listed twice.',
    source: 'planted',
  },
  'poison-limit-unchecked': {
    summary: 'Inject Poison knows no limit.',
    source: 'planted',
  },
  'poison-source-internal': {
    summary: 'Poison that Inject Poison injects is listed as found by the device itself.',
    source: 'planted',
  },
  'poison-source-injected': {
    summary: 'Poison that QMP injects is listed as injected by the host.',
    source: 'planted',
  },
  'clear-poison-keeps-it': {
    summary: 'Clear Poison writes its data, and what was poisoned still is.',
    source: 'planted',
  },
  'clear-poison-clears-range': {
    summary: 'Clear Poison takes the whole of a poisoned range off the list, not the one line.',
    source: 'planted',
  },
  'poison-overflow-untold': {
    summary: 'Get Poison List does not say that there was more poison than room.',
    source: 'planted',
  },
  'poison-from-the-start': {
    summary: 'The second line of a device is poisoned from the start.',
    source: 'planted',
  },
  'poison-list-takes-any-address': {
    summary: 'Get Poison List takes an address in the midst of a line.',
    source: 'planted',
  },
  'poison-list-ignores-range': {
    summary: 'Get Poison List returns all poison, whatever range is requested.',
    source: 'planted',
  },
  'poison-lost-at-reset': {
    summary: 'A device forgets what is poisoned when the machine is reset.',
    source: 'planted',
  },
  'scan-finds-only-the-unlisted': {
    summary: 'Scan Media finds only poison for which there was no room in the poison list.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_media_scan_media()',
    releases: [{ from: '9.1' }],
  },
  'scan-drops-the-listed': {
    summary: 'Scan Media empties a poison list that has overflowed, and only what had found no room is listed again.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_media_scan_media()',
    releases: [{ from: '9.1' }],
  },
  'scan-records-without-source': {
    summary: 'Get Scan Media Results does not say where poison comes from.',
    source: `came with d29b7f3dd4, tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_get_scan_media_results()`,
    releases: [{ from: '9.2' }],
  },
  'scan-results-cut-off': {
    summary: 'Get Scan Media Results forgets what one answer has no room for.',
    source: 'planted',
  },
  'scan-range-wraps': {
    summary: 'A range to be scanned whose end wraps at 2^64 passes the check.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_scan_media(), cmd_media_get_scan_media_capabilities()`,
    releases: [{ from: '9.1' }],
  },
  'scan-takes-any-address': {
    summary: 'A range to be scanned can begin in the midst of a line.',
    source: 'planted',
  },
  'scan-beyond-capacity-accepted': {
    summary: 'Media are scanned beyond the capacity of the device.',
    source: 'planted',
  },
  'scan-results-before-any': {
    summary: 'There are results of a scan, though none has been done.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
