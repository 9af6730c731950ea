/** Latencies in ns and bandwidths in MB/s, as a CDAT writes them: a base unit in ps or MB/s, times an entry of 16 bits. */
import type { DataType } from '../acpi/hmat-locality';

const PICOSECONDS = 1000;
const TEN = 10n;

const scale = (dataType: DataType): number => (dataType.endsWith('latency') ? PICOSECONDS : 1);

export const decodeMeasure = (dataType: DataType, unit: bigint, entry: number): number =>
  (Number(unit) * entry) / scale(dataType);

/** In `given` units, or in the largest power of ten that divides all of `values`, as QEMU has it. */
export function encodeMeasures(
  dataType: DataType,
  values: readonly number[],
  given?: bigint,
): { unit: bigint; entries: number[] } {
  const scaled = values.map((value) => BigInt(Math.round(value * scale(dataType))));
  const unit = given ?? powerOfTen(scaled);
  return { unit, entries: scaled.map((value) => Number(value / unit)) };
}

function powerOfTen(values: readonly bigint[]): bigint {
  let unit = 1n;
  while (values.some((value) => value > 0n) && values.every((value) => value % (unit * TEN) === 0n)) unit *= TEN;
  return unit;
}
