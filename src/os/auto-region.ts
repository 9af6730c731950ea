/** Regions of decoders that firmware has committed. Linux drivers/cxl/core/region.c: cxl_add_to_region(). */

import { end, hex, type Range } from '../codec/range';
import type { CommittedDecoder } from '../driver/hdm-decoders';
import type { Linux } from '../ledger/linux';
import type { Quirks } from '../ledger/quirks';
import type { DpaAllocation } from './dpa';
import type { Port } from './port';
import { CxlRegion } from './region';
import type { CxlTopology, Endpoint, Window } from './topology';

/** What Linux assembles as it probes the endpoints of `topology`, and what it says where it cannot. */
export async function autoAssemble(
  topology: CxlTopology,
  linux: Linux,
  quirks: Quirks,
): Promise<{ regions: CxlRegion[]; log: string[] }> {
  const regions: CxlRegion[] = [];
  const log: string[] = [];
  for (const endpoint of topology.endpoints) {
    for (const decoder of await endpoint.decoders.committed()) {
      const found = await assembled(topology, endpoint, decoder);
      if (typeof found === 'string') {
        log.push(found);
        continue;
      }
      const { window, n, allocation } = found;
      const region = new CxlRegion(`region${regions.length}`, allocation.type, window, linux, quirks);
      endpoint.port.adopt(n, region.name, decoder.range.base);
      region.adopt(decoder.range, decoder, { endpoint, allocation });
      regions.push(region);
    }
  }
  return { regions, log };
}

/** Where the region of an endpoint's decoder is, and the number of the bridge's decoder. */
async function assembled(
  { windows }: CxlTopology,
  endpoint: Endpoint,
  { range, ways, skip }: CommittedDecoder,
): Promise<{ window: Window; n: number; allocation: DpaAllocation } | string> {
  const { memdev, port } = endpoint;
  const allocation = endpoint.dpa.adopt(skip, range.size / BigInt(ways));
  const show = `${hex(range.base)}:${hex(end(range) - 1n)}`;
  const window = windows.find(({ cfmws }) => cfmws.window.base <= range.base && end(range) <= end(cfmws.window));
  if (!window) return `${memdev.name}: no CXL window for range ${show}`;
  const n = await mapping(port, range, endpoint.portNumber);
  if (n === undefined) return `${memdev.name}: failed to find decoder mapping ${show}`;
  return { window, n, allocation };
}

/** The bridge's decoder that maps `range` to a root port; Linux finds none in a bridge that has no registers for them. */
async function mapping({ decoders }: Port, { base, size }: Range, portNumber: number): Promise<number | undefined> {
  const committed = (await decoders?.committed()) ?? [];
  const n = committed.findIndex(
    ({ range, ways, targets }) =>
      range.base === base && range.size === size && ways === 1 && targets.includes(portNumber),
  );
  return n < 0 ? undefined : n;
}
