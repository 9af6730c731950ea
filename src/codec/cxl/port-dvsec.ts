/** CXL r3.1 Section 8.1: Configuration Space Registers: the DVSECs of ports, and those that ports and devices have. */
import { RO, RW, register32 } from '../register';

/** CXL r3.1 Section 8.1.5: CXL Extensions DVSEC for Ports. */
export const PORT_EXTENSIONS = {
  status: 0x08,
  control: 0x0c,
  alternateMemory: 0x10,
  alternatePrefetchable: 0x14,
  alternatePrefetchableBaseHigh: 0x18,
  alternatePrefetchableLimitHigh: 0x1c,
  size: 0x28,
} as const;

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

/** CXL r3.1 Section 8.1.6: GPF DVSEC for CXL Port. */
export const GPF_PORT = { header: 0x08, phases: 0x0c, size: 0x10 } as const;

/** Sections 8.1.6.1 and 8.1.6.2: how long each phase may take: base, and scale in powers of ten from 1 us. */
export const GpfPortPhases = register32({
  phase1Base: RW(3, 0),
  phase1Scale: RW(11, 8),
  phase2Base: RW(19, 16),
  phase2Scale: RW(27, 24),
});

/** CXL r3.1 Section 8.1.7: GPF DVSEC for CXL Device. */
export const GPF_DEVICE = { duration: 0x08, power: 0x0c, size: 0x10 } as const;

/** DVSEC id in the low half, GPF Phase 2 Duration in the high half: base, and scale in powers of ten from 1 us. */
export const GpfDuration = register32({ id: RO(15, 0), base: RW(19, 16), scale: RW(27, 24) });

/** Section 8.1.7.2: GPF Phase 2 Power, in mW. */
export const GpfPower = register32({ milliwatts: RW(31, 0) });

/** CXL r3.1 Section 8.1.8: PCIe DVSEC for Flex Bus Port; registers from `capability2` on are those of CXL 3. */
export const FLEX_BUS_PORT = {
  capability: 0x08,
  control: 0x0c,
  receivedTsData: 0x10,
  capability2: 0x14,
  control2: 0x18,
  status2: 0x1c,
} as const;

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
