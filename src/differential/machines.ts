/** Random machines: most of them such as QEMU builds, the others with one flaw. */
import fc from 'fast-check';
import { FIELDS } from '../ledger/devices';
import type { FieldsOf } from '../ledger/property';
import type { FixedWindow, HostBridge, PortProperties, Switch, Topology } from '../machine/topology';
import type { Traits } from '../target/real-and-modelled';
import type { Draw } from './draw';
import { anyFields } from './fields';
import { anyFlaw } from './flaws';
import { ALL_LENGTHS } from './inputs';
import { anyNuma, numaOf } from './numa';
import { anySurroundings, surroundedBy } from './surroundings';
import { anyDevice, type DeviceParts, devicesOf } from './type3s';

const MIB = 1n << 20n;
const UNIT = 256n * MIB;

/** In MiB: around what RAM below 4 GiB may be, and what is no multiple of a GiB. */
const RAM_SIZES = [128, 256, 512, 2048, 2815, 2816, 3072, 4096, 300, 6144, 1000];
const GRANULARITIES = [256, 512, 1024, 2048, 4096, 8192, 16384];

/** Bus numbers from one host bridge to the next: room for those behind its root ports. */
const BUS_ROOM = 20;

const below = (n: number) => fc.nat({ max: n - 1 });
const mib = (sizes: readonly number[]) => fc.constantFrom(...sizes).map((size) => BigInt(size) * MIB);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const anyBridge = (traits: Traits) =>
  fc.record({
    gap: below(20),
    ports: fc.constantFrom(2, 1, 4, 3, 0, 2),
    fields: anyFields(FIELDS.hostBridge, 'pxb-cxl', traits),
  });

const anySwitch = (traits: Traits) =>
  fc.record({
    slot: below(16),
    ports: fc.integer({ min: 1, max: 4 }),
    fields: anyFields(FIELDS.switch, 'cxl-upstream', traits),
    mailbox: traits.has('cxl-switch-mailbox-cci') ? fc.boolean() : fc.constant(false),
  });

/** Of ports by position, counting around; what a QEMU lacks is not drawn. */
const anyPort = (traits: Traits) =>
  fc.record({
    port: below(16),
    device: sometimes(fc.integer({ min: 16, max: 31 })),
    slot: sometimes(fc.integer({ min: 100, max: 120 })),
    fields: anyFields(FIELDS.port, 'cxl-rp', traits),
  });

const anyWindow = fc.record({
  size: fc.integer({ min: 1, max: 12 }),
  targets: fc
    .constantFrom(1, 2, 1, 2, 3, 4, 6, 8, 1, 2, 3, 4, 12, 16)
    .chain((n) => fc.array(below(4), { minLength: n, maxLength: n })),
  granularity: fc.constantFrom(...GRANULARITIES),
});

const anyOddity = fc.record({
  step: below(8),
  field: fc.constantFrom('offset', 'share', 'ways', 'granularity', 'targets'),
  value: below(8),
});

const anyRegion = fc.record({
  window: below(4),
  offset: below(4),
  share: fc.integer({ min: 1, max: 3 }),
  ports: fc.constantFrom(1, 2, 4),
  fan: fc.constantFrom(1, 2, 4),
  skip: fc.constantFrom(0, 0, 1),
  oddity: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anyOddity }),
});

const anyTouch = fc.record({ region: below(4), offset: fc.oneof(below(0x1_0000), fc.nat({ max: 0x7fff_ffff })) });

/** Small ones, and those at which something begins or ends. */
export const anyNumber = fc.oneof(
  fc.bigInt({ min: 0n, max: 5n }),
  fc.constantFrom(0x10n, 0x40n, 0x41n, 0x80n, 0x100n, 0x1000n, 0x1000_0000n, 0xffff_ffffn, 2n ** 64n - 1n),
);

export const anyCommand = fc.record({
  command: below(40),
  numbers: fc.array(anyNumber, { maxLength: 6 }),
  length: fc.oneof({ weight: 4, arbitrary: fc.constant('right' as const) }, fc.constantFrom(...ALL_LENGTHS)),
});

/** So many mailbox commands; the same for the same seed. */
export const sampleCommands = (count: number, seed: number): Draw['commands'] =>
  fc.sample(anyCommand, { seed, numRuns: count });

/** A machine of which a QEMU with these traits knows all the words, and what to do to it. */
export function anyDraw(traits: Traits): fc.Arbitrary<Draw> {
  const machine = fc.record({
    numa: sometimes(anyNuma(traits)), // what takes most of a command line goes first when a machine is made smaller
    surroundings: anySurroundings(traits),
    switches: fc.array(anySwitch(traits), { maxLength: 2 }),
    devices: fc.array(anyDevice(traits), { maxLength: 7 }),
    windows: fc.array(anyWindow, { maxLength: 3 }),
    ports: fc.array(anyPort(traits), { maxLength: 2 }),
    bridges: fc.array(anyBridge(traits), { maxLength: 3 }),
    hotplug: sometimes(fc.record({ more: mib([1024, 4096, 256, 3000]), slots: fc.integer({ min: 1, max: 8 }) })),
    ram: mib(RAM_SIZES),
    flaw: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anyFlaw(traits) }),
  });
  return fc.record({
    topology: machine.map(({ numa, flaw, surroundings, ...rest }) => {
      const topology = { ...topologyOf(rest), ...surroundedBy(surroundings) };
      const full = numa ? { ...topology, ...numaOf(numa, topology) } : topology;
      return flaw ? flaw.spoil(full) : full;
    }),
    enabled: fc.constantFrom(true, true, true, false),
    regions: fc.array(anyRegion, { maxLength: 3 }),
    touches: fc.array(anyTouch, { maxLength: 8 }),
    device: below(8),
    commands: fc.array(anyCommand, { maxLength: 12 }),
  });
}

/** What is `undefined` is not there. */
interface PortParts {
  readonly port: number;
  readonly device: number | undefined;
  readonly slot: number | undefined;
  readonly fields: PortProperties;
}

interface SwitchParts {
  readonly slot: number;
  readonly ports: number;
  readonly fields: FieldsOf<typeof FIELDS.switch>;
  readonly mailbox: boolean;
}

interface BridgeParts {
  readonly gap: number;
  readonly ports: number;
  readonly fields: Partial<FieldsOf<typeof FIELDS.hostBridge>>;
}

interface Parts {
  readonly ram: bigint;
  readonly hotplug: { readonly more: bigint; readonly slots: number } | undefined;
  readonly bridges: readonly BridgeParts[];
  readonly windows: readonly { readonly size: number; readonly targets: number[]; readonly granularity: number }[];
  readonly ports: readonly PortParts[];
  readonly switches: readonly SwitchParts[];
  readonly devices: readonly DeviceParts[];
}

function topologyOf({ ram, hotplug, bridges, windows, ...parts }: Parts): Omit<Topology, 'processors' | 'testDevices'> {
  const hostBridges = bridgesOf(bridges);
  const free = hostBridges.flatMap(({ rootPorts }) => rootPorts);
  const switches = switchesOf(parts.switches, free);
  const ports = portsOf(parts.ports, hostBridges);
  return {
    ram,
    hostBridges,
    ...(hotplug && { hotplug: { maxRam: ram + hotplug.more, slots: hotplug.slots } }),
    ...(switches.length > 0 && { switches }),
    ...(Object.keys(ports).length > 0 && { ports }),
    windows: bridges.length > 0 ? windows.map((window) => windowOf(window, hostBridges)) : [],
    type3s: devicesOf(parts.devices, [...free, ...switches.flatMap(({ downstreamPorts }) => downstreamPorts)]),
  };
}

/** Of two for one port the last counts. */
function portsOf(drawn: Parts['ports'], hostBridges: readonly HostBridge[]): NonNullable<Topology['ports']> {
  const all = hostBridges.flatMap(({ rootPorts }) => rootPorts);
  if (all.length === 0) return {};
  const entries = drawn.map(({ port, device, slot, fields }): [string, PortProperties] => {
    const place = device !== undefined && { place: { device, fn: 0 } };
    return [`${all[port % all.length]}`, { ...fields, ...place, ...(slot !== undefined && { slot, chassis: port }) }];
  });
  return Object.fromEntries(entries);
}

function bridgesOf(bridges: Parts['bridges']): HostBridge[] {
  let bus = 0;
  return bridges.map(({ gap, ports, fields }, n) => {
    bus += BUS_ROOM + gap;
    const rootPorts = Array.from({ length: ports }, (_, i) => `rp${n}.${i}`);
    return { ...fields, id: `cxl.${n + 1}`, bus, rootPorts };
  });
}

const windowOf = (
  { size, targets, granularity }: Parts['windows'][number],
  hostBridges: readonly HostBridge[],
): FixedWindow => ({
  size: BigInt(size) * UNIT,
  granularity,
  targets: targets.map((n) => `${hostBridges[n % hostBridges.length]?.id}`),
});

/** Each in the slot of a root port, which it takes out of `free`; those for which there is none are left out. */
const switchesOf = (switches: readonly SwitchParts[], free: string[]): Switch[] =>
  switches.slice(0, free.length).map(({ slot, ports, fields, mailbox }, n) => ({
    id: `us${n}`,
    rootPort: `${free.splice(slot % free.length, 1)}`,
    downstreamPorts: Array.from({ length: ports }, (_, i) => `ds${n}.${i}`),
    ...fields,
    ...(mailbox && { mailbox: `cci${n}` }),
  }));
