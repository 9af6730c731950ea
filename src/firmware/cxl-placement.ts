/** Where firmware puts CXL memory: a pure choice, made before a decoder is touched. */

import type { Cfmws } from '../codec/acpi/cedt';
import { end, type Range } from '../codec/range';

/** A part of a device, of which firmware takes all or nothing; in the order of DPAs. */
export type Capacity = 'volatile' | 'persistent';

/** What a placement needs to know of a device. Capacities are in bytes. */
interface Placeable extends Readonly<Record<Capacity, bigint>> {
  readonly bridge: { readonly uid: number };
}

/** Devices that share a range, interleaved as the window is. */
export interface Placement<D> extends Range {
  readonly window: Cfmws;
  readonly capacity: Capacity;
  /** In interleave order, one for each target of the window. */
  readonly devices: readonly D[];
}

/** CFMWS restrictions. CXL r3.1 Section 9.18.1.3: CXL Fixed Memory Window Structure (CFMWS). */
const TAKES: Record<Capacity, number> = { volatile: 4, persistent: 8 };

/**
 * Places such capacities of `devices`, each whole, by ascending address. The windows with the most ways come first, for
 * what is interleaved is faster; what finds no equal behind another host bridge goes where none is needed. What fits
 * nowhere is left out, and so is persistent capacity that would come to lie below the device's volatile capacity: a
 * device's decoders ascend in HPA and in DPA.
 */
export function place<D extends Placeable>(
  windows: readonly Cfmws[],
  devices: readonly D[],
  capacities: readonly Capacity[],
): Placement<D>[] {
  const placed: Placement<D>[] = [];
  for (const capacity of capacities) {
    const left = devices.filter((device) => device[capacity] > 0n);
    for (const window of widestFirst(windows, capacity)) {
      let free = placed.filter((each) => each.window === window).reduce((_, each) => end(each), window.window.base);
      const isBelow = (device: D) => placed.some(({ base, devices }) => base > free && devices.includes(device));
      for (const first of [...left]) {
        const set = left.includes(first) ? setOf(window, first, left, capacity) : undefined;
        const size = first[capacity] * BigInt(window.targets.length);
        if (!set || set.some(isBelow) || free + size > end(window.window)) continue;
        placed.push({ base: free, size, window, capacity, devices: set });
        for (const device of set) left.splice(left.indexOf(device), 1);
        free += size;
      }
    }
  }
  return placed.sort((a, b) => (a.base < b.base ? -1 : 1));
}

const widestFirst = (windows: readonly Cfmws[], capacity: Capacity): Cfmws[] =>
  windows
    .filter(({ restrictions }) => (restrictions & TAKES[capacity]) !== 0)
    .sort((a, b) => b.targets.length - a.targets.length);

/** One device behind each target of the window, all as large as `first`. Undefined if there are not as many. */
function setOf<D extends Placeable>(
  { targets }: Cfmws,
  first: D,
  left: readonly D[],
  capacity: Capacity,
): D[] | undefined {
  if (!targets.includes(first.bridge.uid)) return undefined;
  const set = targets.map((uid) =>
    left.find((device) => device.bridge.uid === uid && device[capacity] === first[capacity]),
  );
  return set.every((device) => device !== undefined) ? set : undefined;
}
