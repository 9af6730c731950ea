import { test } from 'node:test';
import { expect } from 'expect';
import { parse } from './parse';

const K = 1n << 10n;
const M = 1n << 20n;
const G = 1n << 30n;

/** QEMU docs/system/devices/cxl.rst: two host bridges, two root ports each. */
const DOCUMENTED = `
  > qemu-system-x86_64 -nodefaults -M q35,cxl=on -m 4G,maxmem=8G,slots=8 -smp 4 -nographic \\
  >  -object memory-backend-file,id=cxl-mem1,share=on,mem-path=/tmp/cxltest.raw,size=256M \\
  >  -object memory-backend-file,id=cxl-mem2,share=on,mem-path=/tmp/cxltest2.raw,size=512M \\
  >  -object memory-backend-file,id=cxl-lsa1,share=on,mem-path=/tmp/lsa.raw,size=256K \\
  >  -netdev user,id=n0 -device virtio-net-pci,netdev=n0 # no part of CXL
  >  -device pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl.1 \\
  >  -device pxb-cxl,bus_nr=222,bus=pcie.0,id=cxl.2 \\
  >  -device cxl-rp,port=0,bus=cxl.1,id=root_port13,chassis=0,slot=2 \\
  >  -device cxl-type3,bus=root_port13,memdev=cxl-mem1,lsa=cxl-lsa1,id=cxl-pmem0 \\
  >  -device cxl-rp,port=1,bus=cxl.1,id=root_port14,chassis=0,slot=3 \\
  >  -device cxl-rp,port=0,bus=cxl.2,id=root_port15,chassis=0,slot=5 \\
  >  -device '{"driver": "cxl-type3", "bus": "root_port15", "volatile-memdev": "cxl-mem2",
  >            "sn": 9223372036854775809}' \\
  >  -M cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.targets.1=cxl.2,
  >     cxl-fmw.0.size=4G,cxl-fmw.0.interleave-granularity=8k`;

test('a command line from a mail is a topology', () => {
  expect(parse(DOCUMENTED)).toEqual({
    ram: 4n * G,
    processors: 4,
    hotplug: { maxRam: 8n * G, slots: 8 },
    testDevices: [],
    hostBridges: [
      { id: 'cxl.1', bus: 12, rootPorts: ['root_port13', 'root_port14'], place: { device: 2, fn: 0 } },
      { id: 'cxl.2', bus: 222, rootPorts: ['root_port15'], place: { device: 3, fn: 0 } },
    ],
    others: [{ id: 'unnamed0', driver: 'virtio-net-pci', bus: 'pcie.0', place: { device: 1, fn: 0 } }],
    ports: {
      root_port13: { chassis: 0, slot: 2 },
      root_port14: { chassis: 0, slot: 3 },
      root_port15: { chassis: 0, slot: 5 },
    },
    order: {
      devices: ['cxl.1', 'cxl.2', 'root_port13', 'cxl-pmem0', 'root_port14', 'root_port15'],
      objects: ['cxl-mem1', 'cxl-mem2', 'cxl-lsa1'],
    },
    windows: [{ size: 4n * G, targets: ['cxl.1', 'cxl.2'], granularity: 8192 }],
    type3s: [
      {
        id: 'cxl-pmem0',
        port: 'root_port13',
        volatile: 0n,
        persistent: 256n * M,
        labelArea: 256n * K,
        serial: 2n ** 64n - 1n,
      },
      {
        id: 'unnamed1',
        port: 'root_port15',
        volatile: 512n * M,
        persistent: 0n,
        labelArea: 0n,
        serial: 2n ** 63n + 1n,
      },
    ],
  });
});

const BARE = { ram: 128n * M, processors: 1, hostBridges: [], windows: [], type3s: [], testDevices: [] };
const Q35 = '-nodefaults -M q35,cxl=on';

const lines: { title: string; line: string; expected: object }[] = [
  { title: 'what is not given is what QEMU has by itself', line: Q35, expected: BARE },
  { title: 'RAM is in MiB unless it has a unit', line: `${Q35} -m 4096`, expected: { ...BARE, ram: 4n * G } },
  { title: 'RAM has fractions of a unit', line: `${Q35} -m size=1.5g`, expected: { ...BARE, ram: 1536n * M } },
  { title: 'the last of several values counts', line: `${Q35} -m 1G -m 2G`, expected: { ...BARE, ram: 2n * G } },
  {
    title: 'processors belong to nodes by number, and by socket and core',
    line: `${Q35} -m 256M -smp 4,sockets=2,cores=2,threads=1 -object memory-backend-ram,id=m,size=256M
      -numa node,memdev=m,cpus=0 -numa node,cpus=1 -numa cpu,node-id=1,socket-id=1 -numa dist,src=0,dst=1,val=30`,
    expected: {
      ...BARE,
      ram: 256n * M,
      processors: 4,
      smp: { maxProcessors: 4, sockets: 2, dies: 1, cores: 2, threads: 1 },
      numa: {
        nodes: [
          { ram: 256n * M, processors: [0] },
          { ram: 0n, processors: [1, 2, 3] },
        ],
        distances: [{ from: 0, to: 1, distance: 30 }],
        localities: [],
        genericInitiators: [],
        genericPorts: [],
      },
    },
  },
  {
    title: 'memory that has another use has the name that it has in a rendered command line',
    line: `${Q35} -object memory-backend-ram,id=m,size=128M -numa node,memdev=m
      -device cxl-type3,id=a,bus=rp0,volatile-memdev=m,sn=1`,
    expected: {
      ...BARE,
      type3s: [
        {
          id: 'a',
          port: 'rp0',
          volatile: 128n * M,
          persistent: 0n,
          labelArea: 0n,
          serial: 1n,
          backend: 'node0',
        },
      ],
      numa: {
        nodes: [{ ram: 128n * M, processors: [] }],
        distances: [],
        localities: [],
        genericInitiators: [],
        genericPorts: [],
      },
    },
  },
];

for (const { title, line, expected } of lines) {
  test(title, () => {
    expect(parse(line)).toEqual(expected);
  });
}

const unknown: { line: string; message: string }[] = [
  { line: `${Q35} -frobnicate`, message: '-frobnicate is no option of QEMU that is known here' },
  { line: `${Q35} -m`, message: '-m: requires an argument' },
  { line: '-m 4G', message: 'machine pc is not supported: only q35 and virt are' },
  { line: `${Q35} -device flux-capacitor`, message: 'device flux-capacitor is not modelled' },
  { line: `${Q35} -device cxl-type3,volatile-memdev=m`, message: 'there is no memory backend m' },
];

for (const { line, message } of unknown) {
  test(`${message}, and that is told`, () => {
    expect(() => parse(line)).toThrow(new RangeError(message));
  });
}
