/** PCI Local Bus 3.0 Section 6.2.5.1: Address Maps: what Base Address Registers say of themselves. */
import type { Range } from '../range';
import { BAR_64_BIT, Bar } from './configuration';

export interface MemoryBar extends Range {
  /** Of the register, or of its low half. */
  readonly index: number;
  readonly is64: boolean;
  readonly prefetchable: boolean;
}

/** The memory BARs, given what the registers hold, and what they read as after all ones were written. */
export function decodeBars(held: readonly number[], sized: readonly number[]): MemoryBar[] {
  const bars: MemoryBar[] = [];
  for (let index = 0; index < sized.length; index++) {
    const low = sized[index] ?? 0;
    const { ioSpace, type, prefetchable } = Bar.decode(low);
    if (low === 0 || ioSpace) continue;
    const is64 = type === BAR_64_BIT;
    const mask = joined(low, is64 ? sized[index + 1] : 0xffff_ffff);
    const base = joined(held[index], is64 ? held[index + 1] : 0);
    bars.push({ index, base, size: BigInt.asUintN(64, ~mask) + 1n, is64, prefetchable });
    if (is64) index += 1;
  }
  return bars;
}

const joined = (low = 0, high = 0): bigint => (BigInt(high) << 32n) | (BigInt(low) & 0xffff_fff0n);
