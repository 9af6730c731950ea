/** Quirks of resets: what stays that has to go, what goes that has to stay, and what can be reset. */
import { MAILBOX_ROWS } from '../../codec/cxl/device';
import { GPF_DEVICE_ROWS, PORT_EXTENSIONS_ROWS } from '../../codec/cxl/port-dvsec';
import { AER_ROWS } from '../../codec/pci/aer';
import { DeviceControl, DeviceControl2 } from '../../codec/pci/express';
import type { Quirk } from './quirk';
import { RANGES, resetsAsFunction, survives } from './register-changes';

export const resetQuirks = {
  'switch-ports-reset-as-functions': {
    summary: 'Ports of a switch have Function Level Reset, which resets all that is behind them; only endpoints may.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/pci-bridge/cxl_upstream.c, cxl_downstream.c: pcie_cap_flr_init()',
    releases: [{ from: '7.1' }],
    registers: ['upstream port', 'downstream port'].map(resetsAsFunction),
  },
  'port-dvsecs-survive-reset': {
    summary: 'What software has written to the DVSECs of a port survives a reset.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: cxl_component_create_dvsec()',
    releases: [{ from: '7.1' }],
    registers: [
      ...PORT_EXTENSIONS_ROWS.registers.map(({ name }) => survives(`${PORT_EXTENSIONS_ROWS.name} ${name}`)),
      survives('GPF of a Port DVSEC Phase Control'),
      survives('Flex Bus Port DVSEC Control and Status'),
    ],
  },
  'device-dvsecs-survive-reset': {
    summary: 'Control 2, Lock and the range bases of the DVSEC for CXL Devices survive a reset, as does its GPF DVSEC.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3d_reset()',
    releases: [{ from: '7.1' }],
    registers: [
      'CXL Device DVSEC Control 2 and Status 2',
      'CXL Device DVSEC Lock',
      ...RANGES.flatMap((n) => ['High', 'Low'].map((half) => `CXL Device DVSEC Range ${n} Base ${half}`)),
      ...GPF_DEVICE_ROWS.registers.map(({ name }) => `${GPF_DEVICE_ROWS.name} ${name}`),
    ].map(survives),
  },
  'express-control-survives-reset': {
    summary: 'Device Control of a memory device and End-End TLP Prefix Blocking of any function survive a reset.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3d_reset(), no pcie_cap_deverr_reset()',
    releases: [{ from: '7.1' }],
    registers: [
      { register: 'PCI Express Device Control and Status', sticky: DeviceControl.clearable },
      { ...survives('PCI Express Device Control and Status'), of: 'endpoint' },
      { register: 'PCI Express Device Control 2', sticky: DeviceControl2.encode({ prefixBlocking: true }) },
    ],
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
    registers: MAILBOX_ROWS.registers.map(({ name }) => survives(`${MAILBOX_ROWS.name} ${name}`)),
  },
  'ras-cleared-by-hot-reset': {
    summary: 'A hot reset restores the masks and severities of RAS and clears its status, which are sticky.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: ras_init_common()',
    releases: [{ from: '7.1' }],
  },
  'aer-cleared-by-hot-reset': {
    summary: 'A hot reset restores the masks and severities of AER, which are sticky.',
    source: 'planted',
    registers: AER_ROWS.registers.map(({ name }) => ({ register: `${AER_ROWS.name} ${name}`, sticky: 0 })),
  },
  'decoders-survive-reset': {
    summary: 'HDM decoders keep their bases in a reset.',
    source: 'planted',
    registers: [survives('HDM Decoder 0 baseLow')],
  },
  'root-port-resets-as-function': {
    summary: 'A root port has Function Level Reset; only endpoints may.',
    source: 'planted',
    registers: [resetsAsFunction('root port')],
  },
} as const satisfies Record<string, Quirk>;
