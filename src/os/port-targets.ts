/** How the ports above the devices of a region interleave. Linux drivers/cxl/core/region.c: cxl_port_setup_targets(). */
import type { Interleave } from '../codec/cxl/interleave';
import { Errno, type ErrnoName, STRERROR } from '../machine/errno';

export const COARSEST_GRANULARITY = 16_384;
const MOST_TARGETS = 8;

/** What is on the way to a device, and the number of the port below it that the way goes on by. */
export interface Hop<P> {
  readonly port: P;
  readonly below: number;
}

/** From the host bridge down. */
export type Way<P> = readonly Hop<P>[];

/** What the decoder of a port is programmed with, but for the range. */
export interface Turns extends Interleave {
  /** Numbers of the ports below, in turn. */
  readonly targets: readonly number[];
}

interface TurnOptions {
  /** Whether the order of the devices is checked. */
  readonly ordered?: boolean;
  /** Whether turns above a port that has but one port below are forgotten from there on, as before Linux 6.6. */
  readonly forgotten?: boolean;
}

/**
 * The turns of each port, given the ways to the devices in the order of their positions, and the turns of the window.
 * @throws Errno
 */
export function portTurns<P>(
  paths: readonly Way<P>[],
  window: Interleave,
  { ordered = true, forgotten = false }: TurnOptions = {},
): ReadonlyMap<P, Turns> {
  const found = new Map<P, Interleave & { readonly targets: number[] }>();
  for (const [position, path] of paths.entries()) {
    let above = powersOf2Alone(window);
    let together = window.ways;
    for (const { port, below } of path) {
      const turns = found.get(port) ?? { ...take(waysOf(port, paths), above), targets: [] };
      found.set(port, turns);
      if (!turns.targets.includes(below)) turns.targets.push(below);
      else if (ordered && turns.ways > 1) checkPeer(paths, position - together * turns.ways, port, below);
      if (turns.targets.length > turns.ways) throw errno('ENXIO'); // "targets full"
      above = forgotten && turns.ways === 1 ? { ...turns, granularity: above.granularity } : turns;
      together *= turns.ways;
    }
  }
  return found;
}

/** Routing by address bits leaves a factor of 3 to the window and to devices. */
const powersOf2Alone = ({ ways, granularity }: Interleave): Interleave => ({
  ways: ways % 3 === 0 ? ways / 3 : ways,
  granularity,
});

/** Turns below others are as long as all of those together. */
function take(ways: number, above: Interleave): Interleave {
  const granularity = above.granularity * above.ways;
  if (!Number.isInteger(Math.log2(ways))) throw errno('EINVAL');
  if (granularity > COARSEST_GRANULARITY) throw errno('EINVAL');
  if (ways > MOST_TARGETS) throw errno('ENXIO');
  return { ways, granularity };
}

const waysOf = <P>(port: P, paths: readonly Way<P>[]): number =>
  new Set(paths.flatMap((path) => path.filter((hop) => hop.port === port).map(({ below }) => below))).size;

/** Devices that share a port below are as far apart as all turns down to there together: check_last_peer(). */
function checkPeer<P>(paths: readonly Way<P>[], peer: number, port: P, below: number): void {
  if (!paths[peer]?.some((hop) => hop.port === port && hop.below === below)) throw errno('ENXIO');
}

const errno = (code: ErrnoName): Errno => new Errno(code, STRERROR[code]);
