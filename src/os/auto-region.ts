/** Regions of decoders that firmware has committed. Linux drivers/cxl/core/region.c: cxl_add_to_region(). */

import { end, hex, type Range } from '../codec/range';
import type { CommittedDecoder } from '../driver/hdm-decoders';
import type { Linux } from '../ledger/linux';
import type { Quirks } from '../ledger/quirks';
import type { Port } from './port';
import type { Hop } from './port-targets';
import { CxlRegion, type Target } from './region';
import type { CxlTopology, Endpoint, Window } from './topology';

/** An endpoint's part of a region. */
interface Part {
  readonly window: Window;
  readonly target: Target;
  /** Its turn, from 0. */
  readonly position: number;
  /** Numbers of the decoders above it, from the host bridge down. */
  readonly numbers: readonly number[];
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
      const { window, target, position, numbers } = part;
      const { range } = decoder;
      const region =
        regions.get(show(range)) ??
        new CxlRegion(`region${regions.size}`, target.allocation.type, window, linux, quirks);
      if (!regions.has(show(range))) region.claim(range, decoder);
      regions.set(show(range), region);
      for (const [i, { port }] of endpoint.path.entries()) port.adopt(numbers[i] ?? 0, region.name, range.base);
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
  const { memdev, uid, path } = endpoint;
  const allocation = endpoint.dpa.adopt(skip, range.size / BigInt(ways));
  const window = windows.find(({ cfmws }) => cfmws.window.base <= range.base && end(range) <= end(cfmws.window));
  if (!window) return `${memdev.name}: no CXL window for range ${show(range)}`;
  const { targets } = window.cfmws;
  const numbers: number[] = [];
  let taken = targets.length;
  let position = targets.indexOf(uid);
  for (const hop of path) {
    const found = await mapping(hop, range, granularity * taken);
    if (!found) break;
    numbers.push(found.n);
    position += taken * found.targets.indexOf(hop.below);
    taken *= found.ways;
  }
  if (numbers.length < path.length || taken !== ways) {
    return `${memdev.name}: failed to find decoder mapping ${show(range)}`;
  }
  return { window, target: { endpoint, allocation }, position, numbers };
}

/** A port's decoder that maps `range` to the port below in such turns; Linux finds none in a bridge that has no registers for them. */
async function mapping({ port, below }: Hop<Port>, { base, size }: Range, granularity: number) {
  const committed = ((await port.decoders?.committed()) ?? []).map((decoder, n) => ({ ...decoder, n }));
  return committed.find(
    ({ range, ...own }) =>
      range.base === base &&
      range.size === size &&
      own.targets.includes(below) &&
      (own.ways === 1 || own.granularity === granularity),
  );
}

const show = (range: Range): string => `${hex(range.base)}:${hex(end(range) - 1n)}`;
