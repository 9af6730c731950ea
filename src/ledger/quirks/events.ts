/** Quirks of event logs, of the commands that read and clear them, and of what is injected into them. */
import type { Quirk } from './quirk';

const EVENTS = 'hw/cxl/cxl-events.c';
const INJECTION = 'hw/mem/cxl_type3.c: qmp_cxl_inject_general_media_event() and its like';
/** Since when there are records. */
const RECORDS = [{ from: '8.1' }] as const;

export const eventQuirks = {
  'event-commands-idle': {
    summary:
      'Get Event Records answers that there are none, in whatever log; Clear Event Records answers its own input.',
    source: 'tried on 7.2.22; hw/cxl/cxl-mailbox-utils.c: DEFINE_MAILBOX_HANDLER_ZEROED(), gone with 22d7e3be07',
    releases: [{ from: '7.1', fixedIn: '8.1' }],
  },
  'more-event-records-always': {
    summary: 'Get Event Records says that there are more records, though it has told of them all.',
    source: `tried on 10.0.13 and 11.1.3; ${EVENTS}: cxl_event_get_records()`,
    releases: RECORDS,
  },
  'wrong-event-handle-is-invalid-input': {
    summary: 'Clear Event Records answers Invalid Input, not Invalid Handle, if an older record would stay behind.',
    source: `tried on 10.0.13 and 11.1.3; ${EVENTS}: cxl_event_clear_records()`,
    releases: RECORDS,
  },
  'surplus-event-handles-ignored': {
    summary: 'Clear Event Records takes handles beyond the last record of the log for nothing, and succeeds.',
    source: `tried on 10.0.13 and 11.1.3; ${EVENTS}: cxl_event_clear_records()`,
    releases: RECORDS,
  },
  'clear-all-event-records-ignored': {
    summary: 'Clear Event Records ignores the flag Clear All Events.',
    source: `tried on 10.0.13 and 11.1.3; ${EVENTS}: cxl_event_clear_records()`,
    releases: RECORDS,
  },
  'event-payload-too-long-accepted': {
    summary: 'Clear Event Records and Set Event Interrupt Policy take payloads that are longer than what they hold.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_events_clear_records()',
    releases: RECORDS,
  },
  'event-status-lost-at-reset': {
    summary: 'After a reset Event Status says that all logs are empty; the records are still there.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: cxl_device_register_init_t3()',
    releases: RECORDS,
  },
  'component-id-loses-last-byte': {
    summary: 'The component identifier of an injected event, 16 bytes of text, loses the last of them.',
    source: `tried on 10.0.13, not so on 11.1.3; ${INJECTION}`,
    releases: [{ from: '8.1', fixedIn: '11.1' }],
  },
  'component-id-leaks-memory': {
    summary: "A component identifier of fewer than 16 bytes is filled up with what lies behind it in QEMU's memory.",
    source: `tried on 11.1.3, not so on 10.0.13; ${INJECTION}`,
    releases: [{ from: '11.1' }],
    byChance: 'what lies behind it is something else in each start',
  },
  'informational-event-needs-maintenance': {
    summary: 'An event that asks for maintenance can be injected into the informational log.',
    source: `gone with e5b7d31243, tried on 10.0.13, not so on 11.1.3; ${INJECTION}`,
    releases: [{ from: '8.1', fixedIn: '11.0' }],
  },
  'event-status-never-set': {
    summary: 'Event Status has no bit set for logs with records.',
    source: 'planted',
  },
  'event-in-wrong-log': {
    summary: 'An event lands in the log after the one that it is for.',
    source: 'planted',
  },
  'event-status-always-set': {
    summary: 'Event Status says that all logs have records.',
    source: 'planted',
  },
  'event-policy-preset': {
    summary: 'All event logs interrupt by MSI-X, though nobody has asked for it.',
    source: 'planted',
  },
  'injection-into-others-ignored': {
    summary: 'QMP succeeds in injecting into what is no memory device, and does nothing.',
    source: 'planted',
  },
  'event-records-cleared-out-of-order': {
    summary: 'Clear Event Records takes any handles, and clears as many of the oldest records.',
    source: 'planted',
  },
  'event-log-unchecked': {
    summary: 'The code of an event log is taken modulo their number.',
    source: 'planted',
  },
  'event-handles-start-over': {
    summary: 'Handles begin at 1 again when a log is empty.',
    source: 'planted',
  },
  'event-overflow-forgotten': {
    summary: 'What finds no room in an event log is not counted.',
    source: 'planted',
  },
  'event-overflow-has-one-time': {
    summary: 'The first overflow timestamp of an event log is that of the last.',
    source: 'planted',
  },
  'event-overflow-replaces-oldest': {
    summary: 'A full event log drops its oldest record for a new one.',
    source: 'planted',
  },
  'event-optional-fields-always-valid': {
    summary: 'A record says that fields are valid which the injected event did not have.',
    source: 'planted',
  },
  'event-injection-unchecked': {
    summary: 'QMP succeeds in injecting what it has no room for, or misses something of, and does nothing.',
    source: 'planted',
  },
  'event-policy-one-vector': {
    summary: 'All event logs interrupt by the vector of the informational one.',
    source: 'planted',
  },
  'event-log-survives-as-cleared': {
    summary: 'A reset empties the event logs.',
    source: 'planted',
  },
  'payload-length-unchecked': {
    summary: 'Commands with an input of a fixed length take any other, as if the missing bytes were zero.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
