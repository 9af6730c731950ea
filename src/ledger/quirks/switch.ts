/** Quirks of the mailbox of a switch. */
import type { Quirk } from './quirk';

export const switchQuirks = {
  'switch-timestamp-aborts': {
    summary: 'The mailbox of a switch lists Get Timestamp and Set Timestamp; either ends QEMU by SIGABRT.',
    source:
      'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_timestamp_get() takes a switch for a Type 3 device',
    releases: [{ from: '8.2' }],
    symptom: /SIGABRT/,
  },
  'switch-without-serial': {
    summary: 'A switch tells its mailbox no serial number.',
    source: 'planted',
    symptom: /"serial number"/,
  },
  'switch-forgets-upstream-port': {
    summary: 'A switch counts its downstream ports alone.',
    source: 'planted',
    symptom: /"physical ports"/,
  },
  'port-list-cut-short': {
    summary: 'A switch tells the state of one port, however many are asked for.',
    source: 'planted',
    symptom: /"count"/,
  },
  'unknown-port-has-state': {
    summary: 'A switch tells the state of ports that it does not have.',
    source: 'planted',
    symptom: /Success/,
  },
  'ports-always-empty': {
    summary: 'A switch says that nothing is connected to any port.',
    source: 'planted',
    symptom: /"connected device"/,
  },
  'tunnel-leads-elsewhere': {
    summary: 'A tunnelled command reaches the first device of the switch, whatever the port.',
    source: 'planted',
    symptom: /./,
  },
  'tunnel-takes-anything': {
    summary: 'A switch tunnels what is no request, or names no port.',
    source: 'planted',
    symptom: /Success/,
  },
  'tunnel-hides-refusals': {
    summary: 'A tunnelled command that is refused is answered with success.',
    source: 'planted',
    symptom: /"return code"/,
  },
} as const satisfies Record<string, Quirk>;
