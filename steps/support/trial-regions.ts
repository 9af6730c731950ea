/** A region in each window of a machine, one after the other, as far as its devices allow. */
import { OutOfReach } from '../../src/ledger/verdict';
import { Errno } from '../../src/machine/errno';
import type { Host, RegionRequest, RegionType } from '../../src/machine/host';
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
  const candidates = world.windows.map((window, n) => candidateIn(world, window, n));
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
function candidateIn(topology: Topology, { targets }: FixedWindow, n: number): RegionRequest | string {
  const { type3s } = topology;
  if (new Set(targets).size < targets.length) return `window ${n} has a host bridge twice`;
  for (const type of ['pmem', 'ram'] as const) {
    const devices = targets.map((target) =>
      type3s.find((each) => bridgeOf(topology, each) === target && has(each, type)),
    );
    if (devices.some((each) => each === undefined)) continue;
    const serials = (devices as Type3[]).map(serialSeen);
    if (serials.some((serial) => type3s.filter((each) => serialSeen(each) === serial).length > 1))
      return `window ${n}: its devices have the same serial number, and cannot be told apart; give each an sn`;
    return { type, decoder: `decoder0.${n}`, size: SHARE * BigInt(devices.length), devices: serials };
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

const has = ({ volatile, persistent }: Type3, type: RegionType): boolean =>
  (type === 'pmem' ? persistent : volatile) >= SHARE;

function bridgeOf({ hostBridges, switches = [] }: Topology, { port }: Type3): string | undefined {
  const above = switches.find(({ downstreamPorts }) => downstreamPorts.includes(port))?.rootPort ?? port;
  return hostBridges.find(({ rootPorts }) => rootPorts.includes(above))?.id;
}
