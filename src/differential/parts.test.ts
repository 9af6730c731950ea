import { test } from 'node:test';
import { expect } from 'expect';
import type { Topology } from '../machine/topology';
import { mailboxesOf, partsOf } from './parts';

const GIB = 1n << 30n;

const topology: Topology = {
  ram: GIB,
  processors: 1,
  testDevices: [],
  hostBridges: [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0'] }],
  windows: [],
  type3s: [{ id: 'mem0', port: 'rp0', volatile: GIB, persistent: 0n, labelArea: 0n, serial: 1n }],
};

const device = (change: object): Topology => ({
  ...topology,
  type3s: topology.type3s.map((each) => ({ ...each, ...change })),
});

test('names, sizes and places of parts are not told apart', () => {
  const other: Topology = {
    ...device({ id: 'other', serial: 9n, volatile: 4n * GIB, port: 'port' }),
    ram: 8n * GIB,
    hostBridges: [{ id: 'cxl.2', bus: 40, rootPorts: ['port'] }],
  };
  expect(partsOf(other)).toEqual(partsOf(topology));
});

const DIFFERENT: readonly (readonly [what: string, other: Topology])[] = [
  ['persistent capacity', device({ persistent: GIB, labelArea: 1024n })],
  ['dynamic capacity', device({ dynamic: { regions: 2, capacity: GIB } })],
  ['back-invalidation', device({ backInvalidate: true })],
  [
    'a second root port, which gives the bridge decoders',
    { ...topology, hostBridges: [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1'] }] },
  ],
  ['a property of a port', { ...topology, ports: { rp0: { hotPlug: false } } }],
  ['a switch', { ...topology, switches: [{ id: 'us0', rootPort: 'rp0', downstreamPorts: ['ds0'] }] }],
];

for (const [what, other] of DIFFERENT) {
  test(`a machine has another part by ${what}`, () => {
    const before = partsOf(topology);
    expect([...partsOf(other)].filter((part) => !before.has(part))).not.toEqual([]);
  });
}

test('devices and mailboxes of switches have mailboxes', () => {
  const switches = [{ id: 'us0', rootPort: 'rp0', downstreamPorts: ['ds0'], mailbox: 'cci0' }];
  const found = mailboxesOf({ ...device({ port: 'ds0' }), switches });
  expect(found.map(({ id }) => id)).toEqual(['mem0', 'cci0']);
  expect(found[0]?.part).not.toBe(mailboxesOf(topology)[0]?.part); // which is not behind a switch
});
