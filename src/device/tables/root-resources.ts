/** What `_CRS` of root buses says. QEMU hw/i386/acpi-build.c: build_crs(), crs_replace_with_free_ranges(). */
import type { AddressResource, PortResource, Resource } from '../../codec/acpi/resources';
import { BusNumbers, CONFIG, LAYOUT, memoryWindow, prefetchableWindow } from '../../codec/pci/configuration';
import { end, type Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import type { PciBus } from '../pci/pci-fabric';
import type { MemoryMap } from './memory-map';

type Described = AddressResource | PortResource;

const FOUR_GIB = 1n << 32n;
const GIB = 1n << 30n;

/** Where the fixed addresses of interrupt controllers begin, below which PCI ends. */
const IO_APIC = 0xfec0_0000n;

/** The size of ECAM. */
const ECAM_SIZE = 256n << 20n;

/** Room for 64-bit BARs: `pci-hole64-size`. */
const ROOM_ABOVE = 32n * GIB;

/** VGA memory. */
const LEGACY = { base: 0xa_0000n, size: 0x2_0000n };

/** Of an extra root bus: memory that functions and bridges on it have been given, and bus numbers. */
export function rootBusResources(bus: number, functions: PciBus): Described[] {
  const used = merged(functions.flatMap(memoryOf));
  const last = Math.max(bus, ...functions.map(({ config }) => lastBehind(config)));
  return [
    ...used.filter((range) => end(range) <= FOUR_GIB).map((range) => memory(range, 32)),
    ...used.filter((range) => end(range) > FOUR_GIB).map((range) => memory(range, 64)),
    buses(bus, last),
  ];
}

/** Of bus 0: what is left below the interrupt controllers, and room above all else. */
export function firstBusResources(
  { ram, hostRegisters, windows, bridges }: MemoryMap,
  ecam: bigint | undefined,
  others: readonly Described[],
  quirks: Quirks,
): Described[] {
  const used = [
    ...(ecam === undefined ? [] : [{ base: ecam, size: ECAM_SIZE }]),
    ...others.flatMap((each) => (each.kind === 'memory' && each.width === 32 ? [rangeOf(each)] : [])),
  ];
  const lowest = Math.min(0x100, ...bridges.map(({ uid }) => uid));
  const free = without(used, end(ram[0] as Range), quirks.has('pci0-crs-truncated') ? hostRegisters.base : IO_APIC);
  const above = alignUp(
    windows.reduce((sum, { window }) => sum + window.size, end(hostRegisters)),
    GIB,
  );
  return [
    buses(0, lowest - 1),
    { kind: 'ports', minimum: 0xcf8n, maximum: 0xcf8n, length: 8n },
    io(0n, 0xcf7n),
    io(0xd00n, 0xffffn),
    memory(LEGACY, 32, true),
    ...free.map((range) => memory(range, 32)),
    memory({ base: above, size: ROOM_ABOVE }, 64, true),
  ];
}

/** BARs, and the windows of a bridge. */
function memoryOf({ config }: PciBus[number]): Range[] {
  const bars = config.mappings();
  if (config.layout !== LAYOUT.bridge) return bars;
  const raw = (offset: number) => config.read32(offset);
  const prefetchable = prefetchableWindow(
    raw(CONFIG.prefetchableWindow),
    raw(CONFIG.prefetchableBaseHigh),
    raw(CONFIG.prefetchableLimitHigh),
  );
  return [...bars, memoryWindow(raw(CONFIG.memoryWindow)), prefetchable].filter(
    ({ base, size }) => base > 0n && size > 0n,
  );
}

const lastBehind = (config: PciBus[number]['config']): number =>
  config.layout === LAYOUT.bridge ? BusNumbers.decode(config.read32(CONFIG.busNumbers)).subordinate : 0;

/** By address, those that touch in one. */
function merged(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const range of [...ranges].sort((a, b) => (a.base < b.base ? -1 : 1))) {
    const last = found.at(-1);
    if (last && end(last) === range.base) found[found.length - 1] = { base: last.base, size: last.size + range.size };
    else found.push(range);
  }
  return found;
}

/** What is free from `from` to `to`. */
function without(used: readonly Range[], from: bigint, to: bigint): Range[] {
  let free = from;
  const gaps = [...used]
    .sort((a, b) => (a.base < b.base ? -1 : 1))
    .map((range) => {
      const gap = { base: free, size: range.base - free };
      free = end(range);
      return gap;
    });
  return [...gaps, { base: free, size: to - free }].filter(({ size }) => size > 0n);
}

const PRODUCER = { producer: true, cacheable: false };

/** What does not fit 32 bits is cut off. */
const memory = ({ base, size }: Range, width: 32 | 64, cacheable = false): Described => {
  const fit = (value: bigint) => BigInt.asUintN(width, value);
  return {
    kind: 'memory',
    width,
    minimum: fit(base),
    maximum: fit(base + size - 1n),
    length: fit(size),
    ...PRODUCER,
    cacheable,
  };
};

const io = (minimum: bigint, maximum: bigint): Described => ({
  ...{ kind: 'I/O', width: 16, minimum, maximum, length: maximum - minimum + 1n, ...PRODUCER },
});

const buses = (first: number, last: number): Described => ({
  ...{
    kind: 'bus',
    width: 16,
    minimum: BigInt(first),
    maximum: BigInt(last),
    length: BigInt(last - first + 1),
    ...PRODUCER,
  },
});

const rangeOf = ({ minimum, length }: Exclude<Resource, { kind: 'other' }>): Range => ({ base: minimum, size: length });

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
