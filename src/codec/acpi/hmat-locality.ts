/** ACPI 6.5 Section 5.2.28.4: System Locality Latency and Bandwidth Information Structure, in real units. */
import { DecodeError } from '../decode-error';
import { struct, u8, u16, u32, u64 } from '../struct';
import { exactly, type Structure } from './structures';

/** By their codes. */
export const HIERARCHIES = ['memory', 'first-level cache', 'second-level cache', 'third-level cache'] as const;

const LATENCIES = ['access latency', 'read latency', 'write latency'] as const;
const BANDWIDTHS = ['access bandwidth', 'read bandwidth', 'write bandwidth'] as const;
/** In the order of their codes, which CDAT shares. */
export const DATA_TYPES = [...LATENCIES, ...BANDWIDTHS];

export type DataType = (typeof DATA_TYPES)[number];

export interface Locality {
  readonly kind: 'locality';
  /** Whose latency or bandwidth it is. */
  readonly hierarchy: (typeof HIERARCHIES)[number];
  readonly dataType: DataType;
  /** Proximity domains. */
  readonly initiators: readonly number[];
  readonly targets: readonly number[];
  /**
   * A row for each initiator, with a value for each target: nanoseconds, or megabytes a second; undefined where the
   * table does not tell. What is out of reach has an infinite latency and no bandwidth.
   */
  readonly values: readonly (readonly (number | undefined)[])[];
}

const Layout = struct('System Locality Latency and Bandwidth Information', {
  type: u16,
  reserved: u16,
  length: u32,
  flags: u8,
  dataType: u8,
  minimumTransferSize: u8,
  reserved2: u8,
  initiators: u32,
  targets: u32,
  reserved3: u32,
  baseUnit: u64,
});
const Domain = struct('proximity domain', { domain: u32 });
const Entry = struct('latency or bandwidth', { value: u16 });

const HIERARCHY = 0xf;
const NOT_PROVIDED = 0;
const UNREACHABLE = 0xffff;
const PS_PER_NS = 1000;

const isLatency = (dataType: DataType): boolean => LATENCIES.some((latency) => latency === dataType);

/** The whole structure; values that its 16 bits cannot hold in any one unit are rounded. */
export function encodeLocality(type: number, locality: Locality): Uint8Array {
  const { hierarchy, dataType, initiators, targets, values } = locality;
  const latency = isLatency(dataType);
  const unreachable = latency ? Number.POSITIVE_INFINITY : 0;
  const raw = values.flat().map((value) => (latency && value !== undefined ? Math.round(value * PS_PER_NS) : value));
  const baseUnit = unitOf(raw.filter((value) => value !== undefined && value !== unreachable) as number[], latency);
  const entries = raw.map((value) => {
    if (value === undefined) return NOT_PROVIDED;
    return value === unreachable ? UNREACHABLE : Math.round(value / Number(baseUnit ?? 1n));
  });
  const counts = { initiators: initiators.length, targets: targets.length };
  const length = lengthOf(counts);
  const codes = { flags: HIERARCHIES.indexOf(hierarchy), dataType: DATA_TYPES.indexOf(dataType) };
  return Buffer.concat([
    Layout.encode({ type, length, ...codes, ...counts, baseUnit: baseUnit ?? baseOfNothing(latency) }),
    ...[...initiators, ...targets].map((domain) => Domain.encode({ domain })),
    ...entries.map((value) => Entry.encode({ value })),
  ]);
}

/** QEMU hw/core/numa.c: parse_numa_hmat_lb(): the largest power of 10 ps, or of 2 MB/s, that divides all. */
function unitOf(values: readonly number[], latency: boolean): bigint | undefined {
  const step = latency ? 10 : 2;
  const present = values.filter((value) => value > 0);
  if (present.length === 0) return undefined;
  let unit = 1;
  while (present.every((value) => value % (unit * step) === 0)) unit *= step;
  while (Math.max(...present) / unit > UNREACHABLE - 1) unit *= step;
  return BigInt(unit);
}

/** Of values that are all zero QEMU gives the unit that it begins with, made to fit 32 bits: the largest number of nanoseconds, and zero. */
const baseOfNothing = (latency: boolean): bigint => (latency ? BigInt.asUintN(32, -BigInt(PS_PER_NS)) : 0n);

const lengthOf = ({ initiators, targets }: { initiators: number; targets: number }): number =>
  Layout.size + (initiators + targets) * Domain.size + initiators * targets * Entry.size;

/** @throws DecodeError for a hierarchy or a kind of data that is reserved, and for lists that do not fit. */
export function decodeLocality({ bytes }: Structure): Locality {
  const fields = Layout.decode(bytes);
  exactly('System Locality Latency and Bandwidth Information', bytes, lengthOf(fields));
  const hierarchy = HIERARCHIES[fields.flags & HIERARCHY];
  const dataType = DATA_TYPES[fields.dataType];
  if (!hierarchy || !dataType)
    throw new DecodeError(
      'System Locality Latency and Bandwidth Information',
      `hierarchy ${fields.flags & HIERARCHY}, data type ${fields.dataType}`,
    );
  const domains = list(
    fields.initiators + fields.targets,
    (i) => Domain.decode(bytes, Layout.size + i * Domain.size).domain,
  );
  const entriesAt = Layout.size + domains.length * Domain.size;
  const real = realValue(dataType, Number(fields.baseUnit));
  const values = list(fields.initiators, (row) =>
    list(fields.targets, (column) =>
      real(Entry.decode(bytes, entriesAt + (row * fields.targets + column) * Entry.size).value),
    ),
  );
  const [initiators, targets] = [domains.slice(0, fields.initiators), domains.slice(fields.initiators)];
  return { kind: 'locality', hierarchy, dataType, initiators, targets, values };
}

const list = <T>(length: number, at: (i: number) => T): T[] => Array.from({ length }, (_, i) => at(i));

const realValue = (dataType: DataType, baseUnit: number) => (entry: number) => {
  const latency = isLatency(dataType);
  if (entry === NOT_PROVIDED) return undefined;
  if (entry === UNREACHABLE) return latency ? Number.POSITIVE_INFINITY : 0;
  return latency ? (entry * baseUnit) / PS_PER_NS : entry * baseUnit;
};
