import { test } from 'node:test';
import { expect } from 'expect';
import type { Topology } from '../machine/topology';
import { smallest } from './smaller';

const MIB = 1n << 20n;

const type3 = (id: string, port: string, n: bigint) => ({
  id,
  port,
  volatile: 256n * MIB,
  persistent: 0n,
  labelArea: 0n,
  serial: n,
});

const large: Topology = {
  ram: 1024n * MIB,
  processors: 1,
  testDevices: [{ id: 'test' }],
  hotplug: { maxRam: 2048n * MIB, slots: 2 },
  hostBridges: [
    { id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1', 'rp2'] },
    { id: 'cxl.2', bus: 40, rootPorts: ['rp3'] },
  ],
  switches: [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0', 'ds1'] }],
  windows: [
    { size: 4096n * MIB, targets: ['cxl.1'], granularity: 256 },
    { size: 4096n * MIB, targets: ['cxl.1', 'cxl.2'], granularity: 256 },
  ],
  type3s: [type3('a', 'rp0', 1n), type3('b', 'ds1', 2n), type3('c', 'rp3', 3n)],
};

test('parts that do not matter are left out, with what hangs from them', async () => {
  const found = await smallest(large, async ({ type3s }) => type3s.some(({ id }) => id === 'b'), 100);
  expect(found).toEqual({
    ram: 1024n * MIB,
    processors: 1,
    testDevices: [],
    windows: [],
    hostBridges: [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1'] }],
    switches: [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0', 'ds1'] }],
    type3s: [type3('b', 'ds1', 2n)],
  });
});

test('no machine refers to what it does not have', async () => {
  await smallest(
    large,
    async ({ hostBridges, switches = [], type3s, windows }) => {
      const bridges = hostBridges.map(({ id }) => id);
      const ports = [
        ...hostBridges.flatMap((each) => each.rootPorts),
        ...switches.flatMap((each) => each.downstreamPorts),
      ];
      expect(bridges).toEqual(expect.arrayContaining(windows.flatMap(({ targets }) => targets)));
      expect(ports).toEqual(
        expect.arrayContaining(
          [...type3s, ...switches.map(({ rootPort: port }) => ({ port }))].map(({ port }) => port),
        ),
      );
      return true;
    },
    100,
  );
});

test('after so many attempts the smallest machine so far is taken', async () => {
  let asked = 0;
  const found = await smallest(large, async () => ++asked > 0, 1);
  expect([asked, found.hostBridges.length]).toEqual([1, 1]);
});
