/** The decoders that a drawn region takes, on the machine that it was drawn with. */
import type { Cfmws } from '../codec/acpi/cedt';
import type { Programming } from '../driver/hdm-decoders';
import type { Topology } from '../machine/topology';
import type { Draw, Oddity, RegionDraw } from './draw';

const UNIT = 256n << 20n;
const GRANULARITIES = [256, 512, 1024, 2048, 4096, 8192, 16384];
const WAYS = [1, 2, 3, 4, 6, 8, 12, 16];
const FANS = [4, 2, 1];

export interface Step {
  /** Id of a host bridge, a switch or a device. */
  readonly of: string;
  readonly programming: Programming;
}

export interface PlacedRegion {
  readonly base: bigint;
  readonly size: bigint;
  readonly steps: readonly Step[];
}

/** In windows with devices behind all their targets, if there are any; none where the machine has no window. */
export function placeRegions({ topology, regions }: Draw, cfmws: readonly Cfmws[]): PlacedRegion[] {
  const windows = cfmws.flatMap(({ window: { base } }, n) => {
    const drawn = topology.windows[n];
    return drawn ? [{ base, ...drawn }] : [];
  });
  const useful = windows.filter(({ targets }) => targets.every((bridge) => rootPortsOf(bridge, topology).length > 0));
  return regions.flatMap((region) => {
    const among = useful.length > 0 ? useful : windows;
    const window = among[region.window % Math.max(1, among.length)];
    return window ? [place(region, window, topology)] : [];
  });
}

/** What decodes, from the inside: as many root ports of each bridge, and devices behind each of them, as all have. */
function place(
  region: RegionDraw,
  { base, targets, granularity }: Topology['windows'][number] & { readonly base: bigint },
  topology: Topology,
): PlacedRegion {
  const paths = new Map(targets.map((bridge) => [bridge, rootPortsOf(bridge, topology)]));
  const ports = most(
    region.ports,
    [...paths.values()].map((each) => each.length),
  );
  const chosen = [...paths].map(([bridge, each]) => ({ bridge, ways: each.slice(0, ports) }));
  const fan = most(
    region.fan,
    chosen.flatMap(({ ways }) => ways.map(({ devices }) => devices.length)),
  );
  const ways = nearest(WAYS, targets.length * ports * fan);
  const range = { base: base + BigInt(region.offset) * UNIT, size: BigInt(region.share) * BigInt(ways) * UNIT };
  const skip = BigInt(region.skip) * UNIT;
  const perPort = nearest(GRANULARITIES, granularity * targets.length);
  const perDevice = nearest(GRANULARITIES, perPort * ports);
  const steps = chosen.flatMap(({ bridge, ways: below }): Step[] => [
    { of: bridge, programming: { range, ways: ports, granularity: perPort, targets: below.map(({ port }) => port) } },
    ...below.flatMap(({ through, devices }): Step[] => {
      const used = devices.slice(0, fan);
      const inside = { range, ways: fan, granularity: perDevice, targets: used.map(({ port }) => port) };
      return [
        ...(through === undefined ? [] : [{ of: through, programming: inside }]),
        ...used.map(({ id }) => ({ of: id, programming: { range, ways, granularity, skip } })),
      ];
    }),
  ]);
  return { ...range, steps: steps.map((step, i) => oddly(step, i, steps.length, region.oddity)) };
}

/** The largest number that is asked for and that all have; one where they have none. */
const most = (asked: number, had: readonly number[]): number =>
  FANS.find((n) => n <= asked && had.every((each) => n <= each)) ?? 1;

/** The largest that has an encoding. */
const nearest = (encodable: readonly number[], value: number): number =>
  Math.max(...encodable.filter((each) => each <= value));

/** The root ports of a bridge that lead to devices, with the switch that they lead through, if there is one. */
function rootPortsOf(bridge: string, { hostBridges, switches = [], type3s, ports = {} }: Topology) {
  const rootPorts = hostBridges.find(({ id }) => id === bridge)?.rootPorts ?? [];
  const devicesIn = (slots: readonly string[]) =>
    slots.flatMap((slot, port) => type3s.filter((each) => each.port === slot).map(({ id }) => ({ id, port })));
  const all = rootPorts.map((id, position) => {
    const port = ports[id]?.number ?? position;
    const through = switches.find(({ rootPort }) => rootPort === id);
    return { port, through: through?.id, devices: devicesIn(through?.downstreamPorts ?? [id]) };
  });
  return all.filter(({ devices }) => devices.length > 0);
}

function oddly(step: Step, position: number, of: number, oddity: Oddity | undefined): Step {
  if (!oddity || oddity.step % of !== position) return step;
  const { value } = oddity;
  const { range, targets } = step.programming;
  const odd: Record<Oddity['field'], Partial<Programming>> = {
    offset: { range: { ...range, base: range.base + BigInt(value) * UNIT } },
    share: { range: { ...range, size: BigInt(value) * UNIT } },
    ways: { ways: WAYS[value % WAYS.length] ?? 1 },
    granularity: { granularity: GRANULARITIES[value % GRANULARITIES.length] ?? 256 },
    targets: targets ? { targets: targets.map((port) => (port + value) % 4) } : {},
  };
  return { ...step, programming: { ...step.programming, ...odd[oddity.field] } };
}
