import type { CedtStructure } from '../codec/acpi/cedt';
import type { E820Entry } from '../codec/acpi/e820';
import type { HmatStructure } from '../codec/acpi/hmat';
import type { Distances } from '../codec/acpi/slit';
import type { MemoryAffinity, SratStructure } from '../codec/acpi/srat';
import { overlap, type Range, showRange } from '../codec/range';
import type { HdmDecoder } from '../machine/host';

/** What the operating system finds when it starts: nothing in it is of its own doing. */
export interface HandedOver {
  readonly memoryMap: readonly E820Entry[];
  /** What it is called: {@link DEFAULT_MAP} unless given. */
  readonly mapName?: string | undefined;
  readonly cedt: readonly CedtStructure[];
  /** The whole of it, to be looked at byte by byte. */
  readonly cedtTable?: Uint8Array | undefined;
  readonly srat?: readonly SratStructure[] | undefined;
  readonly slit?: Distances | undefined;
  readonly hmat?: readonly HmatStructure[] | undefined;
  /** The HDM decoders that are committed. */
  readonly decoders: readonly HdmDecoder[];
}

/** The memory map of a PC. */
const DEFAULT_MAP = 'E820';

export const mapNameOf = ({ mapName = DEFAULT_MAP }: HandedOver): string => mapName;

/** The fixed memory windows, in CEDT order. */
export const windowsOf = ({ cedt }: HandedOver): Range[] =>
  cedt.flatMap((structure) => (structure.kind === 'CFMWS' ? [structure.window] : []));

/** The memory affinities that count. */
export const affinitiesOf = ({ srat = [] }: HandedOver): MemoryAffinity[] =>
  srat.filter((structure) => structure.kind === 'memory').filter(({ enabled }) => enabled);

/** Endpoint decoders by the range that they map together, by ascending address. */
export function mappedBy(decoders: readonly HdmDecoder[]): readonly (Range & { endpoints: readonly HdmDecoder[] })[] {
  const groups = new Map<string, HdmDecoder[]>();
  for (const decoder of decoders.filter(({ of }) => of === 'endpoint')) {
    const range = showRange(decoder);
    groups.set(range, [...(groups.get(range) ?? []), decoder]);
  }
  return [...groups.values()]
    .flatMap((group) => (group[0] ? [{ base: group[0].base, size: group[0].size, endpoints: group }] : []))
    .sort((a, b) => (a.base < b.base ? -1 : 1));
}

/** Those of `ranges` that have something in common with `range`. */
export const over = <T extends Range>(range: Range, ranges: readonly T[]): T[] =>
  ranges.filter((each) => overlap(each, range));
