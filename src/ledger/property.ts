/** What is known of a property of a device or object, in one row: what a QEMU offers, refuses, what a topology has of it. */
import { precedes } from './release';

export type PropertyType =
  | ('uint8' | 'uint16' | 'uint32' | 'uint64' | 'size' | 'bool' | 'text' | 'list')
  | ('address' | 'link speed' | 'link width')
  | ('memory-backend' | 'cxl-upstream'); // the id of such a thing

/** Of a topology: a speed is 1 for 2.5 GT/s, up to 6 for 64 GT/s. */
export type FieldValue = boolean | number | bigint;

export interface PropertyRow {
  readonly type: PropertyType;
  /** The releases that have it, half-open; tried on 7.2, 10.0 and 11.1, and between them by commits. */
  readonly from?: string;
  readonly until?: string;
  /** What it is called in releases before it, where that name has no other meaning there. */
  readonly formerly?: string;
  /** What a topology calls it. Without a field it is not modelled, unless it is `apart` or has no effect. */
  readonly field?: string;
  /** The value that a device has by itself, for which a topology has no field; of a boolean one `false` unless given. */
  readonly usual?: FieldValue;
  /** A topology has the field whatever the value. */
  readonly always?: true;
  /** Not given to a QEMU where it is usual, which a topology says even so. */
  readonly unsaid?: true;
  /** The field is true where the property is off. */
  readonly negated?: true;
  /** QEMUs that lack it do as if it were on. */
  readonly goesWithout?: true;
  /** It is read together with others: by a file of `options` for its device. */
  readonly apart?: true;
  /** Why nothing that is compared goes by it. */
  readonly withoutEffect?: string;
  /** What `differential` draws; `any` for all values of the type but the first and the last. */
  readonly drawn?: readonly FieldValue[] | 'any';
  /** QEMU wants another property to be on where this one is, and says so. */
  readonly needs?: { readonly property: string; readonly complaint: string };
  /** An object cannot do without it. */
  readonly required?: true;
  /** It is about the host's memory, and so set aside of what was started elsewhere. */
  readonly ofHost?: true;
}

/** By name. */
export type Properties = Readonly<Record<string, PropertyRow>>;

type ValueOf<R extends PropertyRow> = R['type'] extends 'bool'
  ? boolean
  : R['type'] extends 'uint64' | 'size'
    ? bigint
    : number;

type Named<R> = R extends { readonly field: infer F extends string } ? F : never;

/** What a topology has of these properties. */
export type FieldsOf<P extends Properties> = {
  readonly [K in keyof P as P[K] extends { readonly always: true } ? never : Named<P[K]>]?: ValueOf<P[K]>;
} & { readonly [K in keyof P as P[K] extends { readonly always: true } ? Named<P[K]> : never]: ValueOf<P[K]> };

/** Whether a release such as `10.0.13` has it; any has unless one is given. */
export const isIn = (release: string | undefined, from = '', until?: string): boolean =>
  release === undefined || (!precedes(release, from) && (until === undefined || precedes(release, until)));

export const typesIn = (properties: Properties, release: string | undefined): Record<string, PropertyType> =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, row]) =>
      isIn(release, row.from, row.until) ? [[name, row.type] as const] : [],
    ),
  );
