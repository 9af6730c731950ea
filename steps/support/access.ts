/** Latency and bandwidth by which processors access memory. */
import { performanceBetween } from '../../src/codec/acpi/hmat-values';
import { showPerformance } from './cdat';
import { theRegion } from './the-region';
import type { CxlWorld } from './world';

/** A row of a table; what is unknown is not in it. */
export type AccessOf = (world: CxlWorld) => Promise<Record<string, string>>;

/** `to the region`, `to node 2`, `from domain 0 to domain 1 by the HMAT`. */
export function accessTo(text: string): AccessOf {
  const [, from, to] = /^from domain (\d+) to domain (\d+)/.exec(text) ?? [];
  if (to)
    return async (world) =>
      showPerformance(performanceBetween(await (await world.host()).acpiTable('HMAT'), Number(from), Number(to)));
  const [, node] = /^to node (\d+)/.exec(text) ?? [];
  if (node) return async (world) => showPerformance(await (await world.host()).nodeAccess(Number(node)));
  return async (world) => showPerformance(await (await world.host()).regionAccess((await theRegion(world)).name));
}
