/** What a machine is made of, as a tree in QEMU's nouns. */
import type { Topology, Type3 } from '../machine/topology';
import { BOX, box, type Kind, label, line, MARGIN, ROW, rowAt, TOP, widthOf } from './svg';

interface Part {
  readonly depth: number;
  readonly words: string;
  readonly kind: Kind;
}

/** Part of a drawing, in pixels. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

const INDENT = 26;

export function drawTree(topology: Topology): Drawn {
  const parts = partsOf(topology);
  return {
    width: 2 * MARGIN + Math.max(...parts.map(({ depth, words }) => depth * INDENT + widthOf(words))),
    height: TOP + parts.length * ROW + MARGIN,
    svg: parts.map((part, i) => partAt(part, i, parentOf(parts, i))).join('\n'),
  };
}

function partsOf(topology: Topology): Part[] {
  const { ram, processors, hotplug, hostBridges, windows, numa, pciePorts = [], testDevices } = topology;
  const most = hotplug ? `, maxmem ${sizeOf(hotplug.maxRam)}` : '';
  const windowsOf = (bridge: string): string => {
    const numbers = windows.flatMap(({ targets }, i) => (targets.includes(bridge) ? i : []));
    return numbers.length > 0 ? `, window${numbers.length > 1 ? 's' : ''} ${numbers.join(', ')}` : '';
  };
  return [
    { depth: 0, words: `${sizeOf(ram)} of RAM${most}, ${processors} processors`, kind: 'machine' },
    ...hostBridges.flatMap(({ id, bus, node, rootPorts }): Part[] => [
      {
        depth: 1,
        words: `pxb-cxl ${id}, bus ${bus}${node === undefined ? '' : `, node ${node}`}${windowsOf(id)}`,
        kind: 'bridge',
      },
      ...rootPorts.flatMap((port): Part[] => [
        { depth: 2, words: `cxl-rp ${port}`, kind: 'port' },
        ...partsBehind(topology, port, 3),
      ]),
    ]),
    ...pciePorts.map(({ id }): Part => ({ depth: 1, words: `pcie-root-port ${id}`, kind: 'port' })),
    ...testDevices.map(({ bar }): Part => {
      return { depth: 1, words: `pci-testdev${bar ? `, a BAR of ${sizeOf(bar)}` : ''}`, kind: 'other' };
    }),
    ...(numa?.nodes ?? []).map((node, i): Part => {
      const of = node.processors.length > 0 ? `, processors ${node.processors.join(', ')}` : '';
      return {
        depth: 1,
        words: `NUMA node ${i}: ${node.ram > 0n ? sizeOf(node.ram) : 'no memory'}${of}`,
        kind: 'node',
      };
    }),
  ];
}

function partsBehind(topology: Topology, port: string, depth: number): Part[] {
  const { switches = [], type3s } = topology;
  return [
    ...switches
      .filter(({ rootPort }) => rootPort === port)
      .flatMap(({ id, downstreamPorts, mailbox }): Part[] => [
        { depth, words: `cxl-upstream ${id}`, kind: 'switch' },
        ...(mailbox ? [{ depth, words: `cxl-switch-mailbox-cci ${mailbox}`, kind: 'switch' } as const] : []),
        ...downstreamPorts.flatMap((down): Part[] => [
          { depth: depth + 1, words: `cxl-downstream ${down}`, kind: 'port' },
          ...partsBehind(topology, down, depth + 2),
        ]),
      ]),
    ...type3s
      .filter((device) => device.port === port)
      .map((device): Part => ({ depth, words: wordsOf(device), kind: 'device' })),
  ];
}

function wordsOf({ id, volatile, persistent, dynamic, serial }: Type3): string {
  const capacities = [
    ...(volatile > 0n ? [`${sizeOf(volatile)} volatile`] : []),
    ...(persistent > 0n ? [`${sizeOf(persistent)} persistent`] : []),
    ...(dynamic ? [`${sizeOf(dynamic.capacity)} dynamic in ${dynamic.regions} regions`] : []),
  ];
  return `cxl-type3 ${id}: ${capacities.join(', ') || 'no capacity'}, sn ${serial}`;
}

/** The part that the i-th hangs from; -1 for the first. */
function parentOf(parts: readonly Part[], i: number): number {
  const { depth = 0 } = parts[i] ?? {};
  return parts.slice(0, i).reduce((last, part, at) => (part.depth < depth ? at : last), -1);
}

function partAt({ depth, words, kind }: Part, i: number, parent: number): string {
  const [x, y] = [MARGIN + depth * INDENT, rowAt(i)];
  const from = x - INDENT + 10;
  const hanging = parent < 0 ? '' : line(`M${from} ${rowAt(parent) + BOX}V${y + BOX / 2}H${x}`);
  return `${hanging}${box(x, y, widthOf(words), BOX, kind)}${label(x + 10, y, words)}`;
}

const UNITS = [
  ['T', 40n],
  ['G', 30n],
  ['M', 20n],
  ['K', 10n],
] as const;

export function sizeOf(size: bigint): string {
  const unit = UNITS.find(([, bits]) => size > 0n && size % (1n << bits) === 0n);
  return unit ? `${size >> unit[1]}${unit[0]}` : `${size}`;
}
