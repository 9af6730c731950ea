/** PCI configuration space. PCI Express Base 6.0 Section 7.5.1: PCI-Compatible Configuration Registers. */
import type { Range } from '../range';
import { RO, RW, RW1C, register32 } from '../register';
import { ALL_BITS, registerRows } from '../register-rows';

export const Identity = register32({ vendorId: RO(15, 0), deviceId: RO(31, 16) });

/** What {@link CONFIG}.identity reads as where no function answers. */
export const NO_FUNCTION = 0xffff_ffff;

/** Section 7.5.1.1.3: Command Register, with Status in the high half. */
export const Command = register32({
  ioSpace: RW(0),
  memorySpace: RW(1),
  busMaster: RW(2),
  reportSystemError: RW(8),
  interruptDisable: RW(10),
  interruptStatus: RO(19),
  capabilitiesList: RO(20),
  conventional66MHz: RO(21),
  fastBackToBack: RO(23),
  signaledSystemError: RW1C(30),
});

export const ClassRevision = register32({ revision: RO(7, 0), classCode: RO(31, 8) });

export const HeaderType = register32({ cacheLineSize: RW(7, 0), layout: RO(22, 16), multiFunction: RO(23) });

/** Sections 7.5.1.1.12 and 7.5.1.1.13: Interrupt Line and Interrupt Pin, with a bridge's control register in the high half. */
export const Interrupt = register32({ line: RW(7, 0), pin: RO(15, 8) });
export const BridgeControl = register32({
  reportParityError: RW(16),
  reportSystemError: RW(17),
  isa: RW(18),
  vga: RW(19),
  vga16: RW(20),
  secondaryBusReset: RW(22),
});

/** Layouts of the header: an endpoint's and a bridge's. */
export const LAYOUT = { endpoint: 0, bridge: 1 } as const;

/** How many BARs each layout has. */
export const BAR_COUNT: Readonly<Record<number, number>> = { 0: 6, 1: 2 };

/** Section 7.5.1.2.1: Base Address Registers; of the one that holds the low half. */
export const Bar = register32({ ioSpace: RO(0), type: RO(2, 1), prefetchable: RO(3), address: RW(31, 4) });

/** {@link Bar}.type of a BAR that the next one continues. */
export const BAR_64_BIT = 2;

/** Section 7.5.1.3: Type 1 Configuration Space Header. */
export const BusNumbers = register32({ primary: RW(7, 0), secondary: RW(15, 8), subordinate: RW(23, 16) });

/** Base and limit in 4 KiB, inclusive, with Secondary Status in the high half. */
export const IoWindow = register32({ base: RW(7, 4), limit: RW(15, 12) });

/** Base and limit in MiB, inclusive. */
export const MemoryWindow = register32({ base: RW(15, 4), limit: RW(31, 20) });

/** What a BAR can have depends on what it leads to. */
const bar = (n: number) => ({ at: 0x10 + 4 * n, name: `BAR ${n}`, register: Bar, writable: 0 });

const COMMON = {
  identity: { at: 0x00, name: 'Vendor and Device ID', register: Identity },
  command: { at: 0x04, name: 'Command and Status', register: Command },
  classRevision: { at: 0x08, name: 'Class Code and Revision', register: ClassRevision },
  headerType: { at: 0x0c, name: 'Header Type', register: HeaderType },
  capabilities: { at: 0x34, name: 'Capabilities Pointer' },
  bar0: bar(0),
  bar1: bar(1),
};

const ENDPOINT_ROWS = registerRows('header', {
  ...COMMON,
  bar2: bar(2),
  bar3: bar(3),
  bar4: bar(4),
  bar5: bar(5),
  subsystem: { at: 0x2c, name: 'Subsystem Vendor and Subsystem ID', register: Identity },
  interrupt: { at: 0x3c, name: 'Interrupt', writable: Interrupt.writable },
});

const BRIDGE_ROWS = registerRows('header', {
  ...COMMON,
  busNumbers: { at: 0x18, name: 'Bus Numbers', register: BusNumbers },
  ioWindow: { at: 0x1c, name: 'I/O Window and Secondary Status' },
  memoryWindow: { at: 0x20, name: 'Memory Window', register: MemoryWindow },
  prefetchableWindow: { at: 0x24, name: 'Prefetchable Window', register: MemoryWindow },
  prefetchableBaseHigh: { at: 0x28, name: 'Prefetchable Base High', writable: ALL_BITS },
  prefetchableLimitHigh: { at: 0x2c, name: 'Prefetchable Limit High', writable: ALL_BITS },
  interrupt: {
    at: 0x3c,
    name: 'Interrupt and Bridge Control',
    register: BridgeControl,
    writable: Interrupt.writable | BridgeControl.writable,
  },
});

/** By the layout of the header. */
export const HEADER_ROWS = { [LAYOUT.endpoint]: ENDPOINT_ROWS, [LAYOUT.bridge]: BRIDGE_ROWS } as const;

/** Offsets of registers, all of which are read and written 32 bits at a time here. */
export const CONFIG = { ...ENDPOINT_ROWS.at, ...BRIDGE_ROWS.at } as const;

/** The addresses that a bridge's plain window lets through; none if the base lies above the limit. */
export function memoryWindow(raw: number): Range {
  const { base, limit } = MemoryWindow.decode(raw);
  return { base: BigInt(base) << 20n, size: limit < base ? 0n : BigInt(limit - base + 1) << 20n };
}

/** Likewise of its prefetchable window, whose base and limit have upper halves. */
export function prefetchableWindow(raw: number, baseHigh: number, limitHigh: number): Range {
  const { base, limit } = MemoryWindow.decode(raw);
  const address = (low: number, high: number) => (BigInt(high) << 32n) | (BigInt(low) << 20n);
  const size = address(limit, limitHigh) - address(base, baseHigh);
  return { base: address(base, baseHigh), size: size < 0n ? 0n : size + (1n << 20n) };
}

export const CLASS = {
  hostBridge: 0x060000,
  pciBridge: 0x060400,
  cxlMemory: 0x050210,
  switchMailbox: 0x0c0b00,
} as const;

/** `0000:35:00.0`, of segment 0. */
export function showAddress({ bus, device, fn }: PciAddress): string {
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return `0000:${hex(bus)}:${hex(device)}.${fn}`;
}

export interface PciAddress {
  readonly bus: number;
  readonly device: number;
  readonly fn: number;
}

/** PCI Express Base 6.0 Section 7.2.2: Enhanced Configuration Access Mechanism: bytes from its base. */
export const ecamOffset = ({ bus, device, fn }: PciAddress, offset: number): bigint =>
  BigInt(bus) * 0x10_0000n + BigInt((device << 15) | (fn << 12) | offset);

/** PCI Local Bus 3.0 Section 3.2.2.3.2: Software Generation of Configuration Transactions. */
export const CONFIG_PORT = { address: 0xcf8, data: 0xcfc } as const;

export const ConfigAddress = register32({
  register: RW(7, 2),
  fn: RW(10, 8),
  device: RW(15, 11),
  bus: RW(23, 16),
  enable: RW(31),
});
