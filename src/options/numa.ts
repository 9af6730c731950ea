/** `-numa`, and the objects that belong to a node. QEMU hw/core/numa.c: set_numa_options(), hw/acpi/pci.c. */
import type { GenericInitiator, GenericPort, Locality, Node, Numa } from '../machine/topology';
import { backendSize } from './backend';
import { type CommandLine, said } from './line';
import type { Option } from './option';
import { parseSize } from './size';

/** Undefined for a machine that is all one. @throws RangeError for what has no place in a topology */
export function parseNuma(line: CommandLine): Numa | undefined {
  const numa = {
    nodes: parseNodes(line),
    distances: of(line, 'dist').map((option) => ({
      ...{ from: number(option, 'src'), to: number(option, 'dst'), distance: number(option, 'val') },
    })),
    localities: parseLocalities(of(line, 'hmat-lb')),
    genericInitiators: objects(line, 'acpi-generic-initiator').map((object): GenericInitiator => {
      const device = object.value('pci-dev');
      return { ...(device !== undefined && { device }), ...onNode(object) };
    }),
    genericPorts: objects(line, 'acpi-generic-port').map((object): GenericPort => {
      const hostBridge = object.value('pci-bus');
      return { ...(hostBridge !== undefined && { hostBridge }), ...onNode(object) };
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
    return [id, { ram, processors: [...processors, ...placed.flatMap((cpu) => processorsAt(cpu, line))] }];
  });
  const byId = new Map(nodes);
  return given.map((_, id) => {
    const node = byId.get(id);
    if (!node) throw new RangeError(`-numa: there is no node ${id}, but one beyond it`);
    return node;
  });
}

/** `3`, `0-3`. */
function numbers(range: string): number[] {
  const [first, last = first] = range.split('-').map(Number);
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => Number(first) + n);
}

/** Those of a socket, die, core and thread, as far as these are given. QEMU hw/core/machine-smp.c. */
function processorsAt(cpu: Option, line: CommandLine): number[] {
  const [sockets, dies, cores, threads] = shapeOf(line);
  const all = Array.from({ length: sockets * dies * cores * threads }, (_, n) => n);
  const at = (key: string, index: (n: number) => number) => (n: number) =>
    cpu.value(key) === undefined || number(cpu, key) === index(n);
  return all
    .filter(at('socket-id', (n) => Math.floor(n / (threads * cores * dies))))
    .filter(at('die-id', (n) => Math.floor(n / (threads * cores)) % dies))
    .filter(at('core-id', (n) => Math.floor(n / threads) % cores))
    .filter(at('thread-id', (n) => n % threads));
}

/** Sockets, dies, cores and threads; what is not given, cores make up for. */
function shapeOf({ processors }: CommandLine): [number, number, number, number] {
  const given = (key: string) => Number(said(processors, key) ?? 1);
  const all = Number(said(processors, 'maxcpus') ?? said(processors, 'cpus') ?? 1);
  const rest = all / (given('sockets') * given('dies') * given('threads'));
  return [given('sockets'), given('dies'), Number(said(processors, 'cores') ?? rest), given('threads')];
}

/** Latency and bandwidth between two nodes come in an option each. */
function parseLocalities(options: readonly Option[]): Locality[] {
  const between = new Map<string, { latency?: number; bandwidth?: bigint; initiator: number; target: number }>();
  for (const option of options) {
    const { initiator, target } = { initiator: number(option, 'initiator'), target: number(option, 'target') };
    const key = `${initiator} ${target}`;
    const type = option.value('data-type');
    const hierarchy = option.value('hierarchy');
    if (hierarchy !== 'memory' || (type !== 'access-latency' && type !== 'access-bandwidth')) {
      throw new RangeError(`-numa hmat-lb: ${type} of ${hierarchy} has no place here`);
    }
    const value = type === 'access-latency' ? { latency: number(option, 'latency') } : bandwidthOf(option);
    between.set(key, { ...between.get(key), initiator, target, ...value });
  }
  return [...between.values()].map(({ latency, bandwidth, ...nodes }) => {
    if (latency === undefined || bandwidth === undefined) {
      throw new RangeError(`-numa hmat-lb: from ${nodes.initiator} to ${nodes.target} latency or bandwidth is missing`);
    }
    return { ...nodes, latency, bandwidth };
  });
}

const bandwidthOf = (option: Option) => ({ bandwidth: parseSize(`${option.value('bandwidth')}`) });

const of = ({ numa }: CommandLine, type: string): Option[] => numa.filter((option) => option.value('type') === type);

const objects = (line: CommandLine, type: string): Option[] =>
  line.objects.filter((object) => object.value('qom-type') === type);

const number = (option: Option, key: string): number => Number(option.value(key));

const onNode = (object: Option) => object.value('node') !== undefined && { node: number(object, 'node') };
