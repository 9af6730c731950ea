import type { EventRecord } from '../../src/codec/cxl/event-record';
import { hex } from '../../src/codec/range';
import { bytes } from './parameter-types';

type Shown = Readonly<Record<string, string>>;

/** Numbers from here on are addresses, sizes or bits. */
const LARGE = 4096n;

const showNumber = (value: bigint): string => (value < LARGE ? `${value}` : hex(value));

const showField = (value: unknown): string =>
  typeof value === 'bigint' || typeof value === 'number' ? showNumber(BigInt(value)) : `${value}`;

/** All fields of a record by their names in words; large numbers in hexadecimal. */
export function showRecord({ kind, header, body }: EventRecord): Shown {
  const fields = Object.entries({ ...header, ...body })
    .filter(([name]) => !name.startsWith('reserved'))
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((each, i) => [`${name}${i}`, each]) : [[name, value]],
    );
  return { kind, ...Object.fromEntries(fields.map(([name, value]) => [words(name), showField(value)])) };
}

/** A row of a table, so that it can be compared: `4096` and `4K` are 0x1000; what is left empty is not looked at. */
export const shownRow = (row: Shown): Shown =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, /^(0x[0-9a-f]+|\d+[KMGT]?)$/.test(text) ? showNumber(bytes(text)) : text]),
  );

const words = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`).replace(/(\d+)$/, ' $1');
