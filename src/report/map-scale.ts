/** Where addresses are on a bar that is to scale, except that long gaps between ranges are cut. */
import { end, type Range } from '../codec/range';

export interface Scale {
  /** In pixels from the bar's beginning, for an address in some range, or at its end. */
  at(address: bigint): number;
  /** Where a gap is cut: the middle of the place that is left of it. */
  readonly cuts: readonly number[];
}

/** In pixels: what is left of a gap that is cut. */
export const CUT = 12;

/** A gap is cut if it is longer than this part of all ranges together. */
const LONG = 6n;

interface Stretch {
  readonly base: bigint;
  readonly end: bigint;
}

/** Of `ranges`, by ascending address; `length` is the bar's, in pixels. */
export function scaleOf(ranges: readonly Range[], length: number): Scale {
  const stretches = joined(ranges);
  const sum = (list: readonly Stretch[]) => list.reduce((total, each) => total + each.end - each.base, 0n);
  const kept = closed(stretches, sum(stretches) / LONG);
  const perByte = (length - (kept.length - 1) * CUT) / Math.max(1, Number(sum(kept)));
  const from = kept.map((_, i) => Number(sum(kept.slice(0, i))) * perByte + i * CUT);
  const round = (pixels: number) => Math.round(pixels * 10) / 10;
  return {
    at: (address) => {
      const i = Math.max(
        0,
        kept.findIndex((each) => address <= each.end),
      );
      return round((from[i] ?? 0) + Number(address - (kept[i]?.base ?? 0n)) * perByte);
    },
    cuts: from.slice(1).map((pixels) => round(pixels - CUT / 2)),
  };
}

/** What ranges cover together. */
const joined = (ranges: readonly Range[]): Stretch[] =>
  closed(
    ranges.map((range) => ({ base: range.base, end: end(range) })),
    0n,
  );

/** With the gaps filled that are no longer than `gap`. */
function closed(stretches: readonly Stretch[], gap: bigint): Stretch[] {
  const done: Stretch[] = [];
  for (const next of stretches) {
    const last = done.at(-1);
    if (!last || next.base - last.end > gap) done.push(next);
    else done.splice(-1, 1, { base: last.base, end: next.end > last.end ? next.end : last.end });
  }
  return done;
}
