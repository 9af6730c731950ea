import { test } from 'node:test';
import { expect } from 'expect';
import type { AcpiDevice } from '../codec/acpi/namespace';
import { AcpiNamespace } from '../codec/acpi/namespace';
import { askForControl, OSC_INTERFACES } from '../codec/acpi/osc';
import { dsmFunctions, qtgIds } from '../codec/acpi/qtg';
import { SimulatedMachine } from '../device/machine';
import { boot } from '../firmware/boot';
import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX, Linux } from '../ledger/linux';
import { quirksOf } from '../ledger/quirks';
import type { Hardware } from '../machine/hardware';
import type { Topology } from '../machine/topology';
import { LinuxModel } from '../os/linux-model';
import { QtestMachine } from '../qemu/qtest-machine';
import { foundQemu } from '../testing/found-qemu';

const G = 1n << 30n;
const M = 1n << 20n;

const BARE: Topology = { ram: 2n * G, processors: 2, hostBridges: [], windows: [], type3s: [], testDevices: [] };
const bridge = (id: string, bus: number, rootPorts: string[]) => ({ id, bus, rootPorts });
const pmem = (id: string, port: string) => ({ id, port, volatile: 0n, persistent: 256n * M, labelArea: M, serial: 1n });

const machines: { title: string; topology: Partial<Topology> }[] = [
  { title: 'without host bridges', topology: {} },
  { title: 'with a host bridge that has nothing behind it', topology: { hostBridges: [bridge('cxl.1', 12, [])] } },
  {
    title: 'with two host bridges, devices behind one',
    topology: {
      ram: 6n * G,
      hostBridges: [bridge('cxl.1', 0x0c, ['rp0', 'rp1']), bridge('cxl.2', 0xde, ['rp2'])],
      type3s: [pmem('a', 'rp0'), pmem('b', 'rp1')],
    },
  },
  {
    title: 'with a host bridge on a node, and BARs above 4G',
    topology: {
      hostBridges: [{ ...bridge('cxl.1', 0x40, ['rp0']), node: 1 }],
      type3s: [pmem('a', 'rp0')],
      testDevices: [{ id: 'bar', bar: 8n * G }],
      numa: {
        distances: [],
        localities: [],
        genericInitiators: [],
        genericPorts: [],
        nodes: [
          { ram: G, processors: [0] },
          { ram: G, processors: [1] },
        ],
      },
    },
  },
];

for (const { title, topology } of machines) {
  test(`the CXL namespace of a machine ${title} evaluates to what QEMU's does`, async (t) => {
    const offer = await foundQemu(t);
    if (!offer) return;
    const machine = { ...BARE, ...topology };
    const quirks = new Set(quirksOf(offer.version, DEFAULT_LINUX));
    const real = await QtestMachine.start(machine, offer);
    try {
      const simulated = new SimulatedMachine(machine, quirks, factsOf(offer.version));
      expect(await evaluated(simulated)).toEqual(await evaluated(real));
    } finally {
      await real.powerOff();
    }
  });
}

async function evaluated(machine: Hardware) {
  const handover = await boot(machine, { reservations: [] }, new Set());
  const dsdt = await new LinuxModel(machine, handover, new Linux(DEFAULT_LINUX), new Set()).acpiTable('DSDT');
  const namespace = new AcpiNamespace(dsdt);
  const devices = [...namespace.withId('ACPI0016'), ...namespace.withId('ACPI0017')];
  return { duplicates: namespace.duplicates, devices: devices.map(evaluate) };
}

function evaluate(device: AcpiDevice) {
  const { path, hid, cids, resources } = device;
  const numbers = ['_UID', '_BBN', '_PXM', '_STA'].map((name) => [name, device.number(name)]);
  return {
    path,
    hid,
    cids,
    resources,
    numbers: Object.fromEntries(numbers),
    control: device.has('_OSC') ? requests.map((request) => askForControl(device, request)) : [],
    qos: device.has('_DSM') ? [dsmFunctions(device), qtgIds(device, 1n, 2n), qtgIds(device, 1n << 30n, 0n)] : [],
  };
}

const interfaces = [OSC_INTERFACES.PCI, OSC_INTERFACES.CXL, '00000000-0000-0000-0000-000000000001'];
const control = [[], ['PCIe hot-plug', 'SHPC hot-plug', 'PME', 'AER', 'PCIe capability'], ['AER', 'LTR', 'DPC']];
const cxlControl = [[], ['memory error reporting']];
const requests = interfaces.flatMap((each) =>
  [1, 2].flatMap((revision) =>
    [false, true].flatMap((query) =>
      control.flatMap((pci) =>
        cxlControl.map((cxl) => ({ interface: each, revision, query, control: [...pci, ...cxl] })),
      ),
    ),
  ),
);
