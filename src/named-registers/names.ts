/** Every register that has a name here, behind the name of its structure. */
import { BI_DECODER_ROWS } from '../codec/cxl/component';
import { DEVICE_STATUS_ROWS, MAILBOX_ROWS, MEMORY_DEVICE_ROWS } from '../codec/cxl/device';
import { DVSECS } from '../codec/cxl/dvsec-map';
import { decoderRows, HDM_ROWS } from '../codec/cxl/hdm';
import { RAS_ROWS } from '../codec/cxl/ras';
import { ACS_ROWS } from '../codec/pci/acs';
import { AER_ROWS } from '../codec/pci/aer';
import { HEADER_ROWS } from '../codec/pci/configuration';
import { DOE_ROWS } from '../codec/pci/doe';
import { EXPRESS_ROWS } from '../codec/pci/express';

const LISTED = [
  ...Object.values(HEADER_ROWS),
  EXPRESS_ROWS,
  AER_ROWS,
  ACS_ROWS,
  DOE_ROWS,
  ...Object.values(DVSECS),
  RAS_ROWS,
  HDM_ROWS,
  ...[0, 1, 2, 3].map(decoderRows),
  BI_DECODER_ROWS,
  DEVICE_STATUS_ROWS,
  MAILBOX_ROWS,
  MEMORY_DEVICE_ROWS,
];

export const REGISTER_NAMES: readonly string[] = [
  ...LISTED.flatMap(({ name, registers }) => registers.map((each) => `${name} ${each.name}`)),
  'capability array CXL Capability Header',
  'MSI Message Control',
  'Link Layer Capability',
  'capability array Capabilities Array',
];
