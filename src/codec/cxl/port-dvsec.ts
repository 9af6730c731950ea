/** CXL r3.1 Section 8.1: Configuration Space Registers: the DVSECs of ports, and those that ports and devices have. */
import { RO, RW, register32 } from '../register';
import { ALL_BITS, registerRows } from '../register-rows';
import { DVSEC_ID } from './dvsec';

/** DVSEC id in the low half, CXL Port Extension Status in the high half. */
export const PortExtensionStatus = register32({ id: RO(15, 0), initialized: RO(16), viral: RO(30) });

/** Section 8.1.5.2: Port Control Extensions, with base and limit of alternate buses in the high half. */
export const PortExtensionControl = register32({
  unmaskSecondaryBusReset: RW(0),
  unmaskLinkDisable: RW(1),
  alternateMemoryEnable: RW(2),
  alternateBmeEnable: RW(3),
  viralEnable: RW(14),
  alternateBusBase: RW(23, 16),
  alternateBusLimit: RW(31, 24),
});

/** Sections 8.1.5.5 to 8.1.5.8: Alternate Memory Base and Limit, in MiB as in a bridge's window. */
export const AlternateMemory = register32({ base: RW(15, 4), limit: RW(31, 20) });

/** Sections 8.1.6.1 and 8.1.6.2: how long each phase may take: base, and scale in powers of ten from 1 us. */
export const GpfPortPhases = register32({
  phase1Base: RW(3, 0),
  phase1Scale: RW(11, 8),
  phase2Base: RW(19, 16),
  phase2Scale: RW(27, 24),
});

/** DVSEC id in the low half, GPF Phase 2 Duration in the high half: base, and scale in powers of ten from 1 us. */
export const GpfDuration = register32({ id: RO(15, 0), base: RW(19, 16), scale: RW(27, 24) });

/** Section 8.1.7.2: GPF Phase 2 Power, in mW. */
export const GpfPower = register32({ milliwatts: RW(31, 0) });

/** DVSEC id in the low half, DVSEC Flex Bus Port Capability in the high half. */
export const FlexBusCapability = register32({
  id: RO(15, 0),
  cache: RO(16),
  io: RO(17),
  mem: RO(18),
  flit68: RO(21),
  multiLogicalDevice: RO(22),
});

/** Section 8.1.8.2: DVSEC Flex Bus Port Control, of a root port, with DVSEC Flex Bus Port Status in the high half. */
export const FlexBusControl = register32({
  cacheEnable: RW(0),
  ioEnable: RO(1),
  memEnable: RW(2),
  syncHeaderBypass: RW(3),
  driftBuffer: RW(4),
  flit68Enable: RW(5),
  multiLogicalDeviceEnable: RO(6),
  disableRtdTest: RW(7),
  cache: RO(16),
  io: RO(17),
  mem: RO(18),
  flit68: RO(21),
  multiLogicalDevice: RO(22),
});

export const FlexBusReceived = register32({ modifiedTsData: RO(23, 0) });

/** CXL r3.1 Section 8.1.5: CXL Extensions DVSEC for Ports. */
export const PORT_EXTENSIONS_ROWS = registerRows('CXL Extensions for Ports DVSEC', {
  status: { at: 0x08, name: 'Port Extension Status', register: PortExtensionStatus },
  control: { at: 0x0c, name: 'Port Control Extensions', register: PortExtensionControl },
  alternateMemory: { at: 0x10, name: 'Alternate Memory', register: AlternateMemory },
  alternatePrefetchable: { at: 0x14, name: 'Alternate Prefetchable Memory', register: AlternateMemory },
  alternatePrefetchableBaseHigh: { at: 0x18, name: 'Alternate Prefetchable Base High', writable: ALL_BITS },
  alternatePrefetchableLimitHigh: { at: 0x1c, name: 'Alternate Prefetchable Limit High', writable: ALL_BITS },
});
export const PORT_EXTENSIONS_SIZE = 0x28;

/** CXL r3.1 Section 8.1.6: GPF DVSEC for CXL Port: a microsecond for each phase. */
export const GPF_PORT_ROWS = registerRows('GPF of a Port DVSEC', {
  phases: {
    at: 0x0c,
    name: 'Phase Control',
    register: GpfPortPhases,
    value: GpfPortPhases.encode({ phase1Base: 1, phase2Base: 1 }),
  },
});

/** CXL r3.1 Section 8.1.7: GPF DVSEC for CXL Device: 3 s, 51 mW. */
export const GPF_DEVICE_ROWS = registerRows('GPF of a Device DVSEC', {
  duration: {
    at: 0x08,
    name: 'Phase 2 Duration',
    register: GpfDuration,
    value: GpfDuration.encode({ id: DVSEC_ID.gpfDevice, base: 3, scale: 6 }),
  },
  power: { at: 0x0c, name: 'Phase 2 Power', register: GpfPower, value: GpfPower.encode({ milliwatts: 0x33 }) },
});
/** Of either. */
export const GPF_SIZE = 0x10;

/** CXL r3.1 Section 8.1.8: PCIe DVSEC for Flex Bus Port; registers from `capability2` on are those of CXL 3. */
export const FLEX_BUS_PORT_ROWS = registerRows('Flex Bus Port DVSEC', {
  capability: { at: 0x08, name: 'Capability', register: FlexBusCapability },
  control: { at: 0x0c, name: 'Control and Status', register: FlexBusControl },
  receivedTsData: { at: 0x10, name: 'Received Modified TS Data', register: FlexBusReceived },
  capability2: { at: 0x14, name: 'Capability 2' },
  control2: { at: 0x18, name: 'Control 2' },
  status2: { at: 0x1c, name: 'Status 2' },
});
