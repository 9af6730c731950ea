/** Smaller machines than one that shows something, as long as they show it too: parts are left out one after the other. */
import type { Numa } from '../machine/numa';
import type { HostBridge, Switch, Topology } from '../machine/topology';

/**
 * The smallest machine found that `shows`, starting from one that does.
 * @param attempts how many machines are tried at most
 */
export async function smallest(
  topology: Topology,
  shows: (smaller: Topology) => Promise<boolean>,
  attempts: number,
): Promise<Topology> {
  let left = attempts;
  let current = topology;
  for (let at = 0; left > 0; ) {
    const candidate = oneStepFrom(current)[at];
    if (!candidate) break;
    left -= 1;
    if (await shows(candidate)) current = candidate;
    else at += 1; // what was there before it is needed still
  }
  return current;
}

/** Each lacks one part, with all that hangs from it; those that lack most come first. */
function oneStepFrom(topology: Topology): Topology[] {
  const { hostBridges, switches = [], type3s, windows, testDevices } = topology;
  const { numa, hmat, smp, hotplug, pciePorts, ports } = topology;
  return [
    ...(numa || hmat !== undefined ? [withoutNodes(topology)] : []),
    ...hostBridges.map((bridge) => withoutBridge(topology, bridge)),
    ...switches.map((each) => withoutSwitch(topology, each)),
    ...type3s.map(({ id }) => withoutDevices(topology, [id])),
    ...windows.map((_, n) => ({ ...topology, windows: windows.filter((_, i) => i !== n) })),
    ...(testDevices.length > 0 ? [{ ...topology, testDevices: [] }] : []),
    ...(pciePorts ? [without(topology, 'pciePorts')] : []),
    ...(ports ? [without(topology, 'ports')] : []),
    ...(hotplug ? [without(topology, 'hotplug')] : []),
    ...(smp ? [without(topology, 'smp')] : []),
    ...withoutFreePorts(topology),
  ];
}

function without(topology: Topology, part: 'pciePorts' | 'ports' | 'hotplug' | 'smp'): Topology {
  const { [part]: _, ...rest } = topology;
  return rest;
}

function withoutNodes({ numa, hmat, ...rest }: Topology): Topology {
  return { ...rest, hostBridges: rest.hostBridges.map(({ node, ...bridge }) => bridge) };
}

function withoutBridge(topology: Topology, { id, rootPorts }: HostBridge): Topology {
  const mine = (topology.switches ?? []).filter(({ rootPort }) => rootPorts.includes(rootPort));
  const ports = [...rootPorts, ...mine.flatMap(({ downstreamPorts }) => downstreamPorts)];
  const devices = topology.type3s.filter(({ port }) => ports.includes(port)).map((each) => each.id);
  const left = mine.reduce(withoutSwitch, withoutDevices(topology, devices));
  return {
    ...left,
    hostBridges: left.hostBridges.filter((bridge) => bridge.id !== id),
    windows: left.windows.filter(({ targets }) => !targets.includes(id)),
    testDevices: left.testDevices.filter(({ port = '' }) => !rootPorts.includes(port)),
    ...numaWithout(left, [id]),
  };
}

function withoutSwitch(topology: Topology, { id, downstreamPorts }: Switch): Topology {
  const devices = topology.type3s.filter(({ port }) => downstreamPorts.includes(port)).map((each) => each.id);
  const { switches = [], ...rest } = withoutDevices(topology, devices);
  const others = switches.filter((each) => each.id !== id);
  const testDevices = rest.testDevices.filter(({ port = '' }) => !downstreamPorts.includes(port));
  return { ...rest, testDevices, ...(others.length > 0 && { switches: others }) };
}

const withoutDevices = (topology: Topology, ids: readonly string[]): Topology => ({
  ...topology,
  type3s: topology.type3s.filter(({ id }) => !ids.includes(id)),
  ...numaWithout(topology, ids),
});

/** A proximity domain that names a device or bridge goes with it. */
function numaWithout({ numa }: Topology, ids: readonly string[]): { readonly numa?: Numa } {
  if (!numa) return {};
  const genericInitiators = numa.genericInitiators.filter(({ device = '' }) => !ids.includes(device));
  const genericPorts = numa.genericPorts.filter(({ hostBridge = '' }) => !ids.includes(hostBridge));
  return { numa: { ...numa, genericInitiators, genericPorts } };
}

/** The last port of each bridge and switch that has nothing behind it: those before it keep their numbers. */
function withoutFreePorts(topology: Topology): Topology[] {
  const { hostBridges, switches = [], type3s, testDevices } = topology;
  const used = new Set([
    ...[...type3s, ...testDevices].map(({ port }) => port),
    ...switches.map(({ rootPort }) => rootPort),
  ]);
  const isFree = (ports: readonly string[]) => ports.length > 0 && !used.has(ports.at(-1) as string);
  return [
    ...hostBridges
      .filter(({ rootPorts }) => isFree(rootPorts))
      .map(({ id }) => ({
        ...topology,
        hostBridges: hostBridges.map((each) =>
          each.id === id ? { ...each, rootPorts: each.rootPorts.slice(0, -1) } : each,
        ),
      })),
    ...switches
      .filter(({ downstreamPorts }) => isFree(downstreamPorts))
      .map(({ id }) => ({
        ...topology,
        switches: switches.map((each) =>
          each.id === id ? { ...each, downstreamPorts: each.downstreamPorts.slice(0, -1) } : each,
        ),
      })),
  ];
}
