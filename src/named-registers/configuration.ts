/** What is in configuration space: PCI Express Base 6.0 Section 7.5, and the DVSECs of CXL r3.1 Section 8.1. */
import { CXL_VENDOR } from '../codec/cxl/dvsec';
import { DVSECS } from '../codec/cxl/dvsec-map';
import { ACS, ACS_ROWS } from '../codec/pci/acs';
import { AER, AER_ROWS } from '../codec/pci/aer';
import {
  Capability,
  DVSEC,
  DvsecHeader1,
  DvsecHeader2,
  EXTENDED_CAPABILITIES,
  EXTENDED_ID,
  ExtendedCapability,
  SERIAL_NUMBER,
} from '../codec/pci/capability';
import { CONFIG, HEADER_ROWS, HeaderType, LAYOUT } from '../codec/pci/configuration';
import { DOE, DOE_ROWS } from '../codec/pci/doe';
import { EXPRESS_ROWS, PCI_EXPRESS } from '../codec/pci/express';
import { MSI, MSIX, MsiControl, SUBSYSTEM } from '../codec/pci/msi';
import { type Kind, type Structure, unknown, wordAt } from './structure';

const HEADER_SIZE = 0x40;

const CAPABILITIES: Readonly<Record<number, Kind>> = {
  [PCI_EXPRESS.id]: { ...EXPRESS_ROWS, size: PCI_EXPRESS.size },
  [MSI.id]: {
    name: 'MSI',
    size: MSI.size,
    registers: [{ at: 0, name: 'Message Control', register: MsiControl }],
  },
  [MSIX.id]: { name: 'MSI-X', size: MSIX.size, registers: [] },
  [SUBSYSTEM.id]: { name: 'Subsystem', size: SUBSYSTEM.size, registers: [] },
};

const EXTENDED: Readonly<Record<number, Kind>> = {
  [EXTENDED_ID.aer]: { ...AER_ROWS, size: AER.size },
  [EXTENDED_ID.serialNumber]: { name: 'Device Serial Number', size: SERIAL_NUMBER.size, registers: [] },
  [EXTENDED_ID.acs]: { ...ACS_ROWS, size: ACS.size },
  [EXTENDED_ID.doe]: { ...DOE_ROWS, size: DOE.size },
};

/** The header and all capabilities, as the lists lead to them. A list that comes back to itself ends there. */
export function configurationStructures(bytes: Uint8Array): Structure[] {
  const { layout } = HeaderType.decode(wordAt(bytes, CONFIG.headerType));
  const rows = HEADER_ROWS[layout === LAYOUT.bridge ? LAYOUT.bridge : LAYOUT.endpoint];
  const header = { ...rows, start: 0, size: HEADER_SIZE };
  return [header, ...capabilities(bytes), ...extendedCapabilities(bytes)];
}

const capabilities = (bytes: Uint8Array): Structure[] =>
  walk(bytes[CONFIG.capabilities] ?? 0, (start) => {
    const raw = wordAt(bytes, start);
    const { id, next } = Capability.decode(raw);
    const wider = id === MSI.id && MsiControl.decode(raw).address64 ? MSI.wider : 0;
    const { size, ...kind } = CAPABILITIES[id] ?? unknown(`capability ${id}`);
    return { next, kind: { ...kind, size: size && size + wider } };
  });

const extendedCapabilities = (bytes: Uint8Array): Structure[] =>
  walk(EXTENDED_CAPABILITIES, (start) => {
    const { id, next } = ExtendedCapability.decode(wordAt(bytes, start));
    const kind = id === EXTENDED_ID.dvsec ? dvsec(bytes, start) : EXTENDED[id];
    return { next, kind: kind ?? unknown(`extended capability ${id}`) };
  });

function walk(first: number, read: (start: number) => { next: number; kind: Kind }): Structure[] {
  const found: Structure[] = [];
  const seen = new Set([0]);
  for (let start = first; !seen.has(start); ) {
    seen.add(start);
    const { next, kind } = read(start);
    found.push({ ...kind, start });
    start = next;
  }
  return found;
}

function dvsec(bytes: Uint8Array, start: number): Kind {
  const { vendorId, length } = DvsecHeader1.decode(wordAt(bytes, start + DVSEC.header1));
  const { id } = DvsecHeader2.decode(wordAt(bytes, start + DVSEC.header2));
  const known = vendorId === CXL_VENDOR ? (DVSECS as Record<number, Omit<Kind, 'size'>>)[id] : undefined;
  const header = { at: DVSEC.header1, name: 'Header 1', register: DvsecHeader1 };
  const registers = (known?.registers ?? []).filter(({ at }) => at < length); // revisions differ in length
  const of = known ? { dvsec: id } : {};
  return { name: known?.name ?? `${id} DVSEC`, size: length, registers: [header, ...registers], ...of };
}
