/** What `_CRS` of root buses says. QEMU hw/i386/acpi-build.c: build_crs(), crs_replace_with_free_ranges(). */
import type { AddressResource, PortResource } from '../../../codec/acpi/resources';
import { BusNumbers, CONFIG, LAYOUT, memoryWindow, prefetchableWindow } from '../../../codec/pci/configuration';
import { end, type Range } from '../../../codec/range';
import type { PciBus } from '../../pci/pci-fabric';

export type Described = AddressResource | PortResource;

const FOUR_GIB = 1n << 32n;

/** Of an extra root bus: memory that functions and bridges on it have been given, and bus numbers. */
export function rootBusResources(bus: number, functions: PciBus): Described[] {
  const used = merged(functions.flatMap(memoryOf));
  const last = Math.max(bus, ...functions.map(({ config }) => lastBehind(config)));
  return [
    ...used.filter((range) => end(range) <= FOUR_GIB).map((range) => memoryResource(range, 32)),
    ...used.filter((range) => end(range) > FOUR_GIB).map((range) => memoryResource(range, 64)),
    buses(bus, last),
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
export function without(used: readonly Range[], from: bigint, to: bigint): Range[] {
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
export const memoryResource = ({ base, size }: Range, width: 32 | 64, cacheable = false): Described => {
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

export const portsResource = (minimum: bigint, maximum: bigint, width: 16 | 32 = 16): Described => ({
  kind: 'I/O',
  width,
  minimum,
  maximum,
  length: maximum - minimum + 1n,
  ...PRODUCER,
});

export const buses = (first: number, last: number): Described => ({
  kind: 'bus',
  width: 16,
  minimum: BigInt(first),
  maximum: BigInt(last),
  length: BigInt(last - first + 1),
  ...PRODUCER,
});

/** The ranges of memory of that width among `resources`. */
export const memoryIn = (resources: readonly Described[], width: 32 | 64): Range[] =>
  resources.flatMap((each) =>
    each.kind === 'memory' && each.width === width ? [{ base: each.minimum, size: each.length }] : [],
  );
