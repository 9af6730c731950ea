/** Quirks of poison: its list, injecting and clearing it, scanning media for it. */
import type { Quirk } from './quirk';

const COMMANDS = 'hw/cxl/cxl-mailbox-utils.c';
const POISON = [{ from: '8.1' }] as const;

export const poisonQuirks = {
  'poison-list-overflows-payload': {
    summary: 'Get Poison List aborts QEMU if more than 126 records are in the range: they do not fit into the payload.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_get_poison_list()`,
    releases: POISON,
    symptom: /SIGABRT/,
  },
  'poison-reserved-bits-kept': {
    summary: 'Inject Poison and Clear Poison take the reserved low bits of an address for part of it.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_inject_poison(), cmd_media_clear_poison()`,
    releases: POISON,
    symptom: /"DPA"|low bits|media/,
  },
  'poison-beyond-capacity-accepted': {
    summary: 'Inject Poison and Get Poison List take addresses beyond the capacity of the device.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_inject_poison(), cmd_media_get_poison_list()`,
    releases: POISON,
    symptom: /"dev": "Success"/,
  },
  'clear-poison-writes-stray-bytes': {
    summary: 'Clear Poison writes bytes of its own stack to the media, and not its payload.',
    source: 'gone with e6c9c9e7f4; hw/mem/cxl_type3.c: set_cacheline()',
    releases: [{ from: '8.1', fixedIn: '9.1' }],
    symptom: /media/,
  },
  'clear-poison-end-wraps': {
    summary: 'Clear Poison of the very last line that an address can name passes the check, and QEMU ends by SIGSEGV.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_clear_poison(), hw/mem/cxl_type3.c: set_cacheline()`,
    releases: POISON,
    symptom: /SIGSEGV/,
  },
  'poison-list-frozen-by-scan': {
    summary:
      'While the media are scanned, Inject Poison and Clear Poison succeed, and the poison list stays as it is for ever.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_inject_poison(), cmd_media_clear_poison()`,
    releases: [{ from: '9.1' }],
    symptom: /"DPA"/,
  },
  'poison-list-hides-scan': {
    summary: 'Get Poison List does not say that the media are being scanned.',
    source: 'planted',
    symptom: /flags/,
  },
  'poison-superset-accepted': {
    summary: 'Poison can be injected over a range that holds a poisoned one in its midst.',
    source: 'gone with 5eabca7ec0; hw/mem/cxl_type3.c: qmp_cxl_inject_poison()',
    releases: [{ from: '8.1', fixedIn: '9.2' }],
    symptom: /"refused": "nothing"/,
  },
  'poison-injection-unchecked': {
    summary: 'QMP injects poison at any address, of any length, over other poison.',
    source: 'planted',
    symptom: /"refused": "nothing"/,
  },
  'poison-listed-twice': {
    summary: 'A line that is poisoned again is listed twice.',
    source: 'planted',
    symptom: /"DPA"/,
  },
  'poison-limit-unchecked': {
    summary: 'Inject Poison knows no limit.',
    source: 'planted',
    symptom: /"dev": "Success"/,
  },
  'poison-source-internal': {
    summary: 'Poison that Inject Poison injects is listed as found by the device itself.',
    source: 'planted',
    symptom: /"source": "internal"/,
  },
  'poison-source-injected': {
    summary: 'Poison that QMP injects is listed as injected by the host.',
    source: 'planted',
    symptom: /"source": "injected"/,
  },
  'clear-poison-keeps-it': {
    summary: 'Clear Poison writes its data, and what was poisoned still is.',
    source: 'planted',
    symptom: /"DPA"/,
  },
  'clear-poison-clears-range': {
    summary: 'Clear Poison takes the whole of a poisoned range off the list, not the one line.',
    source: 'planted',
    symptom: /"DPA"/,
  },
  'poison-overflow-untold': {
    summary: 'Get Poison List does not say that there was more poison than room.',
    source: 'planted',
    symptom: /Received: false/,
  },
  'poison-from-the-start': {
    summary: 'The second line of a device is poisoned from the start.',
    source: 'planted',
    symptom: /"DPA"/,
  },
  'poison-list-takes-any-address': {
    summary: 'Get Poison List takes an address in the midst of a line.',
    source: 'planted',
    symptom: /"Success"/,
  },
  'poison-list-ignores-range': {
    summary: 'Get Poison List tells of all poison, whatever range is asked for.',
    source: 'planted',
    symptom: /"DPA"/,
  },
  'poison-lost-at-reset': {
    summary: 'A device forgets what is poisoned when the machine is reset.',
    source: 'planted',
    symptom: /"DPA"/,
  },
  'scan-finds-only-the-unlisted': {
    summary: 'Scan Media finds only poison for which there was no room in the poison list.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_media_scan_media()',
    releases: [{ from: '9.1' }],
    symptom: /"count"/,
  },
  'scan-records-without-source': {
    summary: 'Get Scan Media Results does not say where poison comes from.',
    source: `came with d29b7f3dd4, tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_get_scan_media_results()`,
    releases: [{ from: '9.2' }],
    symptom: /"data": "00/,
  },
  'scan-results-cut-off': {
    summary: 'Get Scan Media Results forgets what one answer has no room for.',
    source: 'planted',
    symptom: /./,
  },
  'scan-range-wraps': {
    summary: 'A range to be scanned whose end wraps at 2^64 passes the check.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_media_scan_media(), cmd_media_get_scan_media_capabilities()`,
    releases: [{ from: '9.1' }],
    symptom: /"dev": "(Success|Background Started)"/,
  },
  'scan-takes-any-address': {
    summary: 'A range to be scanned can begin in the midst of a line.',
    source: 'planted',
    symptom: /./,
  },
  'scan-beyond-capacity-accepted': {
    summary: 'Media are scanned beyond the capacity of the device.',
    source: 'planted',
    symptom: /./,
  },
  'scan-results-before-any': {
    summary: 'There are results of a scan, though none has been done.',
    source: 'planted',
    symptom: /./,
  },
} as const satisfies Record<string, Quirk>;
