/** Every register that has a name here, behind the name of its structure. */
import { BI_DECODER_REGISTERS } from '../codec/cxl/component';
import { DVSECS } from '../codec/cxl/dvsec-map';
import { RAS_REGISTERS } from '../codec/cxl/ras';
import { AER_REGISTERS } from '../codec/pci/aer';
import { LAYOUT } from '../codec/pci/configuration';
import { DOE_REGISTERS } from '../codec/pci/doe';
import { EXPRESS_REGISTERS } from '../codec/pci/express';
import { HEADER_REGISTERS } from '../codec/pci/header-map';

const named = (structure: string, registers: readonly { readonly name: string }[]): string[] =>
  registers.map(({ name }) => `${structure} ${name}`);

const DEVICE_REGISTERS = [
  'capability array Capabilities Array',
  'Device Status Event Status',
  'Primary Mailbox Capabilities',
  'Primary Mailbox Control',
  'Primary Mailbox Command',
  'Primary Mailbox Status',
  'Primary Mailbox Background Command Status',
  'Memory Device Status',
];

export const REGISTER_NAMES: readonly string[] = [
  ...named('header', [...HEADER_REGISTERS[LAYOUT.endpoint], ...HEADER_REGISTERS[LAYOUT.bridge]]),
  ...named('PCI Express', EXPRESS_REGISTERS),
  ...named('AER', AER_REGISTERS),
  ...Object.values(DVSECS).flatMap(({ name, registers }) => named(`${name} DVSEC`, registers)),
  ...named('RAS', RAS_REGISTERS),
  ...named('DOE', DOE_REGISTERS),
  'capability array CXL Capability Header',
  'MSI Message Control',
  'HDM Decoder Capability',
  'HDM Decoder 0 baseLow',
  'Link Layer Capability',
  'HDM Decoder Capability',
  'HDM Decoder 0 Control',
  ...named('BI Decoder', BI_DECODER_REGISTERS),
  ...DEVICE_REGISTERS,
];
