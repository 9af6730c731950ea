/** The picture of a scenario's machine for the reports: drawn once for all scenarios that describe the same one. */
import { createHash } from 'node:crypto';
import { end } from '../../src/codec/range';
import { PICTURE_MEDIA_TYPE, pictureOfMachine, SAME_PICTURE_MEDIA_TYPE } from '../../src/report/machine-picture';
import type { CxlWorld } from './world';

/** Digests of the machines that were drawn in this process. */
const drawn = new Set<string>();

/** Attaches it. A machine that does not answer any more gets none. */
export async function attachPicture(world: CxlWorld): Promise<void> {
  const setup = world.setup();
  if (setup.anyMachine || setup.topology.hostBridges.length === 0) return; // nobody has described it
  const words = JSON.stringify(setup, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  const digest = createHash('md5').update(words).digest('hex');
  const fileName = `machine-${digest.slice(0, 12)}.svg`;
  if (drawn.has(digest)) return world.attach('', { mediaType: SAME_PICTURE_MEDIA_TYPE, fileName });
  const mapped = await mappedOf(world).catch(() => undefined);
  if (!mapped) return;
  drawn.add(digest);
  world.attach(pictureOfMachine(setup.topology, mapped), { mediaType: PICTURE_MEDIA_TYPE, fileName });
}

async function mappedOf(world: CxlWorld) {
  const e820 = await (await world.host()).memoryMap();
  const windows = await world.fixedWindows().catch(() => []); // no CEDT, or one that makes no sense
  return {
    e820: e820.filter((entry) => end(entry) > entry.base),
    windows: windows.map(({ window, targets, granularity }) => ({
      ...window,
      granularity,
      targets: targets.map(world.bridgeName),
    })),
  };
}
