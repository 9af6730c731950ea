/** `-numa hmat-lb`: QEMU hw/core/numa.c: parse_numa_hmat_lb(). */
import type { Quirks } from '../ledger/quirks';
import type { Option } from '../options/option';
import { parseSize } from '../options/size';
import { refuse } from './refuse';

const MIB = 1n << 20n;

/** Of an HMAT entry, which has 16 bits; all of them set says that nothing is known. */
const MOST = 0xffffn;
const ENTRY_BITS = 16;

/** What the values of one table have in common. */
interface Scale {
  base: bigint;
  /** Of latencies the greatest, of bandwidths all bits together. */
  seen: bigint;
  readonly pairs: Set<string>;
}

/** The options so far. */
export class Localities {
  readonly #tables = new Map<string, Scale>();
  /** Nodes whose latency, or bandwidth, has been told. */
  readonly #known = new Set<string>();

  constructor(private readonly quirks: Quirks) {}

  /** Whether latency and bandwidth of the memory of node `target` are known. */
  describe = (target: number): boolean =>
    this.#known.has(`latency ${target}`) && this.#known.has(`bandwidth ${target}`);

  /** @throws Refusal */
  check(option: Option, nodes: number, initiators: ReadonlySet<number>): void {
    const [initiator, target] = ['initiator', 'target'].map((key) => Number(option.value(key))) as [number, number];
    if (initiator > nodes) refuse(`Invalid initiator=${initiator}, it should be less than ${nodes}`, option);
    if (target > nodes) refuse(`Invalid target=${target}, it should be less than ${nodes}`, option);
    if (!initiators.has(initiator)) {
      refuse(`Invalid initiator=${initiator}, it isn't an initiator proximity domain`, option);
    }
    if (target === nodes) refuse(`The target=${target} should point to an existing node`, option);
    const type = `${option.value('data-type')}`;
    const what = type.endsWith('latency') ? 'latency' : 'bandwidth';
    const other = what === 'latency' ? 'bandwidth' : 'latency';
    if (option.value(what) === undefined) refuse(`Missing '${what}' option`, option);
    if (option.value(other) !== undefined) refuse(`Invalid option '${other}' since the data type is ${what}`, option);
    this.#add(option, { what, table: `${option.value('hierarchy')} ${type}`, initiator, target });
  }

  #add(option: Option, { what, table, initiator, target }: Entry): void {
    const scale = this.#tables.get(table) ?? { base: 1n << 64n, seen: 0n, pairs: new Set() };
    this.#tables.set(table, scale);
    const between = `initiator=${initiator} and target=${target}`;
    const value = parseSize(`${option.value(what)}`);
    if (what === 'bandwidth' && value % MIB !== 0n) {
      refuse(`Bandwidth ${value} between ${between} should be 1MB aligned`, option);
    }
    const pair = `${initiator} ${target}`;
    if (scale.pairs.has(pair)) refuse(`Duplicate configuration of the ${what} for ${between}`, option);
    scale.pairs.add(pair);
    if (value === 0n) return;
    this.#known.add(`${what} ${target}`);
    if (what === 'latency') fitLatency(scale, value, this.quirks, between, option);
    else fitBandwidth(scale, value, between, option);
  }
}

interface Entry {
  readonly what: 'latency' | 'bandwidth';
  readonly table: string;
  readonly initiator: number;
  readonly target: number;
}

/** Latencies share a power of ten. */
function fitLatency(scale: Scale, value: bigint, quirks: Quirks, between: string, option: Option): void {
  let base = 1n;
  while ((value / base) % 10n === 0n) base *= 10n;
  const common = scale.base < base ? scale.base : base;
  const greatest = scale.seen > value ? scale.seen : value;
  const overlooked = () => value / scale.base < MOST && quirks.has('first-latency-unchecked');
  if (greatest / common >= MOST && !overlooked()) {
    const rule = `should not differ from previously entered min or max values on more than ${MOST - 1n}`;
    refuse(`Latency ${value} between ${between} ${rule}`, option);
  }
  scale.base = common;
  scale.seen = greatest;
}

/** Bandwidths share a power of two. */
function fitBandwidth(scale: Scale, value: bigint, between: string, option: Option): void {
  scale.seen |= value;
  const first = scale.seen.toString(2).length - scale.seen.toString(2).replace(/0+$/, '').length;
  const last = scale.seen.toString(2).length;
  scale.base = 1n << BigInt(first);
  if (last - first > ENTRY_BITS || value / scale.base >= MOST) {
    const rule = `should not differ from previously entered values on more than ${MOST - 1n}`;
    refuse(`Bandwidth ${value} between ${between} ${rule}`, option);
  }
}
