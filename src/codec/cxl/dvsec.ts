/** CXL r3.1 Section 8.1: Configuration Space Registers: the DVSECs of a CXL device, by DVSEC id. */
import { RO, RW, register32 } from '../register';

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
  rangeSizeHigh: 0x18,
  rangeSizeLow: 0x1c,
  rangeBaseHigh: 0x20,
  rangeBaseLow: 0x24,
  rangeStride: 0x10,
} as const;

/** DVSEC id in the low half, CXL Capability in the high half. */
export const DeviceCapability = register32({
  id: RO(15, 0),
  io: RO(17),
  mem: RO(18),
  memHwInit: RO(19),
  hdmCount: RO(21, 20),
});

/** Section 8.1.3.2: DVSEC CXL Control, with CXL Status in the high half. */
export const DeviceControl = register32({ ioEnable: RW(1), memEnable: RW(2) });

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
