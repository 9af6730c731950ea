/** Reading a command line and writing it are each other's reverse. */
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import type { Numa, Topology, Type3 } from '../machine/topology';
import { parse } from '../options/parse';
import { commandLine } from '../qemu/command-line';
import type { QemuOffer } from '../qemu/offer';
import { showCommand } from '../qemu/shell';

const EVERYTHING: QemuOffer = {
  ...{ path: '/qemu', version: '11.1', package: '', commands: [] },
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
      fc.tuple(fc.nat({ max: 4 }), maybe('hdmForPassthrough', fc.constant(true))).map(([ports, passthrough]) => ({
        ...{ id: `cxl.${n}`, bus, rootPorts: Array.from({ length: ports }, (_, i) => `rp${n}-${i}`), ...passthrough },
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
      ...{ id: `us${n}`, rootPort: `rp0-${n}` },
      ...{ downstreamPorts: Array.from({ length: ports }, (_, i) => `ds${n}-${i}`), ...port, ...serial },
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
      ...{ volatile: fc.oneof(fc.constant(0n), size), persistent: fc.oneof(fc.constant(0n), size) },
      ...{ labelArea: fc.oneof(fc.constant(0n), size), serial: fc.bigInt(0n, 2n ** 64n - 1n) },
    }),
    { maxLength: 3 },
  )
  .map((all) => all.map((each, n) => ({ id: `dev${n}`, ...each })));
const numa: fc.Arbitrary<Numa> = fc.record({
  nodes: fc.array(fc.record({ ram: fc.oneof(fc.constant(0n), size), processors: fc.array(node, { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  distances: fc.array(fc.record({ from: node, to: node, distance: fc.nat({ max: 255 }) }), { maxLength: 3 }),
  localities: fc.uniqueArray(
    fc.record({ initiator: node, target: node, latency: fc.nat({ max: 1000 }), bandwidth: size }),
    { maxLength: 3, selector: ({ initiator, target }) => `${initiator} ${target}` },
  ),
  genericInitiators: fc.array(fc.tuple(maybe('device', fc.constant('dev0')), maybe('node', node)).map(merged), {
    maxLength: 2,
  }),
  genericPorts: fc.array(fc.tuple(maybe('hostBridge', fc.constant('cxl.0')), maybe('node', node)).map(merged), {
    maxLength: 2,
  }),
});
const topologies: fc.Arbitrary<Topology> = fc
  .tuple(
    fc.record({
      ...{ ram: size, processors: fc.integer({ min: 1, max: 64 }), hostBridges, windows, type3s },
      testDevices: fc.array(size, { maxLength: 2 }).map((bars) => bars.map((bar, n) => ({ id: `bar${n}`, bar }))),
    }),
    maybe('hotplug', fc.record({ maxRam: size, slots: fc.nat({ max: 256 }) })),
    maybe('numa', numa),
    maybe('switches', switches),
  )
  .map(([machine, hotplug, nodes, routers]) => ({ ...machine, ...hotplug, ...nodes, ...routers }));

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
