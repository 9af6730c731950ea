/** What is in the blocks of registers that CXL defines: CXL r3.1 Sections 8.2.4 and 8.2.8. */
import {
  BI_DECODER,
  BI_DECODER_ROWS,
  CAPABILITY_ID,
  CapabilityElement,
  CapabilityHeader,
} from '../codec/cxl/component';
import {
  CapabilitiesArray,
  DEVICE_CAPABILITY,
  DEVICE_STATUS_ROWS,
  DeviceCapabilityHeader,
  MAILBOX_ROWS,
  MEMORY_DEVICE_ROWS,
} from '../codec/cxl/device';
import { decoderCount, decoderOffset, decoderRows, HDM_ROWS, HdmCapability } from '../codec/cxl/hdm';
import { RAS, RAS_ROWS } from '../codec/cxl/ras';
import { type Kind, type NamedRegister, type Structure, unknown, wordAt } from './structure';

const LINK_SIZE = 0x38;
const NO_ID = 0;

/** Of components, those that have one size. */
const COMPONENT: Readonly<Record<number, Kind>> = {
  [CAPABILITY_ID.ras]: { ...RAS_ROWS, size: RAS.size },
  [CAPABILITY_ID.link]: { name: 'Link', size: LINK_SIZE, registers: [{ at: 0, name: 'Layer Capability' }] },
  [CAPABILITY_ID.extendedSecurity]: unknown('Extended Security'),
  [CAPABILITY_ID.snoopFilter]: unknown('Snoop Filter'),
  [CAPABILITY_ID.biDecoder]: { ...BI_DECODER_ROWS, size: BI_DECODER.size },
};

/** The capability array and what it leads to, in its order. */
export function componentStructures(bytes: Uint8Array): Structure[] {
  const { arraySize } = CapabilityHeader.decode(wordAt(bytes, 0));
  const positions = Array.from({ length: arraySize }, (_, i) => 4 * (i + 1));
  const elements = positions.map((at, i) => ({ at, name: `Element ${i + 1}`, register: CapabilityElement }));
  const header = { at: 0, name: 'CXL Capability Header', register: CapabilityHeader };
  const array = { name: 'capability array', start: 0, size: 4 * (arraySize + 1), registers: [header, ...elements] };
  const found = positions.map((at) => CapabilityElement.decode(wordAt(bytes, at))).filter(({ pointer }) => pointer > 0);
  return [array, ...found.map(({ id, pointer }) => ({ ...componentKind(bytes, id, pointer), start: pointer }))];
}

/** QEMU leaves the decoders of a passthrough host bridge where they are, and takes away the id. */
function componentKind(bytes: Uint8Array, id: number, pointer: number): Kind {
  if (id !== CAPABILITY_ID.hdmDecoder && id !== NO_ID) return COMPONENT[id] ?? unknown(`capability ${id}`);
  const count = decoderCount(HdmCapability.decode(wordAt(bytes, pointer)).decoderCount);
  const name = id === NO_ID ? 'Null' : 'HDM Decoder';
  return { name, size: decoderOffset(count, 'baseLow'), registers: hdmRegisters(count) };
}

const hdmRegisters = (count: number): NamedRegister[] => [
  ...HDM_ROWS.registers,
  ...Array.from({ length: count }, (_, n) => decoderRows(n).registers).flat(),
];

const DEVICE: Readonly<Record<number, Omit<Kind, 'size'>>> = {
  [DEVICE_CAPABILITY.status]: DEVICE_STATUS_ROWS,
  [DEVICE_CAPABILITY.mailbox]: MAILBOX_ROWS,
  [DEVICE_CAPABILITY.memoryDeviceStatus]: MEMORY_DEVICE_ROWS,
};

/** The capability array and what it leads to, in its order. */
export function deviceStructures(bytes: Uint8Array): Structure[] {
  const { count } = CapabilitiesArray.decode(bytes);
  const headers = Array.from({ length: count }, (_, i) => CapabilitiesArray.size + i * DeviceCapabilityHeader.size);
  const size = CapabilitiesArray.size + count * DeviceCapabilityHeader.size;
  const array = { name: 'capability array', start: 0, size, registers: [{ at: 0, name: 'Capabilities Array' }] };
  const structures = headers.map((at) => {
    const { id, offset, length } = DeviceCapabilityHeader.decode(bytes, at);
    return { ...(DEVICE[id] ?? unknown(`capability ${id}`)), start: offset, size: length };
  });
  return [array, ...structures];
}
