import type { HdmDecoder } from '../../src/machine/host';
import type { CxlWorld } from './world';

/** What a host calls the host bridges and devices `ids` where it names decoders; sorted. */
export async function ownersOf(world: CxlWorld, ids: readonly string[]): Promise<string[]> {
  const memdevs = await (await world.host()).memdevs();
  const owners = ids.map((id) => {
    if (world.hostBridges.some((bridge) => bridge.id === id)) return `host bridge ${world.uidOf(id)}`;
    return `${memdevs.find(({ serial }) => serial === world.serialOf(id))?.host}`;
  });
  return owners.sort();
}

/** Whose `decoders` they are; sorted. */
export const ownersIn = (decoders: readonly HdmDecoder[]): string[] =>
  decoders.map(({ name }) => name.replace(/^decoder \d+ of /, '')).sort();
