/** Regions of decoders that firmware has committed. Linux drivers/cxl/core/region.c: cxl_add_to_region(). */

import { end, hex, type Range } from '../codec/range';
import type { CommittedDecoder } from '../driver/hdm-decoders';
import type { Linux } from '../ledger/linux';
import type { Quirks } from '../ledger/quirks';
import type { Port } from './port';
import { CxlRegion, type Target } from './region';
import type { CxlTopology, Endpoint, Window } from './topology';

/** An endpoint's part of a region. */
interface Part {
  readonly window: Window;
  readonly target: Target;
  /** Its turn, from 0. */
  readonly position: number;
  /** Number of the bridge's decoder. */
  readonly n: number;
}

/** What Linux assembles as it probes the endpoints of `topology`, and what it says where it cannot. */
export async function autoAssemble(
  topology: CxlTopology,
  linux: Linux,
  quirks: Quirks,
): Promise<{ regions: CxlRegion[]; log: string[] }> {
  const regions = new Map<string, CxlRegion>(); // by range
  const log: string[] = [];
  for (const endpoint of topology.endpoints) {
    for (const decoder of await endpoint.decoders.committed()) {
      const part = await partOf(topology, endpoint, decoder);
      if (typeof part === 'string') {
        log.push(part);
        continue;
      }
      const { window, target, position, n } = part;
      const { range } = decoder;
      const region =
        regions.get(show(range)) ??
        new CxlRegion(`region${regions.size}`, target.allocation.type, window, linux, quirks);
      if (!regions.has(show(range))) region.claim(range, decoder);
      regions.set(show(range), region);
      endpoint.port.adopt(n, region.name, range.base);
      region.adopt(position, target);
    }
  }
  return { regions: [...regions.values()], log };
}

/** What an endpoint's decoder is part of, or what Linux says that it lacks. */
async function partOf(
  { windows }: CxlTopology,
  endpoint: Endpoint,
  { range, ways, granularity, skip }: CommittedDecoder,
): Promise<Part | string> {
  const { memdev, port, portNumber } = endpoint;
  const allocation = endpoint.dpa.adopt(skip, range.size / BigInt(ways));
  const window = windows.find(({ cfmws }) => cfmws.window.base <= range.base && end(range) <= end(cfmws.window));
  if (!window) return `${memdev.name}: no CXL window for range ${show(range)}`;
  const { targets } = window.cfmws;
  const above = { ways: ways / targets.length, granularity: granularity * targets.length };
  const found = await mapping(port, range, above);
  const turn = found?.targets.indexOf(portNumber) ?? -1;
  if (!found || turn < 0) return `${memdev.name}: failed to find decoder mapping ${show(range)}`;
  const position = targets.indexOf(port.uid) + targets.length * turn;
  return { window, target: { endpoint, allocation }, position, n: found.n };
}

/** The bridge's decoder that maps `range` with such turns; Linux finds none in a bridge that has no registers for them. */
async function mapping(
  { decoders }: Port,
  { base, size }: Range,
  { ways, granularity }: Pick<CommittedDecoder, 'ways' | 'granularity'>,
) {
  const committed = ((await decoders?.committed()) ?? []).map((decoder, n) => ({ ...decoder, n }));
  return committed.find(
    ({ range, ...own }) =>
      range.base === base &&
      range.size === size &&
      own.ways === ways &&
      (ways === 1 || own.granularity === granularity),
  );
}

const show = (range: Range): string => `${hex(range.base)}:${hex(end(range) - 1n)}`;
