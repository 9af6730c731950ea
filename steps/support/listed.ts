/** Lists that tables, QMP and the operating system have of what a machine is made of, and rows of a feature to compare them with. */

import { E820_TYPE, joinE820, showE820 } from '../../src/codec/acpi/e820';
import { accessValues } from '../../src/codec/acpi/hmat-values';
import { decodeSlit } from '../../src/codec/acpi/slit';
import { isProcessor } from '../../src/codec/acpi/srat';
import { overlap, type Range, showRange } from '../../src/codec/range';
import { genericAffinities, hmatOf, memoryOf, sratOf } from './affinity';
import { found } from './found';
import { namespaceOf } from './namespace';
import { bytes, range } from './parameter-types';
import { sideCache } from './parts';
import { windowOf } from './windows';
import type { CxlWorld } from './world';

type Row = Readonly<Record<string, string>>;
type Shown = string | object;

/** A list, and a row as an entry of it, or as several. */
export interface List {
  readonly found: (world: CxlWorld, rows: readonly Row[]) => Promise<readonly Shown[]>;
  readonly expected: (world: CxlWorld, row: Row) => Shown | Shown[] | Promise<Shown>;
}

const MIB = 1n << 20n;

const E820_TYPES: Readonly<Record<string, number>> = {
  RAM: E820_TYPE.RAM,
  persistent: E820_TYPE.PERSISTENT,
  'soft reserved': E820_TYPE.SOFT_RESERVED,
};

const onDomain = (each: Range & { readonly domain: number | string }): string =>
  `${showRange(each)} on domain ${each.domain}`;

/** Rows with `domain` and one or several `ranges`. */
const domains = (_: CxlWorld, { domain = '', ranges = '' }: Row): string[] =>
  ranges
    .split(', ')
    .filter(Boolean)
    .map((text) => onDomain({ ...range(text), domain }));

/** `range`, counted from the base of `window`. */
async function inWindow(world: CxlWorld, { window: n, range: part }: Row): Promise<Range> {
  const { base, size } = range(part);
  return { base: ((await world.fixedWindows())[Number(n)]?.window.base ?? 0n) + base, size };
}

const showMemory = ({ domain, enabled, nonVolatile, ...each }: Range & Memory): string =>
  [onDomain({ ...each, domain }), ...(enabled ? [] : ['disabled']), ...(nonVolatile ? ['non-volatile'] : [])].join(
    ', ',
  );

interface Memory {
  readonly domain: number;
  readonly enabled: boolean;
  readonly nonVolatile: boolean;
}

const LISTS: Readonly<Record<string, List>> = {
  'the CEDT: fixed memory windows': {
    found: async (world) =>
      (await world.fixedWindows()).map(({ window: { size }, targets, granularity }) => ({
        size,
        targets: targets.map(world.bridgeName),
        granularity,
      })),
    expected: (_, row) => windowOf(row),
  },
  'the CEDT: QTG IDs': {
    found: async (world) =>
      (await world.fixedWindows()).map(({ qtgId }, n) => ({ window: `${n}`, 'QTG ID': `${qtgId}` })),
    expected: (_, row) => row,
  },
  'QMP: fixed memory windows': {
    found: async (world) => (await world.operator()).fixedWindows(),
    expected: (_, row) => windowOf(row),
  },
  'the namespace: host bridges': {
    found: async (world) =>
      (await namespaceOf(world))
        .withId('ACPI0016')
        .map((device) => ({
          uid: device.number('_UID'),
          bbn: device.number('_BBN'),
          compatible: device.cids.join(', '),
        }))
        .sort((a, b) => Number(a.uid) - Number(b.uid)),
    expected: (world, row) => ({
      uid: world.uidOf(`${row['host bridge']}`),
      bbn: Number(row._BBN),
      compatible: row['compatible with'],
    }),
  },
  'the SRAT: memory affinities': {
    found: async (world) => (await memoryOf(world)).filter(({ hotPluggable }) => !hotPluggable).map(onDomain),
    expected: domains,
  },
  'the SRAT: hot-pluggable memory affinities': {
    found: async (world) => (await memoryOf(world)).filter(({ hotPluggable }) => hotPluggable).map(onDomain),
    expected: domains,
  },
  'the SRAT: memory affinities in the windows': {
    found: async (world) => {
      const windows = (await world.fixedWindows()).map(({ window }) => window);
      const memory = (await sratOf(world)).flatMap((each) => (each.kind === 'memory' ? [each] : []));
      return memory.filter((each) => windows.some((window) => overlap(each, window))).map(showMemory);
    },
    expected: async (world, row) =>
      showMemory({
        ...(await inWindow(world, row)),
        domain: Number(row.domain),
        enabled: true,
        nonVolatile: row['non-volatile'] === 'yes',
      }),
  },
  'the SRAT: processors': {
    found: async (world) =>
      (await sratOf(world)).flatMap((s) =>
        isProcessor(s) && s.enabled ? [{ apicId: s.apicId, domain: s.domain }] : [],
      ),
    expected: (_, row) => ({ apicId: Number(row['APIC id']), domain: Number(row.domain) }),
  },
  'the SRAT: GICC affinities': {
    found: async (world) =>
      (await sratOf(world)).flatMap((s) =>
        s.kind === 'GICC' && s.enabled ? [{ processor: s.apicId, domain: s.domain }] : [],
      ),
    expected: (_, row) => ({ processor: Number(row.processor), domain: Number(row.domain) }),
  },
  'the SRAT: Generic Ports': {
    found: (world) => genericAffinities(world, 'Generic Port'),
    expected: (world, { 'host bridge': id, node }) => ({
      device: `ACPI0016:${world.uidOf(`${id}`)}`,
      domain: Number(node),
      enabled: true,
    }),
  },
  'the SRAT: Generic Initiators': {
    found: (world) => genericAffinities(world, 'Generic Initiator'),
    expected: async (world, { device: id, node }) => {
      const memdevs = await (await world.host()).memdevs();
      const device = memdevs.find(({ serial }) => serial === world.serialOf(`${id}`))?.host;
      return { device, domain: Number(node), enabled: true };
    },
  },
  'the SLIT: distances': {
    found: async (world) => decodeSlit(await (await world.host()).acpiTable('SLIT')).map(distancesFrom),
    expected: (_, { from, ...to }) => distancesFrom(Object.values(to).map(Number), Number(from)),
  },
  'the HMAT: memory proximity domains': {
    found: async (world) =>
      (await hmatOf(world)).flatMap((s) =>
        s.kind === 'memory proximity' ? [{ domain: s.memory, initiator: s.initiator }] : [],
      ),
    expected: (_, { domain, initiator }) => ({
      domain: Number(domain),
      initiator: initiator === '' ? undefined : Number(initiator),
    }),
  },
  'the HMAT: latencies and bandwidths': {
    found: async (world) => accessValues(await (await world.host()).acpiTable('HMAT')),
    expected: (_, { from, to, latency, bandwidth, access = 'any', of = 'memory' }) => ({
      initiator: Number(from),
      target: Number(to),
      access,
      hierarchy: of,
      latency: Number(latency),
      bandwidth: Number(bytes(bandwidth) / MIB),
    }),
  },
  'the HMAT: memory side caches': {
    found: async (world) =>
      (await hmatOf(world)).filter((s) => s.kind === 'side cache').map(({ kind, smbiosHandles, ...cache }) => cache),
    expected: (_, row) => ({ domain: Number(row.node), levels: Number(row.levels), ...sideCache(row) }),
  },
  'the memory map: entries in the windows': {
    found: async (world) => {
      const windows = (await world.fixedWindows()).map(({ window }) => window);
      const map = await (await world.host()).memoryMap();
      return joinE820(map.filter((entry) => windows.some((window) => overlap(entry, window)))).map(showE820);
    },
    expected: async (world, row) => showE820({ ...(await inWindow(world, row)), type: E820_TYPES[`${row.type}`] ?? 0 }),
  },
  'the operating system: NUMA nodes': {
    found: async (world, rows) => {
      const nodes = await (await world.host()).nodes();
      return nodes.map(({ id, genericInitiator, distances }) => {
        const all = {
          node: `${id}`,
          'Generic Initiator': genericInitiator ? 'yes' : '',
          distances: distances.join(', '),
        };
        return Object.fromEntries(Object.entries(all).filter(([name]) => rows[0] && name in rows[0]));
      });
    },
    expected: (_, row) => row,
  },
};

const distancesFrom = (to: readonly number[], from: number) => ({ [`distances from domain ${from}`]: to });

const keys = Object.keys(LISTS).map((key) => key.split(': '));
export const SOURCES: ReadonlySet<string> = new Set(keys.map(([source]) => `${source}`));
export const ENTRIES: ReadonlySet<string> = new Set(keys.map(([, entries]) => `${entries}`));

/** @throws Error, for the scenario is wrong, if there is none */
export const listNamed = (source: string, entries: string): List =>
  found(LISTS[`${source}: ${entries}`], `list ${source}: ${entries}`, Object.keys(LISTS));
