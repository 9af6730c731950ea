/** Quirks of resets: what stays that has to go, what goes that has to stay, and what can be reset. */
import type { Quirk } from './quirk';

export const resetQuirks = {
  'switch-ports-reset-as-functions': {
    summary: 'Ports of a switch have Function Level Reset, which resets all that is behind them; only endpoints may.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/pci-bridge/cxl_upstream.c, cxl_downstream.c: pcie_cap_flr_init()',
    releases: [{ from: '7.1' }],
  },
  'port-dvsecs-survive-reset': {
    summary: 'What software has written to the DVSECs of a port survives a reset.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: cxl_component_create_dvsec()',
    releases: [{ from: '7.1' }],
  },
  'device-dvsecs-survive-reset': {
    summary: 'Control 2, Lock and the range bases of the DVSEC for CXL Devices survive a reset, as does its GPF DVSEC.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3d_reset()',
    releases: [{ from: '7.1' }],
  },
  'express-control-survives-reset': {
    summary: 'Device Control of a memory device and End-End TLP Prefix Blocking of any function survive a reset.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3d_reset(), no pcie_cap_deverr_reset()',
    releases: [{ from: '7.1' }],
  },
  'doe-survives-reset': {
    summary: 'A DOE mailbox keeps its interrupt enable, its error and its data object in a reset.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/pci/pcie_doe.c: nothing resets DOECap',
    releases: [{ from: '7.1' }],
  },
  'mailbox-survives-reset': {
    summary: 'A reset leaves Mailbox Control, the Command Register and the payload as they are.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_reg_init_common()',
    releases: [{ from: '7.1' }],
  },
  'ras-cleared-by-hot-reset': {
    summary: 'A hot reset restores the masks and severities of RAS and clears its status, which are sticky.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: ras_init_common()',
    releases: [{ from: '7.1' }],
  },
  'aer-cleared-by-hot-reset': {
    summary: 'A hot reset restores the masks and severities of AER, which are sticky.',
    source: 'planted',
  },
  'decoders-survive-reset': {
    summary: 'HDM decoders keep their bases in a reset.',
    source: 'planted',
  },
  'root-port-resets-as-function': {
    summary: 'A root port has Function Level Reset; only endpoints may.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
