/** Values of options, as commander's parsers: what they throw is a mistake of the caller. */
import { existsSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';

export function shard(value: string): { index: number; of: number } {
  const [, index, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(value) ?? [];
  if (!index || !of || Number(index) > Number(of))
    throw new InvalidArgumentError('It is written I/N, with I from 1 to N.');
  return { index: Number(index), of: Number(of) };
}

export function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It is a whole number.');
  if (!Number.isSafeInteger(Number(value))) throw new InvalidArgumentError('It is too large.');
  return Number(value);
}

export function positive(value: string): number {
  if (wholeNumber(value) === 0) throw new InvalidArgumentError('It is at least 1.');
  return wholeNumber(value);
}

/** The path of a file or folder that is there. */
export function existing(value: string): string {
  if (!existsSync(value)) throw new InvalidArgumentError('There is no such file.');
  return value;
}
