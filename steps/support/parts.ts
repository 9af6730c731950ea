/** The parts of a machine that a scenario lists, by the name that the step has for them; a row is a part. */
import type { Locality, SideCache } from '../../src/machine/numa';
import type { DescribedMachine } from './described-machine';
import { bytes, ids, numbers, range } from './parameter-types';
import { type3sOf } from './type3s';
import { windowOf } from './windows';

type Row = Readonly<Record<string, string>>;

/** `given`: what the row says of a machine, which gets that part. */
export type Part = (machine: DescribedMachine, given: Row) => void;

const CACHES = ['first-level cache', 'second-level cache', 'third-level cache'];

export const PARTS: Readonly<Record<string, Part>> = {
  'host bridges': ({ hostBridges }, { id, bus, 'root ports': rootPorts, node }) => {
    const onNode = node && { node: Number(node) };
    hostBridges.push({ id: `${id}`, bus: Number(bus), ...onNode, rootPorts: ids(rootPorts) });
  },
  switches: ({ switches }, { id, 'root port': rootPort, 'downstream ports': ports, port, serial, mailbox }) => {
    const named = { ...(port && { port: Number(port) }), ...(serial && { serial: BigInt(serial) }) };
    const managed = mailbox && { mailbox };
    switches.push({ id: `${id}`, rootPort: `${rootPort}`, downstreamPorts: ids(ports), ...named, ...managed });
  },
  'fixed memory windows': ({ windows }, row) => windows.push(windowOf(row)),
  'Type 3 devices': ({ type3s }, row) => type3s.push(...type3sOf(row, type3s.length + 1)),
  'PCI functions': ({ testDevices }, { BAR }) => testDevices.push({ id: `bar${testDevices.length}`, bar: bytes(BAR) }),

  'NUMA nodes': ({ numa }, { RAM, processors = '', initiator }) => {
    const nearest = initiator && { initiator: Number(initiator) };
    numa.nodes.push({ ram: bytes(RAM), processors: numbers(processors), ...nearest });
  },
  distances: ({ numa }, { from, to, distance }) =>
    numa.distances.push({ from: Number(from), to: Number(to), distance: Number(distance) }),
  'Generic Ports': ({ numa }, { 'host bridge': hostBridge, node }) =>
    numa.genericPorts.push({ ...(hostBridge && { hostBridge }), ...(node && { node: Number(node) }) }),
  'Generic Initiators': ({ numa }, { device, node }) =>
    numa.genericInitiators.push({ ...(device && { device }), ...(node && { node: Number(node) }) }),
  'latencies and bandwidths': ({ numa }, { from, to, latency, bandwidth, access, of }) => {
    const cache = CACHES.indexOf(`${of}`) + 1;
    const which = { ...(access && access !== 'any' && { access }), ...(cache > 0 && { cache }) };
    const values = { latency: Number(latency), bandwidth: bytes(bandwidth), ...which };
    numa.localities.push({ initiator: Number(from), target: Number(to), ...values } as Locality);
  },
  'memory side caches': ({ numa }, row) => numa.sideCaches.push({ node: Number(row.node), ...sideCache(row) }),

  'ranges that firmware reserves': ({ reservations }, { window, range: part }) =>
    reservations.push({ window: Number(window), part: range(part) }),
};

export const sideCache = ({ level, size, associativity, policy, line }: Row): Omit<SideCache, 'node'> =>
  ({ level: Number(level), size: bytes(size), associativity, policy, line: Number(line) }) as Omit<SideCache, 'node'>;
