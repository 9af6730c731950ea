/** What `cxl create-region` and `cxl destroy-region` do, step by step, and what they say: ndctl cxl/region.c. */

import { hex } from '../codec/range';
import type { Linux } from '../ledger/linux';
import type { Quirks } from '../ledger/quirks';
import { Errno } from '../machine/errno';
import type { RegionRequest } from '../machine/host';
import { isNamed } from '../machine/named-memdev';
import { maxAvailableExtent } from './extent';
import { CxlRegion } from './region';
import type { CxlTopology, Endpoint, Window } from './topology';

/** Of a window that is not interleaved; drivers/cxl/acpi.c advertises it whatever the CFMWS says. */
const FINEST_GRANULARITY = 256;

/** @throws Errno with what the tool says, and then all that had been taken is given back. */
export async function createRegion(
  topology: CxlTopology,
  name: string,
  request: RegionRequest,
  linux: Linux,
  quirks: Quirks,
): Promise<CxlRegion> {
  const { window, endpoints } = select(topology, request, quirks);
  const region = new CxlRegion(name, request.type, window, linux, quirks);
  try {
    await assemble(region, window, endpoints, request.size);
    return region;
  } catch (error) {
    await dissolve(region, endpoints.length, quirks);
    throw error instanceof Errno ? said('create_region', error) : error;
  }
}

/** What the tool looks at before it touches anything. */
function select(topology: CxlTopology, { decoder, size, devices }: RegionRequest, quirks: Quirks) {
  const window = topology.windows.find((each) => each.decoder === decoder);
  const named = devices.map((name) => topology.endpoints.find(({ memdev }) => isNamed(memdev, name)));
  const endpoints = named.filter((endpoint) => endpoint !== undefined).filter((endpoint) => isBelow(window, endpoint));
  if (!window || endpoints.length === 0) {
    const filter = named.map((endpoint, i) => endpoint?.memdev.name ?? devices[i]).join(' ');
    const message = `no active memdevs found: decoder: ${decoder} filter: ${filter}`;
    throw said('collect_memdevs', new Errno('ENXIO', message));
  }
  const [ways, found] = [devices.length, endpoints.length];
  if (found < ways) {
    const message = `Interleave ways ${ways} is greater than number of memdevs specified: ${found}`;
    throw said('validate_ways', new Errno('EINVAL', message));
  }
  const available = maxAvailableExtent(window, quirks);
  if (size > available) {
    const message = `${decoder}: region size ${hex(size)} exceeds max available space (${available && hex(available)})`;
    throw said('create_region', new Errno('ENOSPC', message));
  }
  return { window, endpoints };
}

async function assemble(
  region: CxlRegion,
  window: Window,
  endpoints: readonly Endpoint[],
  size: bigint,
): Promise<void> {
  const { name, type } = region;
  const ways = endpoints.length;
  const { targets, granularity } = window.cfmws;
  const rootGranularity = targets.length > 1 ? granularity : FINEST_GRANULARITY;
  await attempt(`${name}: set_interleave_ways failed`, () => region.interleave(ways, rootGranularity));
  await attempt(`${name}: set_size failed`, () => region.resize(size));
  for (const [position, endpoint] of endpoints.entries()) {
    const { dpa, decoders, memdev } = endpoint;
    if (dpa.count >= decoders.count) throw new Errno('ENXIO', `could not get a free decoder for ${memdev.name}`);
    const allocation = await attempt(decoderName(endpoint, dpa.count), () => dpa.allocate(type, size / BigInt(ways)));
    try {
      region.setTarget(position, { endpoint, allocation });
    } catch (error) {
      dpa.free(allocation);
      throw error instanceof Errno
        ? new Errno(error.code, `${name}: failed to set target${position} to ${memdev.name}`)
        : error;
    }
  }
  await attempt(`${name}: failed to commit decode`, () => region.commit());
  region.enable();
}

/** @throws Errno with what the tool says; what it has given back by then stays so. */
export async function destroyRegion(region: CxlRegion, quirks: Quirks): Promise<void> {
  try {
    await attempt('failed to reset decode', () => region.reset());
    await dissolve(region, region.describe().ways, quirks);
  } catch (error) {
    throw error instanceof Errno ? said('destroy_region', error) : error;
  }
}

/** Gives back what a region without committed decoders has. */
async function dissolve(region: CxlRegion, ways: number, quirks: Quirks): Promise<void> {
  for (let position = 0; position < ways; position++) {
    const target = region.clearTarget(position);
    if (!target || quirks.has('capacity-not-given-back')) continue;
    const { endpoint, allocation } = target;
    const decoder = decoderName(endpoint, endpoint.dpa.indexOf(allocation));
    await attempt(`${decoder}: set_dpa_size failed`, () => endpoint.dpa.free(allocation));
  }
  region.remove();
}

/** @throws Errno of the kernel with what the tool was about. */
async function attempt<T>(what: string, action: () => T): Promise<Awaited<T>> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof Errno ? new Errno(error.code, `${what}: ${error.message}`) : error;
  }
}

const said = (by: string, { code, message }: Errno): Errno => new Errno(code, `cxl region: ${by}: ${message}`);

const isBelow = (window: Window | undefined, { uid, trouble }: Endpoint): boolean =>
  trouble === undefined && (window?.cfmws.targets.includes(uid) ?? false);

/** Endpoints have numbers of their own; here those of their memdevs. */
const decoderName = ({ memdev }: Endpoint, n: number): string => `decoder${memdev.name.slice('mem'.length)}.${n}`;
