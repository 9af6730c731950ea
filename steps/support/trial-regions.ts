/** A region in each window of a machine, one after the other, as far as its devices allow. */
import { OutOfReach } from '../../src/ledger/verdict';
import { Errno } from '../../src/machine/errno';
import type { Host, Memdev, RegionRequest, RegionType } from '../../src/machine/host';
import type { MemdevName } from '../../src/machine/named-memdev';
import type { FixedWindow, Topology, Type3 } from '../../src/machine/topology';
import { firstDifference, showBytesFrom } from '../../src/report/show-value';
import { serialSeen } from './any-machine';

export interface TrialRegion {
  /** `window 0, persistent`. */
  readonly window: string;
  /** `enabled, yields the data, destroyed`, or what came instead. */
  readonly came: string;
}

/** What each device has, and so the region. */
const SHARE = 256n << 20n;
const STORED = 64 << 10;

/** What is needed of the world. */
interface Machine extends Topology {
  host(): Promise<Host>;
  newData(size: number): Uint8Array;
  storesAnywhere(): boolean;
}

/** @throws OutOfReach if no window can have one, with the reasons */
export async function tryRegions(world: Machine): Promise<TrialRegion[]> {
  const memdevs = await (await world.host()).memdevs();
  const candidates = world.windows.map((window, n) => candidateIn(world, window, n, memdevs));
  const requests = candidates.filter((each) => typeof each !== 'string');
  if (requests.length === 0)
    throw new OutOfReach(candidates.length > 0 ? `${candidates.join('; ')}` : 'the machine has no fixed memory window');
  const found: TrialRegion[] = [];
  for (const request of requests) found.push({ window: showRequest(request), came: await tryRegion(world, request) });
  return found;
}

const showRequest = ({ type, decoder, devices }: RegionRequest): string =>
  `window ${decoder.split('.')[1]}, ${type === 'pmem' ? 'persistent' : 'volatile'}, ${devices.length} way(s)`;

async function tryRegion(world: Machine, request: RegionRequest): Promise<string> {
  const host = await world.host();
  try {
    const { name, state } = await host.createRegion(request);
    const data = world.newData(STORED);
    const stores = request.type === 'pmem' || world.storesAnywhere();
    if (stores) await host.storeInRegion(name, data);
    const wrong = stores ? difference(await host.loadFromRegion(name, data.length), data) : undefined;
    await host.destroyRegion(name);
    return `${state}, ${wrong ? `yields other data ${wrong}` : 'yields the data'}, destroyed`;
  } catch (error) {
    if (error instanceof Errno) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** What can be tried in window `n`: a device of each host bridge, all with capacity of one kind. Or why nothing can. */
function candidateIn(
  topology: Topology,
  { targets }: FixedWindow,
  n: number,
  memdevs: readonly Memdev[],
): RegionRequest | string {
  const { type3s } = topology;
  if (new Set(targets).size < targets.length) return `window ${n} has a host bridge twice`;
  for (const type of ['pmem', 'ram'] as const) {
    const devices = targets.map((target) =>
      type3s.find((each) => bridgeOf(topology, each) === target && has(each, type)),
    );
    if (devices.some((each) => each === undefined)) continue;
    const names = (devices as Type3[]).map((device) => nameOf(topology, device, type, memdevs));
    const absent = names.indexOf(undefined);
    if (absent >= 0) return `window ${n}: no memdev behind ${targets[absent]} has such memory`;
    const size = SHARE * BigInt(devices.length);
    return { type, decoder: `decoder0.${n}`, size, devices: names as MemdevName[] };
  }
  return `window ${n} has no memory of one kind behind each of its host bridges`;
}

/** Undefined if they are the same. */
function difference(actual: Uint8Array, expected: Uint8Array): string | undefined {
  const at = firstDifference(expected, actual);
  return at < 0
    ? undefined
    : `from byte ${at} on: ${showBytesFrom(actual, at)} instead of ${showBytesFrom(expected, at)}`;
}

/** Of devices with one serial number, such as those without `sn`, any behind that host bridge will do that has such memory. */
function nameOf(
  topology: Topology,
  device: Type3,
  type: RegionType,
  memdevs: readonly Memdev[],
): MemdevName | undefined {
  const serial = serialSeen(device);
  if (topology.type3s.filter((each) => serialSeen(each) === serial).length === 1) return serial;
  const buses = topology.hostBridges.map(({ bus }) => bus);
  const rootBus = ({ host }: Memdev) => Math.max(...buses.filter((bus) => bus <= busOf(host)));
  const bridge = topology.hostBridges.find(({ id }) => id === bridgeOf(topology, device));
  return memdevs.find((memdev) => rootBus(memdev) === bridge?.bus && has(memdev, type))?.host;
}

/** Of `0000:0d:00.0`. */
const busOf = (address: string): number => Number.parseInt(address.split(':')[1] ?? '', 16);

const has = ({ volatile, persistent }: Pick<Type3, 'volatile' | 'persistent'>, type: RegionType): boolean =>
  (type === 'pmem' ? persistent : volatile) >= SHARE;

function bridgeOf({ hostBridges, switches = [] }: Topology, { port }: Type3): string | undefined {
  const above = switches.find(({ downstreamPorts }) => downstreamPorts.includes(port))?.rootPort ?? port;
  return hostBridges.find(({ rootPorts }) => rootPorts.includes(above))?.id;
}
