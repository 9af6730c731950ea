/** CXL r3.1 Section 8.1: what is where in the DVSECs, by name. */
import {
  DEVICE_DVSEC,
  DeviceCapability,
  DeviceCapability3,
  DeviceControl,
  DeviceControl2,
  DeviceLock,
  DVSEC_ID,
  RangeBaseLow,
  RangeSizeLow,
  REGISTER_LOCATOR,
  RegisterBlockLow,
} from './dvsec';
import {
  FLEX_BUS_PORT,
  FlexBusCapability,
  FlexBusControl,
  FlexBusReceived,
  GPF_DEVICE,
  GPF_PORT,
  GpfDuration,
  GpfPortPhases,
  GpfPower,
  PORT_EXTENSIONS,
  PortExtensionControl,
  PortExtensionStatus,
} from './port-dvsec';

const rangeRegisters = [1, 2].flatMap((n, i) => [
  { at: DEVICE_DVSEC.rangeSizeHigh + i * DEVICE_DVSEC.rangeStride, name: `Range ${n} Size High` },
  { at: DEVICE_DVSEC.rangeSizeLow + i * DEVICE_DVSEC.rangeStride, name: `Range ${n} Size Low`, register: RangeSizeLow },
  { at: DEVICE_DVSEC.rangeBaseHigh + i * DEVICE_DVSEC.rangeStride, name: `Range ${n} Base High` },
  { at: DEVICE_DVSEC.rangeBaseLow + i * DEVICE_DVSEC.rangeStride, name: `Range ${n} Base Low`, register: RangeBaseLow },
]);

/** What each DVSEC is called, and what is where in it. */
export const DVSECS = {
  [DVSEC_ID.device]: {
    name: 'CXL Device',
    registers: [
      { at: DEVICE_DVSEC.capability, name: 'Capability', register: DeviceCapability },
      { at: DEVICE_DVSEC.control, name: 'Control and Status', register: DeviceControl },
      { at: DEVICE_DVSEC.control2, name: 'Control 2 and Status 2', register: DeviceControl2 },
      { at: DEVICE_DVSEC.lock, name: 'Lock', register: DeviceLock },
      ...rangeRegisters,
      { at: DEVICE_DVSEC.capability3, name: 'Capability 3', register: DeviceCapability3 },
    ],
  },
  [DVSEC_ID.portExtensions]: {
    name: 'CXL Extensions for Ports',
    registers: [
      { at: PORT_EXTENSIONS.status, name: 'Port Extension Status', register: PortExtensionStatus },
      { at: PORT_EXTENSIONS.control, name: 'Port Control Extensions', register: PortExtensionControl },
    ],
  },
  [DVSEC_ID.gpfPort]: {
    name: 'GPF of a Port',
    registers: [{ at: GPF_PORT.phases, name: 'Phase Control', register: GpfPortPhases }],
  },
  [DVSEC_ID.gpfDevice]: {
    name: 'GPF of a Device',
    registers: [
      { at: GPF_DEVICE.duration, name: 'Phase 2 Duration', register: GpfDuration },
      { at: GPF_DEVICE.power, name: 'Phase 2 Power', register: GpfPower },
    ],
  },
  [DVSEC_ID.flexBusPort]: {
    name: 'Flex Bus Port',
    registers: [
      { at: FLEX_BUS_PORT.capability, name: 'Capability', register: FlexBusCapability },
      { at: FLEX_BUS_PORT.control, name: 'Control and Status', register: FlexBusControl },
      { at: FLEX_BUS_PORT.receivedTsData, name: 'Received Modified TS Data', register: FlexBusReceived },
      { at: FLEX_BUS_PORT.capability2, name: 'Capability 2' },
      { at: FLEX_BUS_PORT.control2, name: 'Control 2' },
      { at: FLEX_BUS_PORT.status2, name: 'Status 2' },
    ],
  },
  [DVSEC_ID.registerLocator]: {
    name: 'Register Locator',
    registers: [0, 1, 2].flatMap((n) => [
      {
        at: REGISTER_LOCATOR.firstBlock + n * REGISTER_LOCATOR.blockSize,
        name: `Register Block ${n + 1} Low`,
        register: RegisterBlockLow,
      },
      { at: REGISTER_LOCATOR.firstBlock + n * REGISTER_LOCATOR.blockSize + 4, name: `Register Block ${n + 1} High` },
    ]),
  },
} as const;
