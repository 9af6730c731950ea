/**
 * The memory map that firmware has left, with the fixed memory windows: a bar to scale from address 0 on, and beside it a row for each
 * range, for a window may be a thousand times the RAM.
 */
import { E820_TYPE, type E820Entry, joinE820 } from '../codec/acpi/e820';
import { end, overlap, type Range, showRange } from '../codec/range';
import { type Drawn, sizeOf } from './machine-tree';
import { BOX, box, type Kind, label, line, MARGIN, ROW, rowAt, TOP, widthOf } from './svg';

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

interface Shown {
  readonly range: Range;
  readonly words: string;
  readonly kind: Kind;
  /** Whether an entry of the memory map claims part of the window. */
  readonly clash: boolean;
}

/** In pixels: the bar, what is between it and the rows, and the least that a range in it has. */
const [BAR, GAP, THINNEST] = [28, 36, 2];

/** So many rows the bar has at least. */
const SHORTEST = 6;

/** `left` is where it begins. */
export function drawMap({ e820, windows }: Mapped, left: number): Drawn {
  const ranges = rangesOf(e820, windows);
  const all = ranges.reduce((last, { range }) => (end(range) > last ? end(range) : last), 1n);
  const bar = Math.max(SHORTEST, ranges.length) * ROW - (ROW - BOX);
  const addresses = left + BAR + GAP;
  const boxes = addresses + Math.max(0, ...ranges.map(({ range }) => widthOf(showRange(range))));
  const width = Math.max(0, ...ranges.map(({ words }) => widthOf(words)));
  const pixels = (address: bigint): number => Math.round((Number((address * 10_000n) / all) / 10_000) * bar * 10) / 10;
  const rows = ranges.map(({ range, words, kind, clash }, i) => {
    const [y, from] = [rowAt(i), TOP + pixels(range.base)];
    const height = Math.max(THINNEST, TOP + pixels(end(range)) - from);
    return [
      box(left, from, BAR, height, kind, clash),
      line(`M${left + BAR} ${from + height / 2}L${addresses - 4} ${y + BOX / 2}`, true),
      label(addresses, y, showRange(range)),
      box(boxes, y, width, BOX, kind, clash),
      label(boxes + 10, y, words),
    ].join('');
  });
  return {
    width: boxes + width + MARGIN - left,
    height: TOP + bar + 2 * MARGIN,
    svg: [box(left, TOP, BAR, bar, 'machine'), ...rows].join('\n'),
  };
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
    .map((each) => (each.clash ? { ...each, words: `${each.words}: overlaps` } : each));
}
