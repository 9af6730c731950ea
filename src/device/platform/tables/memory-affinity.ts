/** What the SRAT says of memory. QEMU hw/i386/acpi-build.c: build_srat(). */
import type { MemoryAffinity } from '../../../codec/acpi/srat';
import { end, type Range } from '../../../codec/range';
import type { Quirks } from '../../../ledger/quirks';
import type { Node } from '../../../machine/numa';
import type { MemoryModule } from '../../../machine/topology';
import type { MemoryMap } from './memory-map';
import type { TableStyle } from './style';

/** Of memory that is plugged in. */
const MODULE_ALIGN = 2n << 20n;

const PADDING: MemoryAffinity = {
  kind: 'memory',
  domain: 0,
  base: 0n,
  size: 0n,
  enabled: false,
  hotPluggable: false,
  nonVolatile: false,
};

/** Nodes have RAM in their order, from the lowest address on; the last has the room for more. */
export function memoryAffinities(
  nodes: readonly Node[],
  { ram, hotplug, windows }: MemoryMap,
  modules: readonly MemoryModule[],
  { hole, moreThanNodes }: TableStyle,
  quirks: Quirks,
) {
  const pieces = !hole || quirks.has('srat-ignores-hole') ? ram : ram.flatMap((range) => cut(range, hole));
  let below = 0n;
  const present = nodes.flatMap((node, domain) => {
    const from = below;
    below += node.ram;
    return parts(ram, from, below).flatMap((part) =>
      pieces.flatMap((piece) => common(part, piece, quirks.has('srat-one-domain') ? 0 : domain)),
    );
  });
  const last = nodes.length - 1;
  const claimed = quirks.has('srat-claims-windows') ? windows.map(({ window }) => affinity(window, last)) : [];
  const nonVolatile = hotplug ? nonVolatileIn(hotplug.base, modules) : [];
  const described = present.length + nonVolatile.length;
  const padding = moreThanNodes === 0 ? 0 : Math.max(0, nodes.length + moreThanNodes - described);
  return {
    present: [...present, ...claimed, ...nonVolatile, ...Array<MemoryAffinity>(padding).fill(PADDING)],
    hotPluggable:
      hotplug && !quirks.has('srat-hotplug-memory-missing') ? [{ ...affinity(hotplug, last), hotPluggable: true }] : [],
  };
}

const affinity = ({ base, size }: Range, domain: number): MemoryAffinity => ({
  ...PADDING,
  domain,
  base,
  size,
  enabled: true,
});

/** Modules have addresses in the order of the command line; of DIMMs nothing is said. QEMU hw/mem/memory-device.c: memory_device_get_free_addr() */
function nonVolatileIn(base: bigint, modules: readonly MemoryModule[]): MemoryAffinity[] {
  let free = base;
  return modules.flatMap(({ kind, size, node }) => {
    const at = ((free + MODULE_ALIGN - 1n) / MODULE_ALIGN) * MODULE_ALIGN;
    free = at + size;
    return kind === 'nvdimm' ? [{ ...affinity({ base: at, size }, node), nonVolatile: true }] : [];
  });
}

/** Where bytes `from` to `to` of the RAM are. */
function parts(ram: readonly Range[], from: bigint, to: bigint): Range[] {
  let before = 0n;
  return ram.flatMap(({ base, size }) => {
    const [first, last] = [max(from, before), min(to, before + size)];
    const part = { base: base + first - before, size: last - first };
    before += size;
    return part.size > 0n ? [part] : [];
  });
}

const cut = (range: Range, hole: Range): Range[] =>
  [
    { base: range.base, size: min(end(range), hole.base) - range.base },
    { base: max(range.base, end(hole)), size: end(range) - max(range.base, end(hole)) },
  ].filter(({ size }) => size > 0n);

function common(a: Range, b: Range, domain: number): MemoryAffinity[] {
  const base = max(a.base, b.base);
  const size = min(end(a), end(b)) - base;
  return size > 0n ? [affinity({ base, size }, domain)] : [];
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
