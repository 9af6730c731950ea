/** Quirks of dynamic capacity: regions, offers, extents. */
import type { Quirk } from './quirk';

const COMMANDS = 'hw/cxl/cxl-mailbox-utils.c';
const SINCE = [{ from: '9.1' }] as const;

export const dynamicCapacityQuirks = {
  'dc-empty-response-crashes': {
    summary: 'Add Dynamic Capacity Response without extents ends QEMU if nothing is offered.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_dcd_add_dyn_cap_rsp()`,
    releases: SINCE,
  },
  'dc-extent-list-counts-pending': {
    summary: 'Get Dynamic Capacity Extent List has an empty extent for each that is offered and not accepted.',
    source: `fe63feb7e8; tried on 11.1.3, not so on 10.0.13; ${COMMANDS}: cmd_dcd_get_dyn_cap_ext_list()`,
    releases: [{ from: '10.1' }],
  },
  'dc-extents-uncounted': {
    summary: 'Get Dynamic Capacity Configuration does not count extents that are offered and not accepted.',
    source: `tried on 10.0.13, not so on 11.1.3, gone with fe63feb7e8; ${COMMANDS}: cmd_dcd_get_dyn_cap_config()`,
    releases: [{ from: '9.1', fixedIn: '10.1' }],
  },
  'dc-extent-generation-stays': {
    summary: 'The generation number of the extent list is 0, whatever becomes of the list.',
    source: `tried on 10.0.13 and 11.1.3; ${COMMANDS}: cmd_dcd_get_dyn_cap_ext_list()`,
    releases: SINCE,
  },
  'dc-tag-lost': {
    summary: 'The tag of cxl-add-dynamic-capacity is in no event record, and in no extent of the extent list.',
    source: 'tried on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: qmp_cxl_add_dynamic_capacity() does not pass it on',
    releases: SINCE,
  },
  'dc-last-record-has-more': {
    summary: 'The last record of extents that are offered together says that more follow.',
    source: 'gone with 80ee960f8d; hw/mem/cxl_type3.c: cxl_create_dc_event_records_for_extents()',
    releases: [{ from: '9.1', fixedIn: '9.2' }],
  },
  'dc-extent-list-repeats-first': {
    summary: 'Get Dynamic Capacity Extent List has the right extents only at its beginning.',
    source: `gone with 802671c37a; ${COMMANDS}: cmd_dcd_get_dyn_cap_ext_list()`,
    releases: [{ from: '9.1', fixedIn: '9.2' }],
  },
  'dc-offer-overflows-log': {
    summary:
      'An offer of dynamic capacity, or a request for its release, succeeds though the event log has no room for all its records: the last one says that more follow, and what no record offers stays pending.',
    source:
      'tried on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: qmp_cxl_process_dynamic_capacity_prescriptive(), hw/cxl/cxl-mailbox-utils.c: cmd_fm_initiate_dc_add(), cmd_fm_initiate_dc_release()',
    releases: SINCE,
  },
  'dc-offers-unlimited': {
    summary: 'QMP offers more extents than the device can keep track of.',
    source: 'tried on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: qmp_cxl_process_dynamic_capacity_prescriptive()',
    releases: SINCE,
  },
  'dc-accepted-counted-twice': {
    summary:
      'Add Dynamic Capacity Response answers Resources Exhausted though there is room: it counts the extents that it accepts on top of those that they were offered as.',
    source: `fe63feb7e8; tried on 11.1.3, not so on 10.0.13; ${COMMANDS}: cmd_dcd_add_dyn_cap_rsp()`,
    releases: [{ from: '10.1' }],
  },
  'dc-extents-unlimited': {
    summary:
      'Add Dynamic Capacity Response, Release Dynamic Capacity and Initiate Capacity Add know no limit of extents.',
    source: 'planted',
  },
  'dc-reached-before-accepted': {
    summary: 'Dynamic capacity can be used before it is accepted, and after it was released.',
    source: 'planted',
  },
  'dc-never-reached': {
    summary: 'Dynamic capacity cannot be used though it was accepted.',
    source: 'planted',
  },
  'dc-list-start-unchecked': {
    summary: 'Lists of regions and extents can be asked for from behind their end.',
    source: 'planted',
  },
  'dc-response-unchecked': {
    summary: 'A host can accept what was not offered, and release what it does not have.',
    source: 'planted',
  },
  'dc-requests-unchecked': {
    summary: 'QMP accepts offers and release requests that it should refuse, and does nothing.',
    source: 'planted',
  },
  'dc-accepted-from-the-start': {
    summary: 'The last block of the last region is accepted, though nobody has offered it.',
    source: 'planted',
  },
  'dc-accepted-as-offered': {
    summary: 'Who accepts part of an offer has all of it.',
    source: 'planted',
  },
  'dc-rejected-stays-offered': {
    summary: 'What a host does not want is still offered.',
    source: 'planted',
  },
  'dc-release-by-force': {
    summary: 'Capacity whose release is requested is gone at once, before the host has released it.',
    source: 'planted',
  },
  'dc-release-ignored': {
    summary: 'Release Dynamic Capacity succeeds, and releases nothing.',
    source: 'planted',
  },
  'dc-regions-overlap': {
    summary: 'Regions of dynamic capacity all begin where the static capacity ends.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
