/** Values of properties, drawn by their rows. */
import fc from 'fast-check';
import type { FieldsOf, FieldValue, Properties, PropertyRow } from '../ledger/property';
import type { Traits } from '../target/real-and-modelled';

/** Some of the fields that have values to draw, of properties that `driver` has in a QEMU with these traits, and with what they need. */
export function anyFields<P extends Properties>(
  rows: P,
  driver: string,
  traits: Traits,
): fc.Arbitrary<Partial<FieldsOf<P>>> {
  const drawn = Object.entries(rows).flatMap(([name, row]) =>
    row.field !== undefined && row.drawn && traits.has(`${driver}.${name}`)
      ? [[row.field, fc.option(valuesOf(row), { nil: undefined })] as const]
      : [],
  );
  const lacks = (fields: Readonly<Record<string, unknown>>, { needs }: PropertyRow) =>
    needs !== undefined && fields[`${rows[needs.property]?.field}`] !== true;
  const possible = (fields: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.values<PropertyRow>(rows).flatMap((row) => {
        const value = row.field === undefined ? undefined : fields[row.field];
        return value === undefined || lacks(fields, row) ? [] : [[row.field, value] as const];
      }),
    );
  return fc.record(Object.fromEntries(drawn)).map(possible) as fc.Arbitrary<Partial<FieldsOf<P>>>;
}

const valuesOf = ({ drawn }: PropertyRow): fc.Arbitrary<FieldValue> =>
  drawn === 'any' ? fc.bigInt({ min: 1n, max: 2n ** 64n - 2n }) : fc.constantFrom(...(drawn ?? []));
