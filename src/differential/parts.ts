/**
 * What a machine is made of, as far as functions show it: what two machines both have shows the same registers and answers in
 * both, wherever it is and however large.
 */
import type { Topology } from '../machine/topology';

/** The kinds of functions behind its CXL host bridges, and of the bridges; each with the properties that it is given. */
export function partsOf(topology: Topology): Set<string> {
  const { hostBridges, switches = [], testDevices, others = [], ports = {} } = topology;
  const shown = (id: string) => given(ports[id] ?? {});
  return new Set([
    ...hostBridges.map(({ rootPorts, hdmForPassthrough }) => {
      const decodes = rootPorts.length > 1 || hdmForPassthrough === true;
      return `pxb-cxl ${given({ ports: rootPorts.length > 0, decodes })}`;
    }),
    ...hostBridges.flatMap(({ rootPorts }) => rootPorts.map((id) => `cxl-rp ${shown(id)}`)),
    ...switches.map(({ id, serial, port }) => `cxl-upstream ${given({ serial, port })} ${shown(id)}`),
    ...switches.flatMap(({ downstreamPorts }) => downstreamPorts.map((id) => `cxl-downstream ${shown(id)}`)),
    ...mailboxesOf(topology).map(({ part }) => part),
    ...testDevices.map(({ bar = 0n }) => `pci-testdev ${bar}`), // whose place takes room from all others
    ...others.map(({ driver, memory }) => `${driver} ${given({ memory })}`),
  ]);
}

/** Who has a mailbox, by its id, with what kind of part it is. */
export function mailboxesOf({ type3s, switches = [] }: Topology): { readonly id: string; readonly part: string }[] {
  const behind = new Set(switches.flatMap(({ downstreamPorts }) => downstreamPorts));
  return [
    ...type3s.map(({ id, port, serial, place, ...rest }) => ({
      id,
      part: `cxl-type3 ${given({ ...rest, switched: behind.has(port) })}`,
    })),
    ...switches.flatMap(({ mailbox }) => (mailbox ? [{ id: mailbox, part: 'cxl-switch-mailbox-cci' }] : [])),
  ];
}

/** The names of what is given and is not zero; of what is either so or not, which. */
const given = (properties: object): string =>
  Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== 0n)
    .map(([name, value]) => (typeof value === 'boolean' ? `${name}=${value}` : name))
    .sort()
    .join(',');
