import { test } from 'node:test';
import { expect } from 'expect';
import type { QemuOffer } from '../ledger/offer';
import { NotApplicable } from '../ledger/verdict';
import type { Numa } from '../machine/numa';
import type { Topology, Type3 } from '../machine/topology';
import { commandLine } from './command-line';

const G = 1n << 30n;
const M = 1n << 20n;

const NEW: QemuOffer = {
  path: '/qemu',
  version: '10.0.13',
  package: '',
  commands: [],
  objects: ['acpi-generic-initiator', 'acpi-generic-port'],
  devices: {
    'pxb-cxl': ['bus_nr', 'hdm_for_passthrough'],
    'cxl-rp': ['port', 'chassis', 'slot'],
    'cxl-upstream': ['port', 'sn'],
    'cxl-switch-mailbox-cci': ['target'],
    'cxl-type3': ['memdev', 'persistent-memdev', 'volatile-memdev', 'lsa', 'sn'],
    'pci-testdev': ['membar'],
  },
};
const OLD: QemuOffer = {
  ...NEW,
  version: '7.2.22',
  objects: [],
  devices: { 'pxb-cxl': ['bus_nr'], 'cxl-type3': ['memdev', 'lsa', 'sn'], 'pci-testdev': [] },
};

const BARE: Topology = { ram: 2n * G, processors: 2, hostBridges: [], windows: [], type3s: [], testDevices: [] };
const TYPE3: Type3 = {
  id: 't',
  port: 'rp0',
  volatile: 0n,
  persistent: 256n * M,
  labelArea: 128n << 10n,
  serial: 5n,
};
const UNIFORM: Numa = { nodes: [], distances: [], localities: [], genericInitiators: [], genericPorts: [] };
const CONSTANT = '-smp 2 -nodefaults -no-user-config -display none';

const lines: { title: string; topology: Partial<Topology>; offer?: QemuOffer; line: string }[] = [
  {
    title: 'a machine without CXL devices',
    topology: {},
    line: `-machine q35,cxl=on -m 2G ${CONSTANT}`,
  },
  {
    title: 'RAM that is no whole number of MiB, and room for more',
    topology: { ram: G + 4096n, hotplug: { maxRam: 8n * G, slots: 4 } },
    line: `-machine q35,cxl=on -m 1048580K,maxmem=8G,slots=4 ${CONSTANT}`,
  },
  {
    title: 'two windows, which stand in one option, over two bridges, whose slots differ',
    topology: {
      hostBridges: [
        { id: 'cxl.1', bus: 52, rootPorts: ['rp0', 'rp1'] },
        { id: 'cxl.2', bus: 191, rootPorts: ['rp2'], hdmForPassthrough: true },
      ],
      windows: [
        { size: 4n * G, targets: ['cxl.1'], granularity: 256 },
        { size: 256n * M, targets: ['cxl.1', 'cxl.2'], granularity: 4096 },
      ],
    },
    line:
      '-machine q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,' +
      'cxl-fmw.1.targets.0=cxl.1,cxl-fmw.1.targets.1=cxl.2,cxl-fmw.1.size=256M,cxl-fmw.1.interleave-granularity=4096 ' +
      `-m 2G ${CONSTANT} ` +
      '-device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=52 ' +
      '-device cxl-rp,id=rp0,bus=cxl.1,port=0,chassis=0,slot=0 -device cxl-rp,id=rp1,bus=cxl.1,port=1,chassis=0,slot=1 ' +
      '-device pxb-cxl,id=cxl.2,bus=pcie.0,bus_nr=191,hdm_for_passthrough=on ' +
      '-device cxl-rp,id=rp2,bus=cxl.2,port=0,chassis=1,slot=0',
  },
  {
    title: 'a switch with a serial number, and one without, whose ports are in slots of other chassis than root ports',
    topology: {
      hostBridges: [{ id: 'cxl.1', bus: 52, rootPorts: ['rp0'] }],
      switches: [
        { id: 'us0', rootPort: 'rp0', downstreamPorts: ['ds0', 'ds1'], port: 5, serial: 0x77n },
        { id: 'us1', rootPort: 'rp1', downstreamPorts: ['ds2'] },
      ],
    },
    line:
      `-machine q35,cxl=on -m 2G ${CONSTANT} -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=52 ` +
      '-device cxl-rp,id=rp0,bus=cxl.1,port=0,chassis=0,slot=0 -device cxl-upstream,id=us0,bus=rp0,port=5,sn=119 ' +
      '-device cxl-downstream,id=ds0,bus=us0,port=0,chassis=1,slot=0 ' +
      '-device cxl-downstream,id=ds1,bus=us0,port=1,chassis=1,slot=1 -device cxl-upstream,id=us1,bus=rp1,port=0 ' +
      '-device cxl-downstream,id=ds2,bus=us1,port=0,chassis=2,slot=0',
  },
  {
    title: 'a switch with a mailbox, which is the second function of the upstream port',
    topology: {
      switches: [{ id: 'us0', rootPort: 'rp0', downstreamPorts: [], mailbox: 'cci0' }],
    },
    line:
      `-machine q35,cxl=on -m 2G ${CONSTANT} ` +
      '-device cxl-upstream,id=us0,bus=rp0,port=0,multifunction=on,addr=0.0 ' +
      '-device cxl-switch-mailbox-cci,id=cci0,bus=rp0,addr=0.1,target=us0',
  },
  {
    title: 'a Type 3 with volatile and persistent capacity and labels',
    topology: { type3s: [{ ...TYPE3, volatile: 512n * M, serial: 1n << 63n }] },
    line:
      `-machine q35,cxl=on -m 2G ${CONSTANT} ` +
      '-object memory-backend-file,id=t-volatile,size=512M,mem-path=t-volatile,share=on ' +
      '-object memory-backend-file,id=t-persistent,size=256M,mem-path=t-persistent,share=on ' +
      '-object memory-backend-file,id=t-labels,size=128K,mem-path=t-labels,share=on ' +
      '-device cxl-type3,id=t,bus=rp0,volatile-memdev=t-volatile,persistent-memdev=t-persistent,lsa=t-labels,' +
      'sn=9223372036854775808',
  },
  {
    title: 'a Type 3 for a QEMU that knows persistent capacity only, by its old name',
    topology: { type3s: [TYPE3] },
    offer: OLD,
    line:
      `-machine q35,cxl=on -m 2G ${CONSTANT} ` +
      '-object memory-backend-file,id=t-persistent,size=256M,mem-path=t-persistent,share=on ' +
      '-object memory-backend-file,id=t-labels,size=128K,mem-path=t-labels,share=on ' +
      '-device cxl-type3,id=t,bus=rp0,memdev=t-persistent,lsa=t-labels,sn=5',
  },
  {
    title: 'decoders in spite of passthrough, for a QEMU whose bridges always have them',
    topology: { hostBridges: [{ id: 'cxl.1', bus: 52, rootPorts: [], hdmForPassthrough: true }] },
    offer: OLD,
    line: `-machine q35,cxl=on -m 2G ${CONSTANT} -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=52`,
  },
  {
    title: 'NUMA nodes, what lies between them, and what else belongs to them',
    topology: {
      hostBridges: [{ id: 'cxl.1', bus: 52, rootPorts: [] }],
      numa: {
        nodes: [
          { ram: 2n * G, processors: [0, 1] },
          { ram: 0n, processors: [] },
        ],
        distances: [{ from: 0, to: 1, distance: 40 }],
        localities: [{ initiator: 0, target: 1, latency: 100, bandwidth: 8n * G }],
        genericInitiators: [{ device: 'cxl.1', node: 1 }],
        genericPorts: [{ hostBridge: 'cxl.1', node: 1 }],
      },
    },
    line:
      `-machine q35,cxl=on,hmat=on -m 2G ${CONSTANT} -object memory-backend-ram,id=node0,size=2G ` +
      '-object acpi-generic-initiator,id=gi0,pci-dev=cxl.1,node=1 -object acpi-generic-port,id=gp0,pci-bus=cxl.1,node=1 ' +
      '-numa node,nodeid=0,cpus=0,cpus=1,memdev=node0 -numa node,nodeid=1 -numa dist,src=0,dst=1,val=40 ' +
      '-numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-latency,latency=100 ' +
      '-numa hmat-lb,initiator=0,target=1,hierarchy=memory,data-type=access-bandwidth,bandwidth=8G ' +
      '-device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=52',
  },
  {
    title: 'a memory backend that has another use',
    topology: { type3s: [{ ...TYPE3, labelArea: 0n, backend: 'node0' }] },
    line: `-machine q35,cxl=on -m 2G ${CONSTANT} -device cxl-type3,id=t,bus=rp0,persistent-memdev=node0,sn=5`,
  },
  {
    title: 'a test device',
    topology: { testDevices: [{ id: 'bar', bar: 1n * G }] },
    line: `-machine q35,cxl=on -m 2G ${CONSTANT} -device pci-testdev,id=bar,bus=pcie.0,membar=1G`,
  },
];

for (const { title, topology, offer = NEW, line } of lines) {
  test(`the command line names ${title}`, () => {
    expect(commandLine({ ...BARE, ...topology }, offer).join(' ')).toBe(line);
  });
}

const without: { title: string; topology: Partial<Topology>; offer: QemuOffer; message: string }[] = [
  {
    title: 'volatile capacity',
    topology: { type3s: [{ ...TYPE3, volatile: 256n * M }] },
    offer: OLD,
    message: 'this QEMU has no property volatile-memdev of cxl-type3',
  },
  {
    title: 'serial numbers',
    topology: { type3s: [TYPE3] },
    offer: { ...OLD, version: '7.1.0', devices: { 'cxl-type3': ['memdev', 'lsa'] } },
    message: 'this QEMU has no property sn of cxl-type3',
  },
  {
    title: 'a test device with a BAR',
    topology: { testDevices: [{ id: 'bar', bar: G }] },
    offer: OLD,
    message: 'this QEMU has no property membar of pci-testdev',
  },
  {
    title: 'Generic Ports',
    topology: { numa: { ...UNIFORM, genericPorts: [{ hostBridge: 'cxl.1', node: 0 }] } },
    offer: OLD,
    message: 'this QEMU has no object acpi-generic-port',
  },
  {
    title: 'Generic Initiators',
    topology: { numa: { ...UNIFORM, genericInitiators: [{ device: 't', node: 0 }] } },
    offer: OLD,
    message: 'this QEMU has no object acpi-generic-initiator',
  },
];

for (const { title, topology, offer, message } of without) {
  test(`a topology is not applicable to a QEMU without ${title}`, () => {
    expect(() => commandLine({ ...BARE, ...topology }, offer)).toThrow(new NotApplicable(message));
  });
}
