import { test } from 'node:test';
import { expect } from 'expect';
import type { Topology } from '../../machine/topology';
import { q35MemoryMap } from './q35-memory-map';

const GIB = 1n << 30n;
const bridges = [
  { id: 'cxl.1', bus: 12, rootPorts: [] },
  { id: 'cxl.2', bus: 222, rootPorts: [] },
];
const window = { size: 4n * GIB, targets: ['cxl.1'], granularity: 256 };
const machine = (ram: bigint, maxRam?: bigint, slots = 8): Topology => ({
  ram,
  processors: 1,
  ...(maxRam && { hotplug: { maxRam, slots } }),
  hostBridges: bridges,
  windows: [window, window],
  type3s: [],
  testDevices: [],
});

for (const [name, topology, hostRegisters, first, reservedEnd] of [
  ['-m 128M', machine(128n << 20n), 0x1_0000_0000n, 0x1_1000_0000n, 0x3_4000_0000n],
  ['-m 4G', machine(4n * GIB), 0x1_8000_0000n, 0x1_9000_0000n, 0x3_c000_0000n],
  ['-m 4G,maxmem=8G,slots=8', machine(4n * GIB, 8n * GIB), 0x4_8000_0000n, 0x4_9000_0000n, 0x6_c000_0000n],
  ['-m 2G,maxmem=8G,slots=4', machine(2n * GIB, 8n * GIB, 4), 0x3_8000_0000n, 0x3_9000_0000n, 0x5_c000_0000n],
  ['-m 1010G', machine(1010n * GIB), 0x1fc_0000_0000n, 0x1fc_1000_0000n, 0x1fe_4000_0000n],
] as const) {
  test(`${name} puts the host registers at ${hostRegisters.toString(16)}`, () => {
    const map = q35MemoryMap(topology, new Set());
    expect(map.hostRegisters.base.toString(16)).toBe(hostRegisters.toString(16));
    expect(map.windows.map((each) => each.window.base)).toEqual([first, first + 4n * GIB]);
    expect(map.reservedEnd.toString(16)).toBe(reservedEnd.toString(16));
  });
}

test('the last host bridge has the first component registers', () => {
  const map = q35MemoryMap(machine(4n * GIB), new Set());
  expect(map.bridges.map(({ uid, registers }) => [uid, registers.base])).toEqual([
    [12, 0x1_8001_0000n],
    [222, 0x1_8000_0000n],
  ]);
});
