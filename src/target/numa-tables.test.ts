import { type TestContext, test } from 'node:test';
import { expect } from 'expect';
import { findTable } from '../codec/acpi/find-table';
import { structuresOf } from '../codec/acpi/structures';
import { DecodeError } from '../codec/decode-error';
import { struct, u8 } from '../codec/struct';
import { SimulatedMachine } from '../device/machine';
import { boot } from '../firmware/boot';
import { NotApplicable } from '../ledger/verdict';
import type { Hardware } from '../machine/hardware';
import type { Numa, Topology } from '../machine/topology';
import { foundQemu } from '../qemu/found-qemu';
import { QtestMachine } from '../qemu/qtest-machine';

/** Length of what precedes the structures. */
const SRAT_HEADER = 48;
const SratHeader = struct('SRAT structure', { type: u8, length: u8 });

const G = 1n << 30n;
const M = 1n << 20n;

const UNIFORM: Numa = { nodes: [], distances: [], localities: [], genericInitiators: [], genericPorts: [] };
const HOST: Topology = {
  ...{ ram: 2n * G, processors: 2, windows: [], testDevices: [] },
  hostBridges: [
    { id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1'] },
    { id: 'cxl.2', bus: 222, rootPorts: ['rp2'] },
  ],
  type3s: [{ id: 'pmem0', port: 'rp1', volatile: 0n, persistent: 256n * M, labelArea: M, serial: 1n }],
};
const ALL = { processors: [0, 1] };
const NONE = { ram: 0n, processors: [] };

const machines: { title: string; topology: Partial<Topology> }[] = [
  { title: 'without nodes', topology: {} },
  { title: 'with room for more RAM', topology: { hotplug: { maxRam: 4n * G, slots: 4 } } },
  {
    title: 'with RAM on both sides of 4G and of a border between nodes',
    topology: {
      ...{ ram: 6n * G, hotplug: { maxRam: 8n * G, slots: 2 } },
      numa: {
        ...UNIFORM,
        nodes: [
          { ...ALL, ram: 1n * G },
          { ...NONE, ram: 3n * G },
          { ...NONE, ram: 2n * G },
        ],
      },
    },
  },
  {
    title: 'with a node that ends in the hole below 1M',
    topology: {
      numa: {
        ...UNIFORM,
        nodes: [
          { ...ALL, ram: M / 2n },
          { ...NONE, ram: 2n * G - M / 2n },
        ],
      },
    },
  },
  {
    title: 'with distances, of which some are the way back',
    topology: {
      numa: {
        ...UNIFORM,
        nodes: [{ processors: [1], ram: G }, { processors: [0], ram: G }, NONE],
        distances: [
          { from: 0, to: 1, distance: 21 },
          { from: 2, to: 0, distance: 31 },
          { from: 1, to: 2, distance: 41 },
        ],
      },
    },
  },
  {
    title: 'with latencies and bandwidths',
    topology: {
      numa: {
        ...UNIFORM,
        nodes: [
          { processors: [0], ram: G },
          { processors: [1], ram: G },
        ],
        localities: [
          { initiator: 0, target: 0, latency: 10, bandwidth: 10n * G },
          { initiator: 0, target: 1, latency: 125, bandwidth: 5n * G },
          { initiator: 1, target: 0, latency: 130, bandwidth: 6n * G },
        ],
      },
    },
  },
  {
    title: 'with Generic Initiators, Generic Ports, and what lies between them',
    topology: {
      numa: {
        ...UNIFORM,
        nodes: [{ ...ALL, ram: 2n * G }, NONE, NONE, NONE, NONE],
        localities: [0, 1].flatMap((initiator) =>
          [0, 1, 2, 3, 4].map((target) => ({
            ...{ initiator, target, latency: 10 + 5 * target },
            bandwidth: BigInt(10 - target) * G,
          })),
        ),
        genericInitiators: [
          { device: 'pmem0', node: 1 },
          { device: 'rp1', node: 4 },
        ],
        genericPorts: [
          { hostBridge: 'cxl.1', node: 2 },
          { hostBridge: 'cxl.2', node: 3 },
        ],
      },
    },
  },
];

for (const { title, topology } of machines) {
  test(`SRAT, SLIT and HMAT of a machine ${title} are those of QEMU, byte for byte`, async (t) => {
    const real = await realTables({ ...HOST, ...topology }, t);
    if (real) expect(await tables(new SimulatedMachine({ ...HOST, ...topology }, new Set()))).toEqual(real);
  });
}

/** Undefined, and the test skipped, if there is no QEMU, or it lacks something. */
async function realTables(topology: Topology, context: TestContext) {
  const offer = await foundQemu(context);
  if (!offer) return undefined;
  const machine = await QtestMachine.start(topology, offer).catch((error: Error) => {
    if (!(error instanceof NotApplicable)) throw error;
    context.skip(error.message);
  });
  if (!machine) return undefined;
  try {
    return await tables(machine);
  } finally {
    await machine.powerOff();
  }
}

/** In hexadecimal, as firmware leaves them; what there is not is undefined. */
async function tables(machine: Hardware) {
  const { rsdp } = await boot(machine, { reservations: [] }, new Set());
  const find = (signature: string) =>
    findTable(machine.readBlock.bind(machine), rsdp, signature).catch((error: Error) => {
      if (!(error instanceof DecodeError)) throw error;
      return undefined;
    });
  const [srat, slit, hmat] = await Promise.all(['SRAT', 'SLIT', 'HMAT'].map(find));
  return { SRAT: srat && structures(srat), SLIT: slit && hex(slit), HMAT: hmat && hex(hmat) };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Header and structures of an SRAT. Objects come in the order of a hash table, which nobody promises: theirs are sorted. */
function structures(srat: Uint8Array): string[] {
  const [first = 0, ...starts] = structuresOf(srat, SRAT_HEADER, SratHeader).map(({ at }) => at);
  const parts = [0, first, ...starts].map((at, i, all) => hex(srat.subarray(at, all[i + 1])));
  const isObject = (part: string) => /^0[56]/.test(part);
  const objects = parts.filter(isObject).sort();
  return parts.map((part) => (isObject(part) ? `${objects.shift()}` : part));
}
