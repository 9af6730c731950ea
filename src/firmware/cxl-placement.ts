/** Where firmware puts CXL memory: a pure choice, made before a decoder is touched. */

import type { Cfmws } from '../codec/acpi/cedt';
import { end, type Range } from '../codec/range';

/** What a placement needs to know of a device. */
interface Placeable {
  readonly bridge: { readonly uid: number };
  readonly volatile: bigint;
}

/** Devices that share a range, interleaved as the window is. */
export interface Placement<D> extends Range {
  readonly window: Cfmws;
  /** In interleave order, one for each target of the window. */
  readonly devices: readonly D[];
}

/** CFMWS restriction. CXL r3.1 Section 9.18.1.3: CXL Fixed Memory Window Structure (CFMWS). */
const VOLATILE = 4;

/**
 * Places the volatile capacity of `devices`, each whole, by ascending address. The windows with the most ways come
 * first, for what is interleaved is faster; what finds no equal behind another host bridge goes where none is needed.
 * A device that fits nowhere is left out.
 */
export function placeVolatile<D extends Placeable>(windows: readonly Cfmws[], devices: readonly D[]): Placement<D>[] {
  const left = devices.filter(({ volatile }) => volatile > 0n);
  const placed: Placement<D>[] = [];
  for (const window of widestFirst(windows)) {
    let free = window.window.base;
    for (const first of [...left]) {
      const set = left.includes(first) ? setOf(window, first, left) : undefined;
      const size = first.volatile * BigInt(window.targets.length);
      if (!set || free + size > end(window.window)) continue;
      placed.push({ base: free, size, window, devices: set });
      for (const device of set) left.splice(left.indexOf(device), 1);
      free += size;
    }
  }
  return placed.sort((a, b) => (a.base < b.base ? -1 : 1));
}

const widestFirst = (windows: readonly Cfmws[]): Cfmws[] =>
  windows
    .filter(({ restrictions }) => (restrictions & VOLATILE) !== 0)
    .sort((a, b) => b.targets.length - a.targets.length);

/** One device behind each target of the window, all as large as `first`. Undefined if there are not as many. */
function setOf<D extends Placeable>({ targets }: Cfmws, first: D, left: readonly D[]): D[] | undefined {
  if (!targets.includes(first.bridge.uid)) return undefined;
  const set = targets.map((uid) =>
    left.find(({ bridge, volatile }) => bridge.uid === uid && volatile === first.volatile),
  );
  return set.every((device) => device !== undefined) ? set : undefined;
}
