/** `-numa`: QEMU hw/core/numa.c: set_numa_options(), numa_complete_configuration(). */
import type { PropertyType } from '../ledger/property';
import type { CommandLine } from '../options/line';
import { said } from '../options/line';
import { numbers } from '../options/numa';
import type { Option } from '../options/option';
import { parseSize } from '../options/size';
import { parseSmp, processorsAt } from '../options/smp';
import { checkCache } from './cache';
import { Localities } from './localities';
import { MAX_NODES, type Request, refuse } from './refuse';
import { complaintAbout, integer, isOn } from './values';

const LOCAL = 10;
const HMAT_OFF =
  'ACPI Heterogeneous Memory Attribute Table (HMAT) is disabled, ' +
  'enable it with -machine hmat=on before using any of hmat specific options';
const DEFAULT_RAM = '128M';

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  node: [],
  cpu: [],
  dist: ['src', 'dst', 'val'],
  'hmat-lb': ['initiator', 'target', 'hierarchy', 'data-type'],
  'hmat-cache': ['node-id', 'size', 'level', 'associativity', 'policy', 'line'],
};

const LEVELS = ['memory', 'first-level', 'second-level', 'third-level'];
const ACCESSES = ['access', 'read', 'write'];

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  hierarchy: LEVELS,
  'data-type': ['latency', 'bandwidth'].flatMap((what) => ACCESSES.map((access) => `${access}-${what}`)),
  associativity: ['none', 'direct', 'complex'],
  policy: ['none', 'write-back', 'write-through'],
};

const INTEGERS: Readonly<Record<string, PropertyType>> = {
  nodeid: 'uint16',
  initiator: 'uint16',
  target: 'uint16',
  src: 'uint16',
  dst: 'uint16',
  val: 'uint8',
  'node-id': 'uint32',
  level: 'uint8',
  line: 'uint16',
};

/** What is known of the nodes as one option after the other is read. */
interface Nodes {
  readonly options: Map<number, Option>;
  readonly processors: Map<number, number>;
  readonly localities: Localities;
}

/** @throws Refusal */
export function checkNuma(request: Request): void {
  const nodes: Nodes = { options: new Map(), processors: new Map(), localities: new Localities(request.quirks) };
  for (const option of request.line.numa) {
    checkForm(option);
    if (option.value('type') === 'node') checkNode(option, nodes, request);
    if (option.value('type') === 'cpu') checkProcessor(option, nodes, request);
    if (option.value('type') === 'dist') checkDistance(option, nodes);
    if (option.value('type')?.startsWith('hmat-')) checkHmat(option, nodes, request);
  }
  if (nodes.options.size > 0) complete(request.line, nodes);
}

function checkForm(option: Option): void {
  const type = `${option.value('type')}`;
  const required = REQUIRED[type];
  if (!required) refuse(`Parameter 'type' does not accept value '${type}'`, option);
  for (const key of required) if (option.value(key) === undefined) refuse(`Parameter '${key}' is missing`, option);
  for (const [key, value] of option.fields) {
    const choices = CHOICES[key];
    if (choices && !choices.includes(value)) refuse(`Parameter '${key}' does not accept value '${value}'`, option);
    const width = INTEGERS[key];
    const complaint = width && complaintAbout(width, key, value, type);
    if (complaint) refuse(complaint, option);
  }
}

/** QEMU hw/core/numa.c: parse_numa_node(). */
function checkNode(option: Option, { options, processors }: Nodes, { line }: Request): void {
  const id = Number(option.value('nodeid') ?? options.size);
  if (id >= MAX_NODES) refuse(`Max number of NUMA nodes reached: ${id}`, option);
  if (options.has(id)) refuse(`Duplicate NUMA nodeid: ${id}`, option);
  const all = Number(said(line.processors, 'maxcpus') ?? said(line.processors, 'cpus') ?? 1);
  const unreadable = option.values('cpus').some((range) => !/^\d+(-\d+)?$/.test(range));
  if (unreadable) refuse("Parameter 'cpus' expects a uint64 value or range", option);
  for (const cpu of option.values('cpus').flatMap(numbers)) {
    if (cpu >= all) refuse(`CPU index (${cpu}) should be smaller than maxcpus (${all})`, option);
    if (processors.has(cpu)) refuse(`CPU is already assigned to node-id: ${processors.get(cpu)}`, option);
    processors.set(cpu, id);
  }
  const memdevs = [...options.values(), option].some((each) => each.value('memdev') !== undefined);
  if (option.value('mem') !== undefined && memdevs) {
    refuse('numa configuration should use either mem= or memdev=,mixing both is not allowed', option);
  }
  if (option.value('mem') !== undefined) {
    refuse('Parameter -numa node,mem is not supported by this machine type', option);
  }
  const memdev = option.value('memdev');
  if (memdev !== undefined && !line.objects.some((object) => object.value('id') === memdev)) {
    refuse(`memdev=${memdev} is ambiguous`, option);
  }
  const initiator = option.value('initiator');
  if (initiator !== undefined && !hasHmat(line)) refuse(HMAT_OFF, option);
  if (initiator !== undefined && option.value('cpus') !== undefined && Number(initiator) !== id) {
    refuse(`The initiator of CPU NUMA node ${id} should be itself (got ${initiator})`, option);
  }
  options.set(id, option);
}

function checkProcessor(option: Option, { options, processors }: Nodes, { line }: Request): void {
  const id = Number(option.value('node-id'));
  if (!options.has(id)) {
    const rule = "NUMA node must be defined with -numa node,nodeid=ID before it's used with -numa cpu,node-id=ID";
    refuse(`Invalid node-id=${id}, ${rule}`, option);
  }
  const meant = processorsAt(option, line);
  if (meant.length === 0) refuse('no match found', option);
  for (const cpu of meant) processors.set(cpu, id);
}

/** QEMU hw/core/numa.c: parse_numa_distance(). */
function checkDistance(option: Option, { options }: Nodes): void {
  const [source, destination, value] = ['src', 'dst', 'val'].map((key) => Number(option.value(key))) as Three;
  for (const [key, node] of [['src', source] as const, ['dst', destination] as const]) {
    if (node >= MAX_NODES) refuse(`Parameter '${key}' expects an integer between 0 and ${MAX_NODES - 1}`, option);
  }
  if (!options.has(source) || !options.has(destination)) {
    refuse("Source/Destination NUMA node is missing. Please use '-numa node' option to declare it first.", option);
  }
  if (value < LOCAL) refuse(`NUMA distance (${value}) is invalid, it shouldn't be less than ${LOCAL}.`, option);
  if (source === destination && value !== LOCAL) {
    refuse(`Local distance of node ${source} should be ${LOCAL}.`, option);
  }
}

type Three = [number, number, number];

function checkHmat(option: Option, { options, processors, localities }: Nodes, { line, quirks }: Request): void {
  if (!hasHmat(line)) refuse(HMAT_OFF, option);
  const devices = line.objects.filter((object) => object.value('qom-type') === 'acpi-generic-initiator');
  const having = new Set(processors.values());
  const others = devices.map((object) => Number(object.value('node'))).filter((node) => !having.has(node));
  const heeded = others.length > 0 && quirks.has('generic-initiator-unheeded') ? [] : others;
  const initiators = new Set([...having, ...heeded]);
  if (option.value('type') === 'hmat-lb') localities.check(option, options.size, initiators);
  else checkCache(option, options.size, localities, line.numa);
}

const hasHmat = ({ machine }: CommandLine): boolean => isOn(said(machine, 'hmat'));

function complete(line: CommandLine, { options, processors }: Nodes): void {
  const last = Math.max(...options.keys());
  for (let id = last; id >= 0; id--) if (!options.has(id)) refuse(`numa: Node ID missing: ${id}`);
  const ram = parseSize(said(line.memory, 'size') ?? DEFAULT_RAM, 'M');
  const backends = [...options.values()].flatMap((option) => option.value('memdev') ?? []);
  const sizes = backends.map((id) => line.objects.find((object) => object.value('id') === id)?.value('size'));
  const total = sizes.reduce((sum, size) => sum + parseSize(`${size}`), 0n);
  if (total !== ram) refuse(`total memory for NUMA nodes (${hex(total)}) should equal RAM size (${hex(ram)})`);
  completeDistances(line, [...options.keys()]);
  const again = backends.find((id, n) => backends.indexOf(id) < n);
  if (again !== undefined) refuse(`memory backend ${again} can't be used multiple times.`);
  const dealt = processors.size > 0 ? [] : [...Array(parseSmp(line)?.sockets ?? 1).keys()].map((n) => n % options.size);
  for (const id of dealt) checkItself(id, options.get(id));
  const having = new Set([...processors.values(), ...dealt]);
  for (const [id, option] of [...options].sort(([a], [b]) => a - b)) {
    const initiator = option.value('initiator');
    if (initiator === undefined) continue;
    const node = Number(initiator);
    if (!options.has(node)) refuse(`NUMA node ${node} is missing, use '-numa node' option to declare it first`);
    if (!having.has(node)) refuse(`The initiator of NUMA node ${id} is invalid`);
  }
}

/** Of a node that processors are dealt out to, for no node names any: QEMU hw/core/machine.c: machine_set_cpu_numa_node(). */
function checkItself(id: number, option?: Option): void {
  const initiator = option?.value('initiator');
  if (initiator !== undefined && Number(initiator) !== id)
    refuse(`The initiator of CPU NUMA node ${id} should be itself (got ${initiator})`);
}

/** QEMU hw/core/numa.c: validate_numa_distance(). One way will do for both, unless the two differ anywhere. */
function completeDistances({ numa }: CommandLine, ids: readonly number[]): void {
  const given = new Map<string, number>();
  for (const option of numa.filter((each) => each.value('type') === 'dist')) {
    given.set(`${option.value('src')} ${option.value('dst')}`, Number(integer(`${option.value('val')}`)));
  }
  if (given.size === 0) return;
  const nodes = [...ids].sort((a, b) => a - b);
  const pairs = nodes.flatMap((from) => nodes.filter((to) => to > from).map((to) => [from, to] as const));
  let asymmetrical = false;
  for (const [from, to] of pairs) {
    const [there, back] = [given.get(`${from} ${to}`), given.get(`${to} ${from}`)];
    if (there === undefined && back === undefined) {
      const rule = 'at least one distance value between each nodes should be provided.';
      refuse(`The distance between node ${from} and ${to} is missing, ${rule}`);
    }
    asymmetrical ||= there !== undefined && back !== undefined && there !== back;
  }
  const complete = pairs.every(([from, to]) => given.has(`${from} ${to}`) && given.has(`${to} ${from}`));
  if (asymmetrical && !complete) {
    refuse(
      'At least one asymmetrical pair of distances is given, ' +
        'please provide distances for both directions of all node pairs.',
    );
  }
}

const hex = (bytes: bigint): string => `0x${bytes.toString(16)}`;
