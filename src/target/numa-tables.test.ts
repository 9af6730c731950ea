import { type TestContext, test } from 'node:test';
import { expect } from 'expect';
import { findTable } from '../codec/acpi/find-table';
import { structuresOf } from '../codec/acpi/structures';
import { DecodeError } from '../codec/decode-error';
import { struct, u8 } from '../codec/struct';
import { SimulatedMachine } from '../device/machine';
import { boot } from '../firmware/boot';
import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX } from '../ledger/linux';
import type { QemuOffer } from '../ledger/offer';
import { quirksOf } from '../ledger/quirks';
import { NotApplicable } from '../ledger/verdict';
import type { Hardware } from '../machine/hardware';
import type { Numa } from '../machine/numa';
import type { Topology } from '../machine/topology';
import { QtestMachine } from '../qemu/qtest-machine';
import { foundQemu } from '../testing/found-qemu';

/** Length of what precedes the structures. */
const SRAT_HEADER = 48;
const SratHeader = struct('SRAT structure', { type: u8, length: u8 });

const G = 1n << 30n;
const M = 1n << 20n;

const UNIFORM: Numa = { nodes: [], distances: [], localities: [], genericInitiators: [], genericPorts: [] };
const HOST: Topology = {
  ram: 2n * G,
  processors: 2,
  windows: [],
  testDevices: [],
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
      ram: 6n * G,
      hotplug: { maxRam: 8n * G, slots: 2 },
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
    title: 'with all that can be said of access to memory and its side caches',
    topology: {
      numa: {
        ...UNIFORM,
        nodes: [
          { processors: [0], ram: G },
          NONE,
          { processors: [1], ram: G / 2n },
          { ...NONE, ram: G / 2n, initiator: 2 },
        ],
        localities: [
          { initiator: 0, target: 0, latency: 10, bandwidth: 10n * G },
          { initiator: 2, target: 3, latency: 130 },
          { initiator: 2, target: 2, latency: 65533, bandwidth: 48n * M, access: 'read' },
          { initiator: 0, target: 2, latency: 0, bandwidth: 7n * M, access: 'write' },
          { initiator: 2, target: 0, latency: 7, cache: 1 },
          { initiator: 2, target: 0, bandwidth: 0n, access: 'read', cache: 2 },
          { initiator: 0, target: 0, bandwidth: 64n * G, access: 'write', cache: 3 },
          { initiator: 2, target: 2, latency: 1000, bandwidth: G },
          { initiator: 0, target: 3, bandwidth: G },
        ],
        sideCaches: [
          { node: 0, level: 1, size: 10n << 10n, associativity: 'direct', policy: 'write-back', line: 8 },
          { node: 2, level: 1, size: 1n, associativity: 'none', policy: 'none', line: 0 },
          { node: 0, level: 3, size: 2n * M, associativity: 'none', policy: 'write-back', line: 128 },
          { node: 0, level: 2, size: M, associativity: 'complex', policy: 'write-through', line: 64 },
        ],
      },
    },
  },
  {
    title: 'with an HMAT in which nothing is said of access',
    topology: { hmat: true, hotplug: { maxRam: 4n * G, slots: 4 } },
  },
  {
    title: 'with processors in groups that are no powers of 2, some of them absent, and no node of their own',
    topology: {
      processors: 5,
      smp: { maxProcessors: 36, sockets: 3, dies: 2, cores: 3, threads: 2 },
      numa: {
        ...UNIFORM,
        nodes: [
          { ...NONE, ram: G },
          { ...NONE, ram: G },
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
            initiator,
            target,
            latency: 10 + 5 * target,
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
    const offer = await foundQemu(t);
    const real = offer && (await realTables({ ...HOST, ...topology }, offer, t));
    if (!real) return;
    const quirks = new Set(quirksOf(offer.version, DEFAULT_LINUX));
    expect(await tables(new SimulatedMachine({ ...HOST, ...topology }, quirks, factsOf(offer.version)))).toEqual(real);
  });
}

/** Undefined, and the test skipped, if the QEMU lacks something. */
async function realTables(topology: Topology, offer: QemuOffer, context: TestContext) {
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
