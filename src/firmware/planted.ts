import { CLASS } from '../codec/pci/configuration';
import type { Range } from '../codec/range';
import { allFunctions, type Bus } from './pci-bus';
import { needsOf } from './pci-resources';

/** The quirk `bars-in-window`: the BARs of CXL memory devices lie from the base of the first window. */
export async function placeMemoryDevicesInWindow(roots: readonly Bus[], [window]: readonly Range[]): Promise<void> {
  if (!window) return;
  let free = window.base;
  for (const fn of roots.flatMap(allFunctions)) {
    if ((await fn.classCode()) !== CLASS.cxlMemory) continue;
    for (const need of needsOf({ number: 0, last: 0, functions: [fn] }).filter(({ is64 }) => is64)) {
      await need.place(free);
      free += need.size;
    }
  }
}
