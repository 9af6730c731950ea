import { defineParameterType } from '@cucumber/cucumber';
import type { Range } from '../../src/codec/range';
import type { RegionType } from '../../src/machine/host';
import type { FirmwarePolicy } from '../../src/machine/topology';
import { regionNumber } from './ordinals';

const UNIT = { '': 1n, K: 1n << 10n, M: 1n << 20n, G: 1n << 30n, T: 1n << 40n } as const;

/** `4G`, `256`, `0x1000` in bytes: binary units, as on QEMU's command line. */
export function bytes(text = ''): bigint {
  const [, number, unit] = /^(0x[0-9a-fA-F]+|\d+)([KMGT]?)$/.exec(text) ?? [];
  if (!number) throw new SyntaxError(`not a number of bytes: ${text}`);
  return BigInt(number) * UNIT[unit as keyof typeof UNIT];
}

/** `cxl.1, cxl.2`; `m0..m7` are eight. */
export const ids = (list = ''): string[] => list.split(', ').filter(Boolean).flatMap(counted);

function counted(id: string): string[] {
  const [, name, first, last] = /^(.*?)(\d+)\.\.\1(\d+)$/.exec(id) ?? [];
  if (name === undefined) return [id];
  const from = Number(first);
  return Array.from({ length: Number(last) - from + 1 }, (_, n) => `${name}${from + n}`);
}

/** A number of bytes, an address or a number: `4G`, `256`, `0x1000`. */
defineParameterType({ name: 'bytes', regexp: /0x[0-9a-fA-F]+|\d+[KMGT]?/, transformer: bytes });

/** `4G-5G`, half-open. */
export function range(text = ''): Range {
  const [from, to] = text.split('-');
  return { base: bytes(from), size: bytes(to) - bytes(from) };
}

/** Addresses, half-open: `4G-5G`. */
defineParameterType({ name: 'range', regexp: /\d\w*-\d\w*/, transformer: range });

/** A QEMU device id, or `device[0]`, as QEMU calls the first that has none. */
defineParameterType({ name: 'id', regexp: /[a-z][\w.-]*(?:\[\d+\])?/, transformer: (id: string) => id });

/** QEMU device ids: `cxl.1, cxl.2`. */
defineParameterType({ name: 'ids', regexp: /[a-z][\w.-]*(?:, [a-z][\w.-]*)*/, transformer: ids });

/** `0, 2`. */
export const numbers = (list = ''): number[] => list.split(', ').filter(Boolean).map(Number);

/** `0, 2`. */
defineParameterType({ name: 'numbers', regexp: /\d+(?:, \d+)*/, transformer: numbers });

/** The kind of a region, in the words of `cxl create-region -t`. */
defineParameterType({
  name: 'type',
  regexp: /persistent|volatile/,
  transformer: (text: string): RegionType => (text === 'volatile' ? 'ram' : 'pmem'),
});

/** What firmware makes of the memory that it configures. */
defineParameterType({
  name: 'policy',
  regexp: /(?:RAM|soft reserved)(?: and persistent)?(?:, with locked decoders)?/,
  transformer: (text: string): FirmwarePolicy => ({
    as: text.startsWith('RAM') ? 'ram' : 'soft-reserved',
    ...(text.includes('persistent') && { persistent: true }),
    ...(text.includes('locked') && { locks: true }),
  }),
});

/** A region that the scenario has created, by its index; -1 for the last. */
defineParameterType({
  name: 'region',
  regexp: /the (?:first |second |third |fourth )?region/,
  transformer: regionNumber,
});
