/** Reading a command line and writing it are each other's reverse. */
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import type { QemuOffer } from '../ledger/offer';
import type { Locality, Numa, SideCache } from '../machine/numa';
import type { Topology, Type3 } from '../machine/topology';
import { commandLine } from '../options/command-line';
import { parse } from '../options/parse';
import { showCommand } from '../system/shell-word';

const EVERYTHING: QemuOffer = {
  path: '/qemu',
  version: '11.1',
  package: '',
  commands: [],
  objects: ['acpi-generic-initiator', 'acpi-generic-port'],
  devices: {
    'pxb-cxl': ['hdm_for_passthrough'],
    'cxl-upstream': ['sn'],
    'cxl-type3': ['persistent-memdev', 'volatile-memdev', 'sn'],
    'pci-testdev': ['membar'],
  },
};

const size = fc.bigInt(1n, 1n << 20n).map((n) => n * 8192n);
const maybe = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [key]: given }));
const node = fc.nat({ max: 3 });

const hostBridges = fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { maxLength: 4 }).chain((buses) =>
  fc.tuple(
    ...buses.map((bus, n) =>
      fc
        .tuple(fc.nat({ max: 4 }), maybe('hdmForPassthrough', fc.constant(true)), maybe('node', node))
        .map(([ports, passthrough, proximity]) => ({
          id: `cxl.${n}`,
          bus,
          rootPorts: Array.from({ length: ports }, (_, i) => `rp${n}-${i}`),
          ...passthrough,
          ...proximity,
        })),
    ),
  ),
);
const switches = fc
  .array(
    fc.tuple(
      fc.nat({ max: 4 }),
      maybe('port', fc.integer({ min: 1, max: 255 })),
      maybe('serial', fc.bigInt(0n, 2n ** 64n - 1n)),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) =>
    all.map(([ports, port, serial], n) => ({
      id: `us${n}`,
      rootPort: `rp0-${n}`,
      downstreamPorts: Array.from({ length: ports }, (_, i) => `ds${n}-${i}`),
      ...port,
      ...serial,
    })),
  );
const windows = fc.array(
  fc.record({
    size,
    targets: fc.array(fc.constantFrom('cxl.0', 'cxl.1', 'missing'), { minLength: 1, maxLength: 3 }),
    granularity: fc.constantFrom(256, 512, 1024, 16384, 300),
  }),
  { maxLength: 3 },
);
const type3s: fc.Arbitrary<Type3[]> = fc
  .array(
    fc.record({
      port: fc.constantFrom('rp0-0', 'rp1-0'),
      volatile: fc.oneof(fc.constant(0n), size),
      persistent: fc.oneof(fc.constant(0n), size),
      labelArea: fc.oneof(fc.constant(0n), size),
      serial: fc.bigInt(0n, 2n ** 64n - 1n),
    }),
    { maxLength: 3 },
  )
  .map((all) => all.map((each, n) => ({ id: `dev${n}`, ...each })));
const localities = fc
  .tuple(
    fc.record({ initiator: node, target: node }),
    fc.oneof(
      fc.record({ latency: fc.nat({ max: 1000 }), bandwidth: size }),
      fc.record({ latency: fc.nat({ max: 1000 }) }),
      fc.record({ bandwidth: size }),
    ),
    maybe('access', fc.constantFrom('read', 'write')),
    maybe('cache', fc.constantFrom(1, 2, 3)),
  )
  .map(([nodes, values, access, cache]): Locality => ({ ...nodes, ...values, ...access, ...cache }));
const sideCaches: fc.Arbitrary<SideCache[]> = fc
  .array(
    fc.record({
      node,
      level: fc.integer({ min: 1, max: 3 }),
      size,
      line: fc.constantFrom(0, 8, 64),
      associativity: fc.constantFrom('none', 'direct', 'complex'),
      policy: fc.constantFrom('none', 'write-back', 'write-through'),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.sort((a, b) => a.level - b.level));
const nodes = fc
  .tuple(
    fc.record({ ram: fc.oneof(fc.constant(0n), size), processors: fc.array(node, { maxLength: 2 }) }),
    maybe('initiator', node),
  )
  .map(merged);
const uncached = fc.record({
  nodes: fc.array(nodes, { minLength: 1, maxLength: 4 }),
  distances: fc.array(fc.record({ from: node, to: node, distance: fc.nat({ max: 255 }) }), { maxLength: 3 }),
  localities: fc.uniqueArray(localities, {
    maxLength: 3,
    selector: ({ initiator, target, access, cache }) => `${initiator} ${target} ${access} ${cache}`,
  }),
  genericInitiators: fc.array(fc.tuple(maybe('device', fc.constant('dev0')), maybe('node', node)).map(merged), {
    maxLength: 2,
  }),
  genericPorts: fc.array(fc.tuple(maybe('hostBridge', fc.constant('cxl.0')), maybe('node', node)).map(merged), {
    maxLength: 2,
  }),
});
const numa: fc.Arbitrary<Numa> = fc.tuple(uncached, maybe('sideCaches', sideCaches)).map(merged);
const groups = fc.integer({ min: 1, max: 4 });
const smp = fc
  .record({ sockets: groups, dies: groups, cores: groups, threads: groups })
  .map((all) => ({ ...all, maxProcessors: Object.values(all).reduce((product, n) => product * n) }));
const testDevices = fc
  .array(fc.tuple(maybe('bar', size), maybe('port', fc.constant('pcie0')), maybe('function', fc.nat({ max: 7 }))), {
    maxLength: 3,
  })
  .map((all) =>
    all.map(([bar, port, fn], n) => ({ id: `test${n}`, ...bar, ...(n === 0 && 'port' in port && { ...port, ...fn }) })),
  );
const topologies: fc.Arbitrary<Topology> = fc
  .tuple(
    fc.record({
      ram: size,
      processors: fc.integer({ min: 1, max: 64 }),
      hostBridges,
      windows,
      type3s,
      testDevices,
    }),
    maybe('hotplug', fc.record({ maxRam: size, slots: fc.nat({ max: 256 }) })),
    maybe('numa', numa),
    maybe('switches', switches),
    maybe('smp', smp),
    maybe('pciePorts', fc.constantFrom([{ id: 'pcie0' }], [{ id: 'pcie0' }, { id: 'pcie1' }])),
    fc.boolean(),
  )
  .map(([machine, hotplug, described, routers, groups, ports, other]) => {
    const topology: Topology = { ...machine, ...hotplug, ...described, ...routers, ...groups, ...ports };
    const needed = [...(topology.numa?.localities ?? []), ...(topology.numa?.sideCaches ?? [])].length > 0;
    return other ? { ...topology, hmat: !needed } : topology; // otherwise it goes without saying
  });

test('what a topology is rendered to is parsed to that topology', () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      expect(parse(commandLine(topology, EVERYTHING))).toEqual(topology);
    }),
  );
});

test('so it is when it has gone through a shell', () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      expect(parse(showCommand(['qemu', ...commandLine(topology, EVERYTHING)]))).toEqual(topology);
    }),
  );
});

function merged<A, B>([a, b]: [A, B]): A & B {
  return { ...a, ...b };
}
