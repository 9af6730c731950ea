import type { EventRecord } from '../../src/codec/cxl/event-record';
import { bytes } from './parameter-types';

type Shown = Readonly<Record<string, string>>;

/** All fields of a record by their names in words; numbers in decimal. */
export function showRecord({ kind, header, body }: EventRecord): Shown {
  const fields = Object.entries({ ...header, ...body }).filter(([name]) => !name.startsWith('reserved'));
  return { kind, ...Object.fromEntries(fields.map(([name, value]) => [words(name), `${value}`])) };
}

/** A row of a table, so that it can be compared: `0x1000` and `4K` are 4096; what is left empty is not looked at. */
export const shownRow = (row: Shown): Shown =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, /^(0x[0-9a-f]+|\d+[KMGT]?)$/.test(text) ? `${bytes(text)}` : text]),
  );

const words = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`).replace(/(\d+)$/, ' $1');
