/** What the media of devices hold, seen from outside the machine. */
import { hex } from '../../src/codec/range';
import { expectData } from './assertions';
import { pagesWithin } from './data';
import type { CxlWorld } from './world';

/** Bytes of media that are looked through at a time: capacities are multiples of it. */
const STRETCH = 4n << 20n;

/** How many of `pages` are somewhere in the media of device `id`. */
export async function pagesHeld(world: CxlWorld, id: string, pages: readonly Buffer[]): Promise<number> {
  const { volatile, persistent } = world.type3(id);
  const operator = await world.operator();
  let held = 0;
  for (let dpa = 0n; dpa < volatile + persistent; dpa += STRETCH)
    held += pagesWithin(await operator.readMedia(id, dpa, Number(STRETCH)), pages);
  return held;
}

/** What each device is to hold, from the same DPA on. */
export async function expectOnMedia(
  world: CxlWorld,
  ids: readonly string[],
  dpa: bigint,
  expected: readonly Uint8Array[],
): Promise<void> {
  const operator = await world.operator();
  for (const [i, data] of expected.entries()) {
    const id = ids[i] ?? '';
    const media = await operator.readMedia(id, dpa, data.length);
    expectData(`media of ${id} at DPA ${hex(dpa)}`, media, data);
  }
}
