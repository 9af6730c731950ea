import type { HdmDecoders, Programming } from '../driver/hdm-decoders';
import type { Placement } from './cxl-placement';
import type { CxlDevice, CxlRouter } from './cxl-walk';

/** Of what is not interleaved: the finest, which Linux expects there. drivers/cxl/acpi.c: cxl_parse_cfmws(). */
const FINEST = 256;

/** One decoder, and what it is to hold. */
interface Step {
  readonly decoders: HdmDecoders;
  readonly n: number;
  readonly programming: Programming;
}

/** How many decoders are committed. */
type Used = Map<CxlDevice | CxlRouter, number>;

/** Programs and commits decoders for placements by ascending address. Yields those of which every decoder has committed. */
export async function commitAll(
  placements: readonly Placement<CxlDevice>[],
  lockOnCommit: boolean,
): Promise<Placement<CxlDevice>[]> {
  const used: Used = new Map();
  const done: Placement<CxlDevice>[] = [];
  for (const placement of placements) {
    for (const { path, decoders, enable } of placement.devices) {
      await Promise.all([enable(), decoders.enable(), ...path.map(({ router }) => router.decoders?.enable())]);
    }
    if (!(await commit(stepsOf(placement, used), lockOnCommit))) continue;
    done.push(placement);
    const owners = placement.devices.flatMap((device) => [device, ...device.path.map(({ router }) => router)]);
    for (const owner of owners) used.set(owner, (used.get(owner) ?? 0) + 1);
  }
  return done;
}

/** The decoders of devices, and then those above them from the bottom up, of which each goes on to one port. */
function stepsOf({ base, size, window, capacity, devices }: Placement<CxlDevice>, used: Used): Step[] {
  const range = { base, size };
  const ways = devices.length;
  const granularity = ways > 1 ? window.granularity : FINEST;
  const below = { range, ways, granularity };
  const next = (owner: CxlDevice | CxlRouter) => used.get(owner) ?? 0;
  const skip = (device: CxlDevice) => (capacity === 'persistent' && next(device) === 0 ? device.volatile : 0n);
  const above = { range, ways: 1, granularity: ways > 1 ? granularity * ways : FINEST };
  return [
    ...devices.map((device) => ({
      decoders: device.decoders,
      n: next(device),
      programming: { ...below, skip: skip(device) },
    })),
    ...devices
      .flatMap(({ path }) => [...path].reverse())
      .flatMap(({ router, below }) =>
        router.decoders
          ? [{ decoders: router.decoders, n: next(router), programming: { ...above, targets: [below] } }]
          : [],
      ),
  ];
}

/** Commits all, or resets what it has committed. */
async function commit(steps: readonly Step[], lockOnCommit: boolean): Promise<boolean> {
  for (const [i, { decoders, n, programming }] of steps.entries()) {
    if ((await decoders.commit(n, { ...programming, lockOnCommit })) === 'committed') continue;
    for (const tried of steps.slice(0, i + 1).reverse()) await tried.decoders.reset(tried.n);
    return false;
  }
  return true;
}
