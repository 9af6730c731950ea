/**
 * A machine as a picture: what it is made of, as a tree in QEMU's nouns, and beside it the memory map that firmware has left, with
 * the fixed memory windows. Boxes are not to scale, for a window may be a thousand times the RAM.
 */
import { E820_TYPE, type E820Entry, joinE820 } from '../codec/acpi/e820';
import { end, overlap, type Range } from '../codec/range';
import type { Topology, Type3 } from '../machine/topology';

export const PICTURE_MEDIA_TYPE = 'image/svg+xml';

/** By this media type reports know an empty attachment for a picture that was attached before, by its name. */
export const SAME_PICTURE_MEDIA_TYPE = 'application/vnd.cxl-conformance.same-picture';

export interface MappedWindow extends Range {
  /** Names of host bridges, in interleave order. */
  readonly targets: readonly string[];
  /** Bytes. */
  readonly granularity: number;
}

/** As it was handed to the operating system. */
export interface Mapped {
  readonly e820: readonly E820Entry[];
  readonly windows: readonly MappedWindow[];
}

interface Part {
  readonly depth: number;
  readonly words: string;
  readonly kind: Kind;
}

const FILL = {
  machine: '#e8edf3',
  bridge: '#cfe3ff',
  port: '#e6efff',
  switch: '#ffe7c2',
  device: '#d3f2da',
  node: '#f3e3f7',
  window: '#ded2ff',
  ram: '#d3f2da',
  reserved: '#dfe3e8',
  other: '#fff3c9',
} as const;

type Kind = keyof typeof FILL;

/** In pixels. */
const [ROW, INDENT, BOX, MARGIN, CHARACTER] = [30, 26, 24, 16, 7.3];

const TOP = 46;

export function pictureOfMachine(topology: Topology, { e820, windows }: Mapped): string {
  const parts = partsOf(topology);
  const ranges = rangesOf(e820, windows);
  const widest = (texts: readonly string[]) => Math.max(150, ...texts.map((each) => each.length * CHARACTER + 20));
  const tree = Math.max(...parts.map(({ depth, words }) => depth * INDENT + widest([words])));
  const left = tree + 4 * MARGIN;
  const map = widest(ranges.map(({ words }) => words));
  const addresses = widest(ranges.map(({ from }) => from)) + 8;
  const height = TOP + Math.max(parts.length, ranges.length) * ROW + MARGIN;
  const width = Math.ceil(left + addresses + map + MARGIN);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>text{font:12px ui-monospace,"DejaVu Sans Mono",monospace;fill:#1d2733}.head{font-weight:bold}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text class="head" x="${MARGIN}" y="26">machine</text>
<text class="head" x="${left}" y="26">memory map and fixed memory windows</text>
${parts.map((part, i) => partAt(part, i, parentOf(parts, i))).join('\n')}
${ranges.map(({ from, words, kind, clash }, i) => rangeAt(from, words, kind, clash, i, left, addresses, map)).join('\n')}
</svg>
`;
}

function partsOf(topology: Topology): Part[] {
  const { ram, processors, hotplug, hostBridges, switches = [], type3s, numa, pciePorts = [] } = topology;
  const most = hotplug ? `, maxmem ${sizeOf(hotplug.maxRam)}` : '';
  const behind = (port: string, depth: number): Part[] => [
    ...switches
      .filter(({ rootPort }) => rootPort === port)
      .flatMap(({ id, downstreamPorts }): Part[] => [
        { depth, words: `cxl-upstream ${id}`, kind: 'switch' },
        ...downstreamPorts.flatMap((down): Part[] => [
          { depth: depth + 1, words: `cxl-downstream ${down}`, kind: 'port' },
          ...behind(down, depth + 2),
        ]),
      ]),
    ...type3s
      .filter((device) => device.port === port)
      .map((device): Part => ({ depth, words: wordsOf(device), kind: 'device' })),
  ];
  return [
    { depth: 0, words: `${sizeOf(ram)} of RAM${most}, ${processors} processors`, kind: 'machine' },
    ...hostBridges.flatMap(({ id, bus, node, rootPorts }): Part[] => [
      { depth: 1, words: `pxb-cxl ${id}, bus ${bus}${node === undefined ? '' : `, node ${node}`}`, kind: 'bridge' },
      ...rootPorts.flatMap((port): Part[] => [{ depth: 2, words: `cxl-rp ${port}`, kind: 'port' }, ...behind(port, 3)]),
    ]),
    ...pciePorts.map(({ id }): Part => ({ depth: 1, words: `pcie-root-port ${id}`, kind: 'port' })),
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

function wordsOf({ id, volatile, persistent, dynamic, serial }: Type3): string {
  const capacities = [
    ...(volatile > 0n ? [`${sizeOf(volatile)} volatile`] : []),
    ...(persistent > 0n ? [`${sizeOf(persistent)} persistent`] : []),
    ...(dynamic ? [`${sizeOf(dynamic.capacity)} dynamic in ${dynamic.regions} regions`] : []),
  ];
  return `cxl-type3 ${id}: ${capacities.join(', ') || 'no capacity'}, sn ${serial}`;
}

interface Shown {
  readonly from: string;
  readonly words: string;
  readonly kind: Kind;
  /** Whether an entry of the memory map claims part of the window. */
  readonly clash: boolean;
}

function rangesOf(e820: readonly E820Entry[], windows: readonly MappedWindow[]): Shown[] {
  const entries = joinE820(e820);
  const typeOf = ({ type }: E820Entry) =>
    Object.entries(E820_TYPE).find(([, value]) => value === type)?.[0] ?? `type ${type}`;
  const kinds: Partial<Record<number, Kind>> = { [E820_TYPE.RAM]: 'ram', [E820_TYPE.RESERVED]: 'reserved' };
  const shown = [
    ...entries.map((entry) => ({
      range: entry as Range,
      words: `E820 ${typeOf(entry)}, ${sizeOf(entry.size)}`,
      kind: kinds[entry.type] ?? 'other',
      clash: windows.some((window) => overlap(window, entry)),
    })),
    ...windows.map((window, i) => ({
      range: window as Range,
      words: `window ${i}, ${sizeOf(window.size)}: ${window.targets.join(', ')}${window.targets.length > 1 ? ` by ${sizeOf(BigInt(window.granularity))}` : ''}`,
      kind: 'window' as const,
      clash: entries.some((entry) => overlap(window, entry)),
    })),
  ];
  return shown
    .sort((a, b) => (a.range.base === b.range.base ? 0 : a.range.base < b.range.base ? -1 : 1))
    .map(({ range, words, kind, clash }) => ({
      from: `0x${range.base.toString(16)}-0x${end(range).toString(16)}`,
      words: clash ? `${words}: overlaps` : words,
      kind,
      clash,
    }));
}

const heightAt = (i: number): number => TOP + i * ROW;

/** The part that the i-th hangs from; -1 for the first. */
function parentOf(parts: readonly Part[], i: number): number {
  const { depth = 0 } = parts[i] ?? {};
  return parts.slice(0, i).reduce((last, part, at) => (part.depth < depth ? at : last), -1);
}

function partAt({ depth, words, kind }: Part, i: number, parent: number): string {
  const [x, y] = [MARGIN + depth * INDENT, heightAt(i)];
  const from = x - INDENT + 10;
  const line =
    parent < 0 ? '' : `<path d="M${from} ${heightAt(parent) + BOX}V${y + BOX / 2}H${x}" fill="none" stroke="#8a97a8"/>`;
  return `${line}${box(x, y, words.length * CHARACTER + 20, kind, false)}${label(x + 10, y, words)}`;
}

function rangeAt(
  from: string,
  words: string,
  kind: Kind,
  clash: boolean,
  i: number,
  left: number,
  addresses: number,
  width: number,
): string {
  const y = heightAt(i);
  return `${label(left, y, from)}${box(left + addresses, y, width, kind, clash)}${label(left + addresses + 10, y, words)}`;
}

const box = (x: number, y: number, width: number, kind: Kind, clash: boolean): string =>
  `<rect x="${x}" y="${y}" width="${Math.ceil(width)}" height="${BOX}" rx="4" fill="${FILL[kind]}" stroke="${clash ? '#d4351c' : '#8a97a8'}" stroke-width="${clash ? 2 : 1}"/>`;

const label = (x: number, y: number, words: string): string =>
  `<text x="${x}" y="${y + 16}">${words.replace(/[&<>]/g, (each) => `&#${each.charCodeAt(0)};`)}</text>`;

const UNITS = [
  ['T', 40n],
  ['G', 30n],
  ['M', 20n],
  ['K', 10n],
] as const;

function sizeOf(size: bigint): string {
  const unit = UNITS.find(([, bits]) => size > 0n && size % (1n << bits) === 0n);
  return unit ? `${size >> unit[1]}${unit[0]}` : `${size}`;
}
