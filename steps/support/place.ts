import type { Place } from '../../src/machine/registers';
import type { Topology } from '../../src/machine/topology';

/** Where the host bridge, port or device `id` of a machine is. @throws Error, for the scenario is wrong, if it has none. */
export function placeOf(topology: Topology, id: string): Place {
  const { hostBridges, switches = [], type3s } = topology;
  const bridge = hostBridges.find((each) => each.id === id);
  if (bridge) return { hostBridge: bridge.bus, way: [] };
  const above = hostBridges.find(({ rootPorts }) => rootPorts.includes(id));
  if (above) return below(placeOf(topology, above.id), above.rootPorts.indexOf(id));
  const managed = switches.find(({ mailbox }) => mailbox === id);
  if (managed) return { ...placeOf(topology, managed.id), fn: 1 };
  const own = switches.find((each) => each.id === id);
  if (own) return below(placeOf(topology, own.rootPort), 0);
  const upstream = switches.find(({ downstreamPorts }) => downstreamPorts.includes(id));
  if (upstream) return below(placeOf(topology, upstream.id), upstream.downstreamPorts.indexOf(id));
  const type3 = type3s.find((each) => each.id === id);
  if (type3) return below(placeOf(topology, type3.port), 0);
  throw new Error(`no host bridge, port or device ${id}`);
}

const below = ({ hostBridge, way }: Place, device: number): Place => ({ hostBridge, way: [...way, device] });
