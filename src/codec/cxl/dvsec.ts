/** CXL r3.1 Section 8.1: Configuration Space Registers: the DVSECs of a CXL device, by DVSEC id. */
import { RO, RW, RWL, register32 } from '../register';

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

/** CXL r3.1 Section 8.1.3: PCIe DVSEC for CXL Devices. Offsets from the start of the DVSEC. */
export const DEVICE_DVSEC = {
  capability: 0x08,
  control: 0x0c,
  control2: 0x10,
  lock: 0x14,
  rangeSizeHigh: 0x18,
  rangeSizeLow: 0x1c,
  rangeBaseHigh: 0x20,
  rangeBaseLow: 0x24,
  rangeStride: 0x10,
  capability3: 0x38,
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

/** CXL r3.1 Section 8.1.9: Register Locator DVSEC: blocks of two registers each from here. */
export const REGISTER_LOCATOR = { firstBlock: 0x0c, blockSize: 8 } as const;

/** CXL r3.1 Section 8.1.9.1: Register Offset Low; the offset counts 64 KiB. */
export const RegisterBlockLow = register32({ bar: RO(2, 0), id: RO(15, 8), offset: RO(31, 16) });

export const BLOCK_ID = { component: 1, device: 3 } as const;
