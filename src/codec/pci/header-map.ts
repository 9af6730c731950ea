/** What is where in the header of configuration space, by name. PCI Express Base 6.0 Section 7.5.1. */
import {
  BAR_COUNT,
  Bar,
  BridgeControl,
  BusNumbers,
  ClassRevision,
  CONFIG,
  Command,
  HeaderType,
  Identity,
  LAYOUT,
  MemoryWindow,
} from './configuration';

const bars = (layout: number) =>
  Array.from({ length: BAR_COUNT[layout] ?? 0 }, (_, n) => ({
    at: CONFIG.bar0 + 4 * n,
    name: `BAR ${n}`,
    register: Bar,
  }));

const COMMON = [
  { at: CONFIG.identity, name: 'Vendor and Device ID', register: Identity },
  { at: CONFIG.command, name: 'Command and Status', register: Command },
  { at: CONFIG.classRevision, name: 'Class Code and Revision', register: ClassRevision },
  { at: CONFIG.headerType, name: 'Header Type', register: HeaderType },
  { at: CONFIG.capabilities, name: 'Capabilities Pointer' },
];

/** By the layout of the header. */
export const HEADER_REGISTERS = {
  [LAYOUT.endpoint]: [
    ...COMMON,
    ...bars(LAYOUT.endpoint),
    { at: CONFIG.subsystem, name: 'Subsystem Vendor and Subsystem ID', register: Identity },
    { at: CONFIG.interrupt, name: 'Interrupt' },
  ],
  [LAYOUT.bridge]: [
    ...COMMON,
    ...bars(LAYOUT.bridge),
    { at: CONFIG.busNumbers, name: 'Bus Numbers', register: BusNumbers },
    { at: CONFIG.ioWindow, name: 'I/O Window and Secondary Status' },
    { at: CONFIG.memoryWindow, name: 'Memory Window', register: MemoryWindow },
    { at: CONFIG.prefetchableWindow, name: 'Prefetchable Window', register: MemoryWindow },
    { at: CONFIG.prefetchableBaseHigh, name: 'Prefetchable Base High' },
    { at: CONFIG.prefetchableLimitHigh, name: 'Prefetchable Limit High' },
    { at: CONFIG.interrupt, name: 'Interrupt and Bridge Control', register: BridgeControl },
  ],
};
