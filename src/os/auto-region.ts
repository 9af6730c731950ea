/** Regions of decoders that firmware has committed. Linux drivers/cxl/core/region.c: cxl_add_to_region(). */

import { end, hex, type Range } from '../codec/range';
import type { CommittedDecoder } from '../driver/hdm-decoders';
import type { RegionState } from './region';
import { ResourceNode } from './resources';
import type { CxlTopology, Endpoint, Port } from './topology';

/** What Linux assembles as it probes the endpoints of `topology`, and what it says where it cannot. */
export async function autoAssemble(topology: CxlTopology): Promise<{ states: RegionState[]; log: string[] }> {
  const states: RegionState[] = [];
  const log: string[] = [];
  for (const endpoint of topology.endpoints) {
    for (const decoder of await endpoint.decoders.committed()) {
      const found = await assembled(`region${states.length}`, topology, endpoint, decoder);
      if (typeof found === 'string') log.push(found);
      else states.push(found);
    }
  }
  return { states, log };
}

async function assembled(
  name: string,
  { windows }: CxlTopology,
  endpoint: Endpoint,
  { range, ways, granularity, skip }: CommittedDecoder,
): Promise<RegionState | string> {
  const { memdev, port } = endpoint;
  const allocation = endpoint.dpa.adopt(skip, range.size / BigInt(ways));
  const show = `${hex(range.base)}:${hex(end(range) - 1n)}`;
  const window = windows.find(({ cfmws }) => cfmws.window.base <= range.base && end(range) <= end(cfmws.window));
  if (!window) return `${memdev.name}: no CXL window for range ${show}`;
  const n = await mapping(port, range, endpoint.portNumber);
  if (n === undefined) return `${memdev.name}: failed to find decoder mapping ${show}`;
  port.regions[n] = name;
  const resource = new ResourceNode(name, range.base, range.size);
  window.resource.insert(resource);
  const devices = [memdev.serial];
  const region = { name, type: allocation.type, ...range, ways, granularity, state: 'enabled' as const, devices };
  return { region, window, endpoint, allocation, resource };
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
