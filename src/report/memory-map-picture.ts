/**
 * The memory map that firmware has left, with the fixed memory windows: a bar to scale, and beside it a row for each range, for a window
 * may be a thousand times the RAM.
 */
import { E820_TYPE, type E820Entry, joinE820 } from '../codec/acpi/e820';
import { end, overlap, type Range, showRange } from '../codec/range';
import { type Drawn, sizeOf } from './machine-tree';
import { CUT, scaleOf } from './map-scale';
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
  const bar = Math.max(SHORTEST, ranges.length) * ROW - (ROW - BOX);
  const scale = scaleOf(
    ranges.map(({ range }) => range),
    bar,
  );
  const boxes = left + BAR + GAP;
  const width = Math.max(0, ...ranges.map(({ words }) => widthOf(words)));
  const addresses = boxes + width + MARGIN / 2;
  const rows = ranges.map(({ range, words, kind, clash }, i) => {
    const [y, from] = [rowAt(i), TOP + scale.at(range.base)];
    const height = Math.max(THINNEST, TOP + scale.at(end(range)) - from);
    return [
      box(left, from, BAR, height, kind, clash),
      line(`M${left + BAR} ${from + height / 2}L${boxes} ${y + BOX / 2}`, true),
      box(boxes, y, width, BOX, kind, clash),
      label(boxes + 10, y, words),
      label(addresses, y, showRange(range)),
    ].join('');
  });
  const cuts = scale.cuts.map((at) => cutAt(left, TOP + at));
  return {
    width: addresses + Math.max(0, ...ranges.map(({ range }) => widthOf(showRange(range)))) - left,
    height: TOP + bar + 2 * MARGIN,
    svg: [box(left, TOP, BAR, bar, 'machine'), ...rows, ...cuts].join('\n'),
  };
}

/** A gap that is cut: two waves across the bar, and nothing between them. */
function cutAt(left: number, y: number): string {
  const wave = `q${BAR / 4} -5 ${BAR / 2} 0t${BAR / 2} 0`;
  const blank = `<path class="page" d="M${left - 1} ${y - CUT / 2}h${BAR + 2}v${CUT}h-${BAR + 2}z"/>`;
  return [blank, line(`M${left} ${y - CUT / 2}${wave}`), line(`M${left} ${y + CUT / 2}${wave}`)].join('');
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
