/** Quirks of the mailbox of a switch. */
import type { Quirk } from './quirk';

export const switchQuirks = {
  'switch-timestamp-aborts': {
    summary: 'The mailbox of a switch lists Get Timestamp and Set Timestamp; either ends QEMU by SIGABRT.',
    source:
      'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_timestamp_get() takes a switch for a Type 3 device',
    releases: [{ from: '8.2' }],
  },
  'switch-without-serial': {
    summary: 'A switch tells its mailbox no serial number.',
    source: 'planted',
  },
  'switch-forgets-upstream-port': {
    summary: 'A switch counts its downstream ports alone.',
    source: 'planted',
  },
  'port-list-cut-short': {
    summary: 'A switch tells the state of one port, however many are asked for.',
    source: 'planted',
  },
  'unknown-port-has-state': {
    summary: 'A switch tells the state of ports that it does not have.',
    source: 'planted',
  },
  'ports-always-empty': {
    summary: 'A switch says that nothing is connected to any port.',
    source: 'planted',
  },
  'port-link-of-port-alone': {
    summary:
      'A switch says that the link of a port is as fast and wide as the port can be, whatever is connected to it.',
    source: 'planted',
  },
  'port-list-unbounded': {
    summary: 'A switch that is asked for more ports than are listed takes what lies behind the list for port numbers.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_get_physical_port_state() does not compare',
    releases: [{ from: '8.2' }],
    byChance: 'what lies behind the list is another number in each start, and Success if it is a port',
  },
  'port-version-told-late': {
    summary:
      'A switch says of a port at first that its device has flits of 256 bytes, unless its Link Status was read.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_get_physical_port_state()',
    releases: [{ from: '11.0' }],
  },
  'port-reset-ignored': {
    summary: 'Physical Port Control succeeds, and resets nothing.',
    source: 'planted',
  },
  'port-control-takes-anything': {
    summary: 'Physical Port Control succeeds for ports that there are not, and for operations that there are not.',
    source: 'planted',
  },
  'port-control-in-any-order': {
    summary: 'PERST# of a port can be deasserted when nobody has asserted it.',
    source: 'planted',
  },
  'port-stays-in-reset': {
    summary: 'PERST# of a port that was asserted is never deasserted.',
    source: 'planted',
  },
  'tunnel-leads-elsewhere': {
    summary: 'A tunnelled command reaches the first device of the switch, whatever the port.',
    source: 'planted',
  },
  'tunnel-takes-anything': {
    summary: 'A switch tunnels what is no request, or names no port.',
    source: 'planted',
  },
  'tunnel-hides-refusals': {
    summary: 'A tunnelled command that is refused is answered with success.',
    source: 'planted',
  },
  'message-limit-unchecked': {
    summary: 'A device takes any limit for the length of its answers.',
    source: 'planted',
  },
  'message-limit-stays': {
    summary: 'Set Response Message Limit succeeds, and the limit is what it was.',
    source: 'planted',
  },
  'fm-region-divides-by-zero': {
    summary: 'Set DC Region Configuration for a region that there is not ends QEMU by SIGFPE.',
    source:
      'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_fm_set_dc_region_config() does not look how many there are',
    releases: [{ from: '10.1' }],
  },
  'fm-region-change-untold': {
    summary: 'A region that a fabric manager configures is configured without a record for the host.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_fm_set_dc_region_config()',
    releases: [{ from: '10.1' }],
  },
  'fm-extents-length-unchecked': {
    summary: 'A fabric manager that sends less than it says is answered as if the rest were there.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_fm_initiate_dc_add(), cmd_fm_initiate_dc_release()',
    releases: [{ from: '10.1' }],
  },
  'fm-empty-offer-crashes': {
    summary: 'Initiate Dynamic Capacity Add without extents ends QEMU by SIGSEGV.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_fm_initiate_dc_add()',
    releases: [{ from: '10.1' }],
  },
  'fm-capacity-unchecked': {
    summary: 'Whatever a fabric manager asks of dynamic capacity succeeds, and does nothing.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
