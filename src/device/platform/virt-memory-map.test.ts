import { test } from 'node:test';
import { expect } from 'expect';
import type { Topology } from '../../machine/topology';
import { virtMemoryMap } from './virt-memory-map';

const GIB = 1n << 30n;
const window = { size: 4n * GIB, targets: ['cxl.1'], granularity: 256 };
const machine = (ram: bigint, maxRam?: bigint, slots = 4): Topology => ({
  ram,
  processors: 1,
  ...(maxRam && { hotplug: { maxRam, slots } }),
  hostBridges: [{ id: 'cxl.1', bus: 12, rootPorts: [] }],
  windows: [window, window],
  type3s: [],
  testDevices: [],
});

for (const [name, topology, hostRegisters, ecam, first] of [
  ['-m 2G', machine(2n * GIB), 0x40_0400_0000n, 0x40_1000_0000n, 0x100_0000_0000n],
  ['-m 2G,maxmem=4G,slots=4', machine(2n * GIB, 4n * GIB), 0x40_0400_0000n, 0x40_1000_0000n, 0x100_0000_0000n],
  ['-m 2G,maxmem=300G,slots=4', machine(2n * GIB, 300n * GIB), 0x4c_4400_0000n, 0x4c_5000_0000n, 0x100_0000_0000n],
] as const) {
  test(`${name} puts host registers, configuration space and windows where QEMU 11.1.3 does`, () => {
    const map = virtMemoryMap(topology, new Set());
    expect([map.hostRegisters.base, map.ecam.base, map.windows[0]?.window.base]).toEqual([hostRegisters, ecam, first]);
    expect(map.windows[1]?.window.base).toBe(first + 4n * GIB);
  });
}
