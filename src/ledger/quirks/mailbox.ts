/** Quirks of the mailbox itself, of background operations, and of media that are disabled. */
import { ALL_BITS } from '../../codec/register-rows';
import type { Quirk } from './quirk';

export const mailboxQuirks = {
  'mailbox-narrow-write-aborts': {
    summary: 'A write of 8 or 16 bits to a register of the mailbox ends QEMU by SIGABRT.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_reg_write()',
    releases: [{ from: '7.1' }],
  },
  'payload-length-above-mailbox-accepted': {
    summary:
      'A Payload Length above what the mailbox holds is not refused by commands with an input of varying length.',
    source:
      'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_reg_write() does not compare; 7.2: hw/cxl/cxl-mailbox-utils.c: cxl_process_mailbox()',
    releases: [{ from: '7.1' }],
  },
  'payload-length-in-16-bits': {
    summary: 'Of the Payload Length, which has 20 bits, the lower 16 count.',
    source: 'tried on 7.2.22, not so on 10.0.13; hw/cxl/cxl-mailbox-utils.c: cxl_process_mailbox()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
  'payload-read-behind-mailbox': {
    summary: "Commands whose Payload Length is above what the mailbox holds read their input on in QEMU's memory.",
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_reg_write(), pl_in_copy',
    releases: [{ from: '7.1' }],
    byChance: 'what lies behind the mailbox differs between builds and machines',
  },
  'mailbox-registers-by-one-width': {
    summary:
      'Mailbox Control takes writes of 32 bits alone, the Command Register those of 64 bits alone; others are lost.',
    source:
      'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_mem_writel(), mailbox_mem_writeq()',
    releases: [{ from: '7.1' }],
  },
  'mailbox-control-keeps-reserved': {
    summary: 'Mailbox Control keeps what is written to its reserved bits.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_mem_writel()',
    releases: [{ from: '7.1' }],
    registers: [{ register: 'Primary Mailbox Control', writable: ALL_BITS }],
  },
  'refused-command-yields-its-input': {
    summary: 'A command that is refused leaves its own input as output.',
    source: 'tried on 7.2.22, not so on 10.0.13; hw/cxl/cxl-mailbox-utils.c: cxl_process_mailbox()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
  'background-status-by-wide-reads': {
    summary:
      'Background Command Status, read in 32 bits, is what was written or read of it in 64 bits last, and not what is so now.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_reg_read(), mailbox_mem_writeq()',
    releases: [{ from: '8.2' }],
    registers: [{ register: 'Primary Mailbox Background Command Status', writable: ALL_BITS }],
  },
  'background-bit-of-last-command': {
    summary:
      'Mailbox Status says that an operation runs in the background only until it has made progress, or another command came.',
    source: 'tried on 10.0.13; hw/cxl/cxl-device-utils.c: mailbox_reg_read()',
    releases: [{ from: '8.2', fixedIn: '10.1' }],
  },
  'background-bit-before-any': {
    summary: 'Mailbox Status says that an operation runs in the background when none has ever been started.',
    source: 'tried on 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_reg_read(), thread 20250617214832',
    releases: [{ from: '10.1' }],
  },
  'background-progress-since-power-on': {
    summary: 'How much of a background operation is done is told by the time since power-on.',
    source: 'gone with 8352756ffa; hw/cxl/cxl-mailbox-utils.c: bg_timercb()',
    releases: [{ from: '8.2', fixedIn: '9.2' }],
  },
  'background-vector-missing': {
    summary: 'The end of a background operation interrupts by a vector that is not there, which ends QEMU by SIGABRT.',
    source: 'gone with 1ce979e726, which 8.2.9, 9.1.3 and 9.2.1 have too; hw/mem/cxl_type3.c: ct3_realize()',
    releases: [
      { from: '8.2', fixedIn: '8.2.9' },
      { from: '9.0', fixedIn: '9.1.3' },
      { from: '9.2', fixedIn: '9.2.1' },
    ],
  },
  'background-interrupt-unasked': {
    summary: 'The end of a background operation interrupts though Mailbox Control says that it must not.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: bg_timercb()',
    releases: [{ from: '8.2' }],
  },
  'background-tick-after-reset-aborts': {
    summary: 'QEMU ends by SIGABRT one second after a reset that came while an operation ran in the background.',
    source: 'tried on 10.0.13; hw/cxl/cxl-mailbox-utils.c: bg_timercb(), cxl_init_cci() makes a second timer',
    releases: [{ from: '8.2', fixedIn: '10.1' }],
  },
  'background-completes-after-reset': {
    summary: 'A background operation that a reset has ended is completed one second later.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: bg_timercb(), cxl_init_cci() makes a second timer',
    releases: [{ from: '10.1' }],
  },
  'media-disabled-ignored': {
    summary: 'While the media are disabled, commands and software reach them all the same.',
    source: '75b800dd3b, tried on 10.0.13 and 11.1.3; include/hw/cxl/cxl_device.h: cxl_dev_media_disabled()',
    releases: [{ from: '9.1' }],
  },
  'media-status-always-ready': {
    summary: 'Memory Device Status says that the media are ready while they are disabled.',
    source: 'gone with f7509f462c; hw/cxl/cxl-device-utils.c: mdev_reg_read()',
    releases: [{ from: '8.2', fixedIn: '9.0' }],
  },
  'reset-enables-media': {
    summary: 'Media that an interrupted Sanitize has left disabled are ready after a reset.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: cxl_device_register_init_t3()',
    releases: [{ from: '8.2' }],
  },
  'unsupported-succeeds': {
    summary: 'A command that the device does not have succeeds.',
    source: 'planted',
  },
  'background-operations-pile-up': {
    summary: 'A command that runs in the background is accepted while another does.',
    source: 'planted',
  },
  'background-progress-never-told': {
    summary: 'A background operation reports no progress.',
    source: 'planted',
  },
  'abort-of-the-nearly-done': {
    summary: 'A background operation can be aborted just before its end.',
    source: 'planted',
  },
  'sanitize-leaves-media-enabled': {
    summary: 'Sanitize does not disable the media.',
    source: 'planted',
  },
  'sanitize-never-enables-media': {
    summary: 'The media stay disabled after a Sanitize has succeeded.',
    source: 'planted',
  },
  'sanitize-forgets-media': {
    summary: 'Sanitize succeeds and leaves the media as they are.',
    source: 'planted',
  },
  'events-survive-sanitize': {
    summary: 'Sanitize leaves the event logs as they are.',
    source: 'hw/cxl/cxl-mailbox-utils.c: __do_sanitization(), fixed by 7d65874ba0; not so on 10.0.13 and 11.1.3',
    releases: [{ from: '8.2', fixedIn: '9.1' }],
  },
  'sanitize-forgets-labels': {
    summary: 'Sanitize leaves the Label Storage Area as it is.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
