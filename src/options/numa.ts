/** `-numa`, and the objects that belong to a node. QEMU hw/core/numa.c: set_numa_options(), hw/acpi/pci.c. */
import { needObject, type QemuOffer } from '../ledger/offer';
import type { GenericInitiator, GenericPort, Locality, Node, Numa, SideCache } from '../machine/numa';
import { genericInitiatorName, genericPortName, nodeBackend } from '../machine/object-names';
import { backendSize } from './backend';
import { type CommandLine, said } from './line';
import type { Listed, Option } from './option';
import type { Written } from './properties';
import { parseSize } from './size';
import { processorsAt } from './smp';
import { integer, isOn } from './value';

/** Undefined for a machine that is all one. @throws RangeError for what has no place in a topology */
export function parseNuma(line: CommandLine): Numa | undefined {
  const sideCaches = of(line, 'hmat-cache').map(parseSideCache);
  const numa = {
    nodes: parseNodes(line),
    distances: of(line, 'dist').map((option) => ({
      from: number(option, 'src'),
      to: number(option, 'dst'),
      distance: number(option, 'val'),
    })),
    localities: parseLocalities(of(line, 'hmat-lb')),
    ...(sideCaches.length > 0 && { sideCaches }),
    genericInitiators: objects(line, 'acpi-generic-initiator').map((object, n): GenericInitiator => {
      const device = object.value('pci-dev');
      return { ...idUnless(`gi${n}`, object), ...(device !== undefined && { device }), ...onNode(object) };
    }),
    genericPorts: objects(line, 'acpi-generic-port').map((object, n): GenericPort => {
      const hostBridge = object.value('pci-bus');
      return { ...idUnless(`gp${n}`, object), ...(hostBridge !== undefined && { hostBridge }), ...onNode(object) };
    }),
  };
  return Object.values(numa).some(({ length }) => length > 0) ? numa : undefined;
}

function parseNodes(line: CommandLine): Node[] {
  const given = of(line, 'node');
  const nodes = given.map((option, n): [number, Node] => {
    const id = Number(option.value('nodeid') ?? n);
    const memdev = option.value('memdev');
    const ram = memdev === undefined ? parseSize(option.value('mem') ?? '0', 'M') : backendSize(memdev, line);
    const processors = option.values('cpus').flatMap(numbers);
    const placed = of(line, 'cpu').filter((cpu) => number(cpu, 'node-id') === id);
    const initiator = option.value('initiator');
    const all = [...processors, ...new Set(placed.flatMap((cpu) => processorsAt(cpu, line)))];
    return [id, { ram, processors: all, ...(initiator !== undefined && { initiator: Number(initiator) }) }];
  });
  const byId = new Map(nodes);
  return given.map((_, id) => {
    const node = byId.get(id);
    if (!node) throw new RangeError(`-numa: there is no node ${id}, but one beyond it`);
    return node;
  });
}

/** `3`, `0-3`. */
export function numbers(range: string): number[] {
  const [first, last = first] = range.split('-').map(Number);
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => Number(first) + n);
}

type Access = 'access' | 'read' | 'write';

const HIERARCHIES = ['memory', 'first-level', 'second-level', 'third-level'];

/** Latency and bandwidth between two nodes, of the same accesses to the same thing, come in an option each. */
function parseLocalities(options: readonly Option[]): Locality[] {
  const all = new Map<string, Locality>();
  for (const option of options) {
    const { initiator, target } = { initiator: number(option, 'initiator'), target: number(option, 'target') };
    const [access, what] = `${option.value('data-type')}`.split('-') as [Access, string];
    const cache = HIERARCHIES.indexOf(`${option.value('hierarchy')}`);
    const of = {
      initiator,
      target,
      ...(access !== 'access' && { access }),
      ...(cache > 0 && { cache: cache as 1 | 2 | 3 }),
    };
    const value = what === 'latency' ? { latency: number(option, 'latency') } : bandwidthOf(option);
    all.set(JSON.stringify(of), { ...of, ...all.get(JSON.stringify(of)), ...value });
  }
  return [...all.values()];
}

const bandwidthOf = (option: Option) => ({ bandwidth: parseSize(`${option.value('bandwidth')}`) });

const parseSideCache = (option: Option): SideCache => ({
  node: number(option, 'node-id'),
  level: number(option, 'level'),
  size: parseSize(`${option.value('size')}`),
  associativity: option.value('associativity') as SideCache['associativity'],
  policy: option.value('policy') as SideCache['policy'],
  line: number(option, 'line'),
});

/** Undefined where it goes without saying. */
export function parseHmat({ machine }: CommandLine, numa: Numa | undefined): boolean | undefined {
  const needed = [...(numa?.localities ?? []), ...(numa?.sideCaches ?? [])].length > 0;
  const given = isOn(said(machine, 'hmat'));
  return given === needed ? undefined : given;
}

const of = ({ numa }: CommandLine, type: string): Option[] => numa.filter((option) => option.value('type') === type);

const objects = (line: CommandLine, type: string): Option[] =>
  line.objects.filter((object) => object.value('qom-type') === type);

const number = (option: Option, key: string): number => Number(integer(`${option.value(key)}`));

const onNode = (object: Option) => object.value('node') !== undefined && { node: number(object, 'node') };

function idUnless(usual: string, object: Option) {
  const id = object.value('id');
  return id !== undefined && id !== usual && { id };
}

/**
 * `-object` of what has, or belongs to, a node; the RAM of a node that is in `shared` is a file, which can be seen from
 * outside. @throws NotApplicable for what the QEMU lacks.
 */
export function numaObjects(
  { nodes, genericInitiators, genericPorts }: Numa,
  offer: QemuOffer,
  shared: readonly (string | undefined)[] = [],
): Written[] {
  if (genericInitiators.length > 0) needObject(offer, 'acpi-generic-initiator');
  if (genericPorts.length > 0) needObject(offer, 'acpi-generic-port');
  return [
    ...nodes.flatMap(({ ram }, n) => (ram > 0n ? [ramObject(nodeBackend(n), ram, shared)] : [])),
    ...genericInitiators.map(({ device, node }, n) => ({
      'qom-type': 'acpi-generic-initiator',
      id: genericInitiatorName(n),
      ...(device !== undefined && { 'pci-dev': device }),
      ...(node !== undefined && { node: BigInt(node) }),
    })),
    ...genericPorts.map(({ hostBridge, node }, n) => ({
      'qom-type': 'acpi-generic-port',
      id: genericPortName(n),
      ...(hostBridge !== undefined && { 'pci-bus': hostBridge }),
      ...(node !== undefined && { node: BigInt(node) }),
    })),
  ];
}

export const numaOptions = ({ nodes, distances, localities, sideCaches = [] }: Numa): Listed[] => [
  ...nodes.map(({ ram, processors, initiator }, n) => ({
    type: 'node',
    nodeid: BigInt(n),
    cpus: processors.map(BigInt),
    ...(ram > 0n && { memdev: nodeBackend(n) }),
    ...(initiator !== undefined && { initiator: BigInt(initiator) }),
  })),
  ...distances.map(({ from, to, distance }) => ({
    type: 'dist',
    src: BigInt(from),
    dst: BigInt(to),
    val: BigInt(distance),
  })),
  ...localities.flatMap(localityOptions),
  ...[...sideCaches].sort((a, b) => a.level - b.level).map(sideCacheOption),
];

const ramObject = (id: string, size: bigint, shared: readonly (string | undefined)[]): Written =>
  shared.includes(id)
    ? { 'qom-type': 'memory-backend-file', id, size, 'mem-path': id, share: true }
    : { 'qom-type': 'memory-backend-ram', id, size };

function localityOptions({ initiator, target, latency, bandwidth, access, cache }: Locality): Listed[] {
  const hierarchy = `${HIERARCHIES[cache ?? 0]}`;
  const between = { type: 'hmat-lb', initiator: BigInt(initiator), target: BigInt(target), hierarchy };
  const kind = access ?? 'access';
  return [
    ...(latency === undefined ? [] : [{ ...between, 'data-type': `${kind}-latency`, latency: BigInt(latency) }]),
    ...(bandwidth === undefined ? [] : [{ ...between, 'data-type': `${kind}-bandwidth`, bandwidth }]),
  ];
}

const sideCacheOption = ({ node, level, size, associativity, policy, line }: SideCache): Listed => ({
  type: 'hmat-cache',
  'node-id': BigInt(node),
  size,
  level: BigInt(level),
  associativity,
  policy,
  line: BigInt(line),
});
