/** CXL r3.1 Section 8.1: Configuration Space Registers: the DVSECs of a CXL device, by DVSEC id. */
import { RO, RW, RWL, register32 } from '../register';
import { ALL_BITS, registerRows } from '../register-rows';

export const CXL_VENDOR = 0x1e98;

/** CXL r3.1 Table 8-2: CXL DVSEC ID Assignment. */
export const DVSEC_ID = {
  device: 0,
  portExtensions: 3,
  gpfPort: 4,
  gpfDevice: 5,
  flexBusPort: 7,
  registerLocator: 8,
} as const;

/** DVSEC id in the low half, CXL Capability in the high half. */
export const DeviceCapability = register32({
  id: RO(15, 0),
  cache: RO(16),
  io: RO(17),
  mem: RO(18),
  memHwInit: RO(19),
  hdmCount: RO(21, 20),
});

/** Section 8.1.3.2: DVSEC CXL Control, with CXL Status in the high half. */
export const DeviceControl = register32({
  cacheEnable: RWL(0),
  ioEnable: RO(1),
  memEnable: RWL(2),
  snoopFilterCoverage: RWL(7, 3),
  snoopFilterGranularity: RWL(10, 8),
  cleanEviction: RWL(11),
  viralEnable: RWL(14),
  viral: RO(30),
});

/** Section 8.1.3.4: DVSEC CXL Control 2, with CXL Status 2 in the high half. */
export const DeviceControl2 = register32({
  disableCaching: RW(0),
  initiateWriteBack: RW(1),
  initiateReset: RW(2),
  resetClearsMemory: RW(3),
  cacheInvalid: RO(16),
  resetComplete: RO(17),
});

/** Section 8.1.3.6: DVSEC CXL Lock, with CXL Capability 2 in the high half. Once set, what is RWL stays as it is. */
export const DeviceLock = register32({ configLock: RW(0), capability2: RO(31, 16) });

/** Section 8.1.3.12: DVSEC CXL Capability 3. */
export const DeviceCapability3 = register32({ volatileResetStates: RO(3, 0), directP2p: RO(4) });

/** Section 8.1.3.8.4: DVSEC CXL Range 1 Base Low. */
export const RangeBaseLow = register32({ base: RWL(31, 28) });

/** Section 8.1.3.8.2: DVSEC CXL Range 1 Size Low. */
export const RangeSizeLow = register32({
  infoValid: RO(0),
  active: RO(1),
  mediaType: RO(4, 2),
  memoryClass: RO(7, 5),
  sizeLow: RO(31, 28),
});

/** The high and the low part of a range's size, as Range Size High and Low hold them; in bytes, a multiple of 256 MiB. */
export const partsOfRangeSize = (size: bigint) => ({
  high: Number(size >> 32n),
  low: Number((size >> 28n) & 0xfn),
});

/** CXL r3.1 Section 8.1.9.1: Register Offset Low; the offset counts 64 KiB. */
export const RegisterBlockLow = register32({ bar: RO(2, 0), id: RO(15, 8), offset: RO(31, 16) });

const RANGE_STRIDE = 0x10;

/** Of one of the two ranges. */
const rangeRows = (n: number) =>
  ({
    rangeSizeHigh: { at: 0x18 + n * RANGE_STRIDE, name: `Range ${n + 1} Size High` },
    rangeSizeLow: { at: 0x1c + n * RANGE_STRIDE, name: `Range ${n + 1} Size Low`, register: RangeSizeLow },
    rangeBaseHigh: { at: 0x20 + n * RANGE_STRIDE, name: `Range ${n + 1} Base High`, writable: ALL_BITS },
    rangeBaseLow: { at: 0x24 + n * RANGE_STRIDE, name: `Range ${n + 1} Base Low`, register: RangeBaseLow },
  }) as const;
const [first, second] = [rangeRows(0), rangeRows(1)];

/** CXL r3.1 Section 8.1.3: PCIe DVSEC for CXL Devices. */
export const DEVICE_DVSEC_ROWS = registerRows('CXL Device DVSEC', {
  capability: { at: 0x08, name: 'Capability', register: DeviceCapability },
  control: {
    at: 0x0c,
    name: 'Control and Status',
    register: DeviceControl,
    value: DeviceControl.encode({ ioEnable: true }),
  },
  control2: {
    at: 0x10,
    name: 'Control 2 and Status 2',
    register: DeviceControl2,
    value: DeviceControl2.encode({ resetComplete: true }),
  },
  lock: { at: 0x14, name: 'Lock', register: DeviceLock },
  ...first,
  range2SizeHigh: second.rangeSizeHigh,
  range2SizeLow: second.rangeSizeLow,
  range2BaseHigh: second.rangeBaseHigh,
  range2BaseLow: second.rangeBaseLow,
  capability3: { at: 0x38, name: 'Capability 3', register: DeviceCapability3 },
});
export const DEVICE_DVSEC = { ...DEVICE_DVSEC_ROWS.at, rangeStride: RANGE_STRIDE } as const;

/** CXL r3.1 Section 8.1.9: Register Locator DVSEC: of each block, low and high half of its offset. */
export const REGISTER_LOCATOR_ROWS = registerRows('Register Locator DVSEC', {
  block1Low: { at: 0x0c, name: 'Register Block 1 Low', register: RegisterBlockLow },
  block1High: { at: 0x10, name: 'Register Block 1 High' },
  block2Low: { at: 0x14, name: 'Register Block 2 Low', register: RegisterBlockLow },
  block2High: { at: 0x18, name: 'Register Block 2 High' },
  block3Low: { at: 0x1c, name: 'Register Block 3 Low', register: RegisterBlockLow },
  block3High: { at: 0x20, name: 'Register Block 3 High' },
});
export const REGISTER_LOCATOR = { firstBlock: REGISTER_LOCATOR_ROWS.at.block1Low, blockSize: 8 } as const;

export const BLOCK_ID = { component: 1, device: 3 } as const;
