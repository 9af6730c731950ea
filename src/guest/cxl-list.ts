/** What the `cxl` command prints: ndctl cxl/json.c. */
import type { HdmDecoder, Memdev, Region, RootDecoder } from '../machine/host';

/** As much of its objects as is used here. */
interface Listed {
  readonly memdev?: string;
  readonly serial?: number;
  readonly ram_size?: number;
  readonly pmem_size?: number;
  readonly firmware_version?: string;
  readonly host?: string;
  readonly decoder?: string;
  readonly resource?: number;
  readonly size?: number;
  readonly interleave_ways?: number;
  readonly interleave_granularity?: number;
  readonly max_available_extent?: number;
  readonly volatile_capable?: boolean;
  readonly pmem_capable?: boolean;
  readonly targets?: readonly { readonly position: number; readonly id: number }[];
  readonly region?: string;
  readonly type?: 'ram' | 'pmem';
  readonly decode_state?: string;
  readonly state?: string;
  readonly dpa_size?: number;
  readonly mappings?: readonly { readonly position: number; readonly memdev: string }[];
}

/** All objects, in whatever groups they are printed. Serial numbers are too large for numbers, and are kept as text. */
function objects(json: string): Listed[] {
  const flatten = (value: unknown): Listed[] => {
    if (Array.isArray(value)) return value.flatMap(flatten);
    const groups = Object.values(value as object).filter((each) => Array.isArray(each) && typeof each[0] === 'object');
    const isGroup = Object.keys(value as object).length === 1 && groups.length === 1;
    return isGroup ? flatten(groups[0]) : [value as Listed];
  };
  return flatten(JSON.parse(json.trim() || '[]'));
}

export const parseMemdevs = (json: string): Memdev[] =>
  objects(json.replace(/"serial":(\d+)/g, '"serial":"$1"')).map((listed) => ({
    name: `${listed.memdev}`,
    serial: BigInt(listed.serial ?? 0),
    volatile: BigInt(listed.ram_size ?? 0),
    persistent: BigInt(listed.pmem_size ?? 0),
    firmware: listed.firmware_version ?? '',
    host: `${listed.host}`,
  }));

/** Those of the root port, `decoder0.N`. */
export const parseRootDecoders = (json: string): RootDecoder[] =>
  objects(json)
    .filter(({ decoder }) => decoder?.startsWith('decoder0.'))
    .map((listed) => ({
      name: `${listed.decoder}`,
      base: BigInt(listed.resource ?? 0),
      size: BigInt(listed.size ?? 0),
      ways: listed.interleave_ways ?? 1,
      targets: [...(listed.targets ?? [])].sort((a, b) => a.position - b.position).map(({ id }) => id),
      volatileCapable: listed.volatile_capable ?? false,
      persistentCapable: listed.pmem_capable ?? false,
      maxAvailableExtent: BigInt(listed.max_available_extent ?? 0),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));

/** `memdevs` gives the serials of those that the mappings name. Before tool 77 regions have no type: they are persistent. */
export const parseRegions = (json: string, memdevs: readonly Memdev[]): Region[] =>
  objects(json).map((listed) => ({
    name: `${listed.region}`,
    type: listed.type ?? 'pmem',
    base: BigInt(listed.resource ?? 0),
    size: BigInt(listed.size ?? 0),
    ways: listed.interleave_ways ?? 1,
    granularity: listed.interleave_granularity ?? 0,
    state: listed.decode_state === 'commit' && listed.state !== 'disabled' ? 'enabled' : 'disabled',
    devices: [...(listed.mappings ?? [])]
      .sort((a, b) => a.position - b.position)
      .map(({ memdev }) => memdevs.find(({ name }) => name === memdev)?.serial ?? 0n),
  }));

/** What is committed below the root port. Only endpoint decoders have DPA; without interleave no granularity is printed. */
export const parseDecoders = (json: string): HdmDecoder[] =>
  objects(json)
    .filter(({ decoder, size = 0 }) => decoder !== undefined && !decoder.startsWith('decoder0.') && size > 0)
    .map((listed) => ({
      name: `${listed.decoder}`,
      of: listed.dpa_size === undefined ? 'port' : 'endpoint',
      base: BigInt(listed.resource ?? 0),
      size: BigInt(listed.size ?? 0),
      ways: listed.interleave_ways ?? 1,
      granularity: listed.interleave_granularity ?? 256,
    }));
