/** Addresses for BARs, and windows of bridges around those behind them. */

import type { MemoryBar } from '../codec/pci/bar';
import { CONFIG, MemoryWindow } from '../codec/pci/configuration';
import type { Hpa } from '../machine/hardware';
import type { Bus, PciFunctionConfig } from './pci-bus';

const MIB = 1n << 20n;

/** What SeaBIOS keeps free in each window of a hot-plug port for what may come: src/fw/pciinit.c: PCI_BRIDGE_MEM_MIN. */
const HOT_PLUG_ROOM = 2n * MIB;

const LOW_32 = 0xffff_ffffn;

/** Something that wants addresses: a BAR, or a bridge's window with all that is behind it. */
export interface Need {
  readonly size: bigint;
  readonly align: bigint;
  /** Whether it may lie above 4 GiB. */
  readonly is64: boolean;
  /** Whether it may lie in the prefetchable window of a bridge, the only one that reaches above 4 GiB. */
  readonly prefetchable: boolean;
  place(base: Hpa): Promise<void>;
}

/** What the functions of `bus` want. */
export function needsOf(bus: Bus, roomForHotPlug = true): Need[] {
  return bus.functions.flatMap((fn) => [
    ...fn.bars.map((bar) => needOf(fn, bar)),
    ...(fn.behind ? windowsOf(fn, needsOf(fn.behind), roomForHotPlug && fn.hotPlug ? HOT_PLUG_ROOM : 0n) : []),
  ]);
}

function needOf(fn: PciFunctionConfig, { index, size, is64, prefetchable }: MemoryBar): Need {
  const offset = CONFIG.bar0 + 4 * index;
  return {
    size,
    align: size,
    is64,
    prefetchable: is64 && prefetchable,
    place: async (base) => {
      const high = is64 ? [fn.write(offset + 4, Number(base >> 32n))] : [];
      await Promise.all([fn.write(offset, Number(base & LOW_32)), ...high]);
    },
  };
}

/** The windows of `bridge` around what is behind it, of `atLeast` bytes; one that nothing needs is not opened. */
function windowsOf(bridge: PciFunctionConfig, needs: readonly Need[], atLeast: bigint): Need[] {
  const openPlain = (base: Hpa, limit: Hpa) => bridge.write(CONFIG.memoryWindow, megabytes(base, limit));
  const openPrefetchable = async (base: Hpa, limit: Hpa) => {
    await Promise.all([
      bridge.write(CONFIG.prefetchableWindow, megabytes(base & LOW_32, limit & LOW_32)),
      bridge.write(CONFIG.prefetchableBaseHigh, Number(base >> 32n)),
      bridge.write(CONFIG.prefetchableLimitHigh, Number(limit >> 32n)),
    ]);
  };
  const window = (prefetchable: boolean, open: (base: Hpa, limit: Hpa) => Promise<void>): Need => {
    const inside = needs.filter((need) => need.prefetchable === prefetchable);
    const { offsets, size: needed } = layOut(inside);
    const size = alignUp(needed < atLeast ? atLeast : needed, MIB);
    return {
      size,
      align: inside.reduce((align, need) => (need.align > align ? need.align : align), MIB),
      is64: prefetchable,
      prefetchable,
      place: async (base) => {
        await Promise.all([open(base, base + size - 1n), placeAt(offsets, base)]);
      },
    };
  };
  return [window(false, openPlain), window(true, openPrefetchable)].filter(({ size }) => size > 0n);
}

const megabytes = (base: bigint, limit: bigint): number =>
  MemoryWindow.encode({ base: Number((base / MIB) & 0xfffn), limit: Number((limit / MIB) & 0xfffn) });

/** Places all needs in `low`; those that can go `above` do so if not everything fits. @throws Error if even that is too small. */
export async function place(needs: readonly Need[], low: { base: Hpa; end: Hpa }, above: Hpa): Promise<void> {
  const all = layOut(needs, low.base);
  if (low.base + all.size <= low.end) return placeAt(all.offsets, low.base);
  const must = layOut(
    needs.filter(({ is64 }) => !is64),
    low.base,
  );
  if (low.base + must.size > low.end) throw new Error('32-bit PCI BARs do not fit below 4 GiB');
  await placeAt(must.offsets, low.base);
  await placeAt(
    layOut(
      needs.filter(({ is64 }) => is64),
      above,
    ).offsets,
    above,
  );
}

async function placeAt(offsets: ReadonlyMap<Need, bigint>, base: Hpa): Promise<void> {
  await Promise.all([...offsets].map(([need, offset]) => need.place(base + offset)));
}

/** Offsets from `base`, the most aligned first, so that little is lost between them. */
function layOut(needs: readonly Need[], base = 0n): { offsets: Map<Need, bigint>; size: bigint } {
  const offsets = new Map<Need, bigint>();
  let free = base;
  for (const need of [...needs].sort((a, b) => Number(b.align - a.align))) {
    free = alignUp(free, need.align);
    offsets.set(need, free - base);
    free += need.size;
  }
  return { offsets, size: free - base };
}

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
