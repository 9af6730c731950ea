import type { Resource } from '../../src/codec/acpi/resources';
import { end, type Range } from '../../src/codec/range';

/** What of one kind a root bus passes on, half-open. */
export const rangesOf = (resources: readonly Resource[], kind: 'bus' | 'memory') =>
  resources.flatMap((each) => (each.kind === kind ? [{ base: each.minimum, end: each.minimum + each.length }] : []));

/** Those of `bars` that lie in no memory of `resources`. */
export const strays = (bars: readonly Range[], resources: readonly Resource[]): Range[] =>
  bars.filter((bar) => !rangesOf(resources, 'memory').some((each) => each.base <= bar.base && end(bar) <= each.end));

/** Of `0000:35:00.0`. */
export const busOf = (address: string): bigint => BigInt(`0x${address.split(':')[1]}`);
