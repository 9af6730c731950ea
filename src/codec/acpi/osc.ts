/**
 * How software asks for control of a host bridge: ACPI 6.5 Section 6.2.11: _OSC; PCI Firmware Specification 3.3
 * Section 4.5.1: _OSC Interface for PCI Host Bridge Devices; CXL r3.1 Section 9.18.2: CXL _OSC.
 */
import { DecodeError } from '../decode-error';
import { struct, u32 } from '../struct';
import type { AcpiDevice } from './namespace';
import { uuid } from './uuid';

/** Interfaces by name. */
export const OSC_INTERFACES = {
  PCI: '33db4d5b-1ff7-401c-9657-7441c03dd766',
  CXL: '68f2d50b-c469-4d8a-bd3d-941a103fd3fc',
} as const;

/** What can be asked for, by bit, of PCI and of CXL. */
const PCI_CONTROL = ['PCIe hot-plug', 'SHPC hot-plug', 'PME', 'AER', 'PCIe capability', 'LTR', 'reserved bit 6', 'DPC'];
const CXL_CONTROL = ['memory error reporting', 'reserved bit 1'];

/** What the first word answers, by bit; bit 0 is the query's own. */
const STATUS = ['', 'failure', 'unknown UUID', 'unknown revision', 'control masked'];

const Words = struct('_OSC capabilities', { status: u32, support: u32, control: u32 });
const CxlWords = struct('CXL _OSC capabilities', { support: u32, control: u32 });

export interface OscRequest {
  /** UUID of the interface. */
  readonly interface: string;
  readonly revision: number;
  /** Whether the answer alone is wanted. */
  readonly query?: boolean;
  /** Names of what control is asked for. */
  readonly control: readonly string[];
}

export interface OscAnswer {
  readonly status: readonly string[];
  readonly granted: readonly string[];
}

/** What `device` answers to a request, which has CXL words too if it is of that interface. @throws DecodeError if it has no _OSC */
export function askForControl(device: AcpiDevice, request: OscRequest): OscAnswer {
  const isCxl = request.interface === OSC_INTERFACES.CXL;
  const capabilities = Buffer.concat([
    Words.encode({ status: request.query ? 1 : 0, control: bitsOf(request.control, PCI_CONTROL) }),
    ...(isCxl ? [CxlWords.encode({ control: bitsOf(request.control, CXL_CONTROL) })] : []),
  ]);
  const words = BigInt(capabilities.length / 4);
  const answer = device.evaluate('_OSC', uuid(request.interface), BigInt(request.revision), words, capabilities);
  if (!(answer instanceof Uint8Array)) throw new DecodeError(`${device.path}._OSC`, 'yields no buffer');
  const { status, control } = Words.decode(answer);
  const cxl = isCxl ? CxlWords.decode(answer, Words.size).control : 0;
  return {
    status: namesOf(status, STATUS).filter(Boolean),
    granted: [...namesOf(control, PCI_CONTROL), ...namesOf(cxl, CXL_CONTROL)],
  };
}

const bitsOf = (names: readonly string[], all: readonly string[]): number =>
  all.reduce((bits, name, i) => (names.includes(name) ? bits | (1 << i) : bits), 0);

const namesOf = (bits: number, all: readonly string[]): string[] =>
  Array.from({ length: 32 }, (_, i) => i).flatMap((i) => ((bits >>> i) & 1 ? [all[i] ?? `bit ${i}`] : []));
