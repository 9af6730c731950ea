/** Quirks of Get Supported Logs and Get Log. */
import type { Quirk } from './quirk';

export const logQuirks = {
  'unknown-log-unsupported': {
    summary: 'Get Log of a log that does not exist is Unsupported, and not Invalid Log.',
    source: 'tried on 7.2.22, not so on 10.0.13; hw/cxl/cxl-mailbox-utils.c: cmd_logs_get_log()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
  'log-bounds-of-array': {
    summary: 'Get Log yields zeros behind the end of the Command Effects Log.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_logs_get_log()',
    releases: [{ from: '7.1' }],
  },
  'log-offset-counts-entries': {
    summary: 'Get Log takes an offset for a number of entries of 4 bytes.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_logs_get_log(): cel_log + offset',
    releases: [{ from: '7.1' }],
  },
  'log-end-wraps': {
    summary: 'A part of a log whose end wraps at 4 GiB passes the check, and QEMU ends by SIGSEGV.',
    source: 'gone with a3995360ae, tried on 7.2.22, not so on 10.0.13; hw/cxl/cxl-mailbox-utils.c: cmd_logs_get_log()',
    releases: [{ from: '7.1', fixedIn: '9.2' }],
  },
  'supported-logs-keep-payload': {
    summary: 'Get Supported Logs leaves in its reserved bytes what was in the payload registers before.',
    source: 'tried on 7.2.22, not so on 10.0.13; hw/cxl/cxl-mailbox-utils.c: cmd_logs_get_supported()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
} as const satisfies Record<string, Quirk>;
