/** Quirks of single commands that some QEMU has. */
import type { Quirk } from './quirk';

export const commandQuirks = {
  'abort-effect-is-secondary-mailbox': {
    summary:
      'The Command Effects Log says bit 7, Secondary Mailbox Supported, of commands that can be aborted, and not bit 8.',
    source: 'tried on 11.1.3; include/hw/cxl/cxl_mailbox.h: CXL_MBOX_BACKGROUND_OPERATION_ABORT',
    releases: [{ from: '10.1' }],
  },
  'label-read-wants-no-input': {
    summary: 'Get LSA is refused unless it has no input.',
    source: 'gone with 66a2356485; hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set[]',
    releases: [{ from: '7.1', fixedIn: '7.2' }],
  },
  'labels-never-written': {
    summary: 'Set LSA is refused as having the wrong length, whatever it has.',
    source: 'gone with 4f41b4e445; hw/cxl/cxl-mailbox-utils.c: cxl_process_mailbox()',
    releases: [{ from: '7.1', fixedIn: '7.2' }],
  },
  'label-offset-wraps': {
    summary: 'An offset into the Label Storage Area that wraps at 4 GiB passes the check, and QEMU ends by SIGABRT.',
    source: 'gone with df66b85f35, tried on 7.2.22; hw/cxl/cxl-mailbox-utils.c: cmd_ccls_get_lsa()',
    releases: [{ from: '7.1', fixedIn: '9.2' }],
  },
  'label-write-short-input': {
    summary: 'Set LSA succeeds with less input than its own header.',
    source: 'gone with 5300bdf589, tried on 7.2.22; hw/cxl/cxl-mailbox-utils.c: cmd_ccls_set_lsa()',
    releases: [{ from: '7.1', fixedIn: '9.2' }],
  },
  'labels-of-no-length-abort': {
    summary: 'Get LSA of nothing and Set LSA of nothing end QEMU by SIGABRT.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: validate_lsa_access()',
    releases: [{ from: '7.1' }],
  },
  'label-read-beyond-payload-aborts': {
    summary: 'Get LSA of more than the mailbox can hold ends QEMU by SIGABRT.',
    source: 'tried on 7.2.22; hw/cxl/cxl-mailbox-utils.c: cxl_process_mailbox()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
  'label-read-overruns-payload': {
    summary: 'Get LSA of more than the mailbox can hold succeeds, and overruns it.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_ccls_get_lsa()',
    releases: [{ from: '8.2' }],
  },
  'firmware-info-of-odd-capacity': {
    summary: 'Get FW Info succeeds on a device whose capacities are no multiples of 256 MiB.',
    source: 'gone with 0564019bf1, tried on 7.2.22; hw/cxl/cxl-mailbox-utils.c: cmd_firmware_update_get_info()',
    releases: [{ from: '7.1', fixedIn: '9.2' }],
  },
  'firmware-offset-wraps': {
    summary: 'Transfer FW counts offsets in 32 bits: one that is 4 GiB too high is as good as the right one.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_firmware_update_transfer()',
    releases: [{ from: '9.1' }],
  },
  'firmware-short-input': {
    summary: 'Transfer FW takes less input than its own header.',
    source:
      'gone with the input checks of 9.2, f4a12ba66b to c5e36a5a6a; hw/cxl/cxl-mailbox-utils.c: cmd_firmware_update_transfer()',
    releases: [{ from: '9.1', fixedIn: '9.2' }],
  },
  'firmware-forgotten-at-reset': {
    summary: 'A reset forgets all firmware that was transferred, and which was to be activated by it.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cxl_init_cci()',
    releases: [{ from: '9.1' }],
  },
  'firmware-transfer-waits-by-wall-clock': {
    summary: 'A firmware transfer waits 30 s of the world for its next part, and not of the machine.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_firmware_update_transfer()',
    releases: [{ from: '9.1' }],
  },
  'ecs-log-of-each-fru': {
    summary: 'The ECS feature has a type of log entry for each media FRU.',
    source: 'gone with d1853190db; include/hw/cxl/cxl_device.h: CXLMemECSReadAttrs',
    releases: [{ from: '9.1', fixedIn: '9.2' }],
  },
  'feature-short-input': {
    summary: 'Set Feature takes less input than its own header.',
    source:
      'gone with the input checks of 9.2, f4a12ba66b to c5e36a5a6a; hw/cxl/cxl-mailbox-utils.c: cmd_features_set_feature()',
    releases: [{ from: '9.1', fixedIn: '9.2' }],
  },
  'feature-without-data-taken': {
    summary: 'Set Feature succeeds without data, and sets zeros.',
    source: 'gone with c5e36a5a6a, tried on 9.1.50; hw/cxl/cxl-mailbox-utils.c: cmd_features_set_feature()',
    releases: [{ from: '9.1', fixedIn: '9.2' }],
  },
  'feature-written-past-end': {
    summary: 'Set Feature writes behind the end of the attributes.',
    source:
      'gone with the input checks of 9.2, f4a12ba66b to c5e36a5a6a; hw/cxl/cxl-mailbox-utils.c: cmd_features_set_feature()',
    releases: [{ from: '9.1', fixedIn: '9.2' }],
  },
  'repair-feature-written-past-end': {
    summary:
      'Set Feature writes behind the end of the attributes of features of repair: post package repair and sparing.',
    source: 'gone with b71a179148; hw/cxl/cxl-mailbox-utils.c: cmd_features_set_feature()',
    releases: [{ from: '11.0', fixedIn: '11.1' }],
    byChance: 'QEMU overwrites memory of its own that follows the attributes',
  },
  'feature-transfer-zeroes-what-follows': {
    summary: 'A feature transfer of more parts than the attributes have bytes ends with zeros in the feature behind.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_features_set_feature(), data_size',
    releases: [{ from: '9.2' }],
  },
  'feature-refusals-unspecific': {
    summary: 'A wrong version or selection of a feature is Unsupported, and not the return code made for it.',
    source:
      'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_features_get_feature(), cmd_features_set_feature()',
    releases: [{ from: '9.1' }],
  },
  'feature-part-without-start': {
    summary: 'A later part of a feature transfer is taken that nobody has started.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_features_set_feature()',
    releases: [{ from: '9.1' }],
  },
  'feature-transfer-survives-reset': {
    summary: 'A feature transfer goes on after a reset.',
    source: 'tried on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3d_reset()',
    releases: [{ from: '9.1' }],
  },
  'no-feature-in-transfer': {
    summary: 'Get Feature of the identifier that is all zeros is Feature Transfer In Progress.',
    source: 'tried on 10.0.13 and 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_features_get_feature()',
    releases: [{ from: '9.1' }],
  },
  'maintenance-without-input-crashes': {
    summary:
      'Perform Maintenance with less input than its fields is not refused; without input it ends QEMU by SIGSEGV.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_media_perform_maintenance()',
    releases: [{ from: '11.0' }],
  },
  'spares-of-any-subclass': {
    summary: 'Perform Maintenance that asks for resources takes any subclass.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_media_perform_maintenance()',
    releases: [{ from: '11.0' }],
  },
  'enabled-alerts-said-programmable': {
    summary:
      'Get Alert Configuration says of the alerts that are enabled that they alone are programmable, and of none that it is valid.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_get_alert_config()',
    releases: [{ from: '10.1' }],
  },
  'alerts-enabled-unasked': {
    summary: 'Set Alert Configuration enables each alert that it has a threshold for, and disables none.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_set_alert_config()',
    releases: [{ from: '10.1' }],
  },
  'alert-temperatures-unsigned': {
    summary: 'Set Alert Configuration takes temperatures below zero for very high ones.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_set_alert_config()',
    releases: [{ from: '10.1' }],
  },
  'refused-alerts-half-set': {
    summary: 'Set Alert Configuration that is refused for one threshold has set those before it.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: cmd_set_alert_config()',
    releases: [{ from: '10.1' }],
  },
  'media-operations-list-discovery': {
    summary: 'Discovery of media operations lists itself, before the operations on media.',
    source: 'gone with 20beec283b, tried on 10.0.50; hw/cxl/cxl-mailbox-utils.c: media_operations_discovery()',
    releases: [{ from: '10.1', fixedIn: '11.0' }],
  },
  'media-operations-beyond-the-last': {
    summary: 'A discovery of media operations yields as many as were asked for, whether or not there are so many.',
    source: 'gone with 25465c0e1f; hw/cxl/cxl-mailbox-utils.c: media_operations_discovery()',
    releases: [{ from: '10.1', fixedIn: '11.0' }],
  },
  'media-operation-misses-persistent': {
    summary: 'Media operations on persistent capacity that lies behind volatile capacity miss it.',
    source: 'tried on 11.1.3; hw/cxl/cxl-mailbox-utils.c: sanitize_range()',
    releases: [{ from: '10.1' }],
  },
} as const satisfies Record<string, Quirk>;
