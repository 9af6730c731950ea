/** Regions of one device, as `cxl create-region` and the kernel make them: ndctl cxl/region.c, Linux drivers/cxl/core/region.c. */

import { end, hex, type Range } from '../codec/range';
import type { Quirks } from '../ledger/quirks';
import { Errno, type ErrnoName, STRERROR } from '../machine/errno';
import type { Region, RegionRequest } from '../machine/host';
import type { DpaAllocation } from './dpa';
import { ResourceNode } from './resources';
import type { CxlTopology, Endpoint, Window } from './topology';

/** What a region's size counts in, per way. */
const REGION_ALIGN = 256n << 20n;

/** Of a window that is not interleaved; drivers/cxl/acpi.c advertises it whatever the CFMWS says. */
const GRANULARITY = 256;

export interface RegionState {
  readonly region: Region;
  readonly window: Window;
  readonly endpoint: Endpoint;
  readonly allocation: DpaAllocation;
  readonly resource: ResourceNode;
}

const refused = (code: ErrnoName, what: string) => new Errno(code, `cxl region: create_region: ${what}`);

/** What the tool looks at before it touches anything. */
export function checked(
  topology: CxlTopology,
  { decoder, type, size, devices }: RegionRequest,
): { window: Window; endpoint: Endpoint } {
  if (devices.length !== 1) throw new RangeError('interleaved regions are not modelled');
  const window = topology.windows.find((each) => each.decoder === decoder);
  const endpoint = topology.endpoints.find(({ memdev }) => memdev.serial === devices[0]);
  if (!window || !endpoint || endpoint.trouble || !window.cfmws.targets.includes(endpoint.port.uid)) {
    const message = `no active memdevs found: decoder: ${decoder} filter: ${endpoint?.memdev.name ?? devices[0]}`;
    throw new Errno('ENXIO', `cxl region: collect_memdevs: ${message}`);
  }
  if ((type === 'ram' ? endpoint.dpa.volatile : endpoint.dpa.persistent) === 0n) {
    throw refused('ENXIO', 'unable to determine region size');
  }
  const available = maxAvailableExtent(window);
  if (size > available) {
    throw refused('ENOSPC', `${decoder}: region size ${hex(size)} exceeds max available space (${hex(available)})`);
  }
  return { window, endpoint };
}

/**
 * Takes addresses, capacity and decoders, and commits. Whatever it had taken is given back if it fails.
 * @throws Errno with what the tool says
 */
export async function assemble(
  name: string,
  window: Window,
  endpoint: Endpoint,
  { type, size }: RegionRequest,
  quirks: Quirks,
): Promise<RegionState> {
  if (size === 0n || size % REGION_ALIGN !== 0n)
    throw refused('EINVAL', `${name}: set_size failed: ${STRERROR.EINVAL}`);
  const anywhere = { base: window.cfmws.window.base, size };
  const hole = quirks.has('hpa-allocated-over-reserved') ? anywhere : window.resource.free(size, REGION_ALIGN);
  if (!hole) throw refused('ERANGE', `${name}: set_size failed: ${STRERROR.ERANGE}`);
  const resource = new ResourceNode(name, hole.base, hole.size);
  window.resource.insert(resource);
  let allocation: DpaAllocation | undefined;
  try {
    allocation = allocate(endpoint, type, size);
    attach(name, endpoint);
    await commit(name, endpoint, allocation, hole);
  } catch (error) {
    detach(name, endpoint);
    if (allocation) endpoint.dpa.free(allocation);
    window.resource.remove(resource);
    throw error;
  }
  const devices = [endpoint.memdev.serial];
  const region: Region = { name, type, ...hole, ways: 1, granularity: GRANULARITY, state: 'enabled', devices };
  return { region, window, endpoint, allocation, resource };
}

function allocate({ memdev, dpa, decoders }: Endpoint, type: Region['type'], size: bigint): DpaAllocation {
  if (dpa.count >= decoders.count) throw refused('ENXIO', `could not get a free decoder for ${memdev.name}`);
  try {
    return dpa.allocate(type, size);
  } catch (error) {
    throw error instanceof Errno
      ? refused(error.code, `decoder${memdev.name.slice(3)}.${dpa.count}: ${error.message}`)
      : error;
  }
}

/** A free decoder of the host bridge's port; one that has no registers can carry one region. */
function attach(name: string, { port, memdev }: Endpoint): void {
  const n = port.regions.indexOf(undefined);
  const at = n >= 0 ? n : port.regions.length;
  if (at >= (port.decoders?.count ?? 1)) throw refused('EBUSY', `${name}: failed to set target0 to ${memdev.name}`);
  port.regions[at] = name;
}

function detach(name: string, { port }: Endpoint): void {
  const at = port.regions.indexOf(name);
  if (at >= 0) port.regions[at] = undefined;
}

/** From the endpoint up; what has been committed is reset if a decoder above does not follow. */
async function commit(name: string, endpoint: Endpoint, allocation: DpaAllocation, range: Range): Promise<void> {
  const { dpa, decoders, port, portNumber } = endpoint;
  const n = dpa.indexOf(allocation);
  const programming = { range, ways: 1, granularity: GRANULARITY };
  const failed = (code: ErrnoName) => refused(code, `${name}: failed to commit decode: ${STRERROR[code]}`);
  const result = await decoders.commit(n, { ...programming, skip: allocation.skip });
  if (result !== 'committed') {
    await decoders.reset(n);
    throw failed(result);
  }
  const above = await port.decoders?.commit(port.regions.indexOf(name), { ...programming, targets: [portNumber] });
  if (above === undefined || above === 'committed') return;
  await port.decoders?.reset(port.regions.indexOf(name));
  await decoders.reset(n);
  throw failed(above);
}

/** Resets decoders from the host bridge down, and gives everything back. */
export async function disassemble({ region, window, endpoint, allocation }: RegionState): Promise<void> {
  const { port, decoders, dpa } = endpoint;
  await port.decoders?.reset(port.regions.indexOf(region.name));
  await decoders.reset(dpa.indexOf(allocation));
  detach(region.name, endpoint);
  dpa.free(allocation);
  window.resource.clear(region);
}

/** As libcxl reckons: the largest extent between regions, whatever else is in the window. */
export function maxAvailableExtent({ cfmws: { window }, resource }: Window): bigint {
  const edges = [...regionsIn(resource).flatMap((region) => [region.base, end(region)]), end(window)];
  let largest = 0n;
  let from = window.base;
  for (let i = 0; i < edges.length; i += 2) {
    const extent = (edges[i] as bigint) - from;
    if (extent > largest) largest = extent;
    from = edges[i + 1] ?? from;
  }
  return largest;
}

/** Regions by ascending address, at whatever depth. */
const regionsIn = (node: ResourceNode): ResourceNode[] =>
  node.children.flatMap((child) => (/^region\d+$/.test(child.name) ? [child] : regionsIn(child)));
