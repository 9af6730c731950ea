import { cdatEntries, decodeCdat } from '../codec/cxl/cdat';
import { readCdat } from '../driver/cdat';
import type { Comparator } from './comparator';
import type { Tree } from './difference';
import { cxlFunctions } from './functions';
import { bytesByLine } from './tables';

/** What devices and switches say of latency and bandwidth, by DOE. */
export const cdat: Comparator = {
  name: 'CDAT',
  observe: async (specimen) => {
    const found: Record<string, Tree> = {};
    for (const { id, device } of await cxlFunctions(specimen)) {
      const table = await readCdat(device);
      found[id] = table && {
        structures: decodeCdat(table) as readonly object[] as Tree,
        entries: cdatEntries(table).map((entry) => Buffer.from(entry).toString('hex')),
        bytes: bytesByLine(table),
      };
    }
    return found;
  },
};
