/** Properties of devices, as their rows have them: from a command line to a topology, and back. */
import { propertiesOf } from '../ledger/devices';
import { need, offers, type QemuOffer } from '../ledger/offer';
import type { FieldsOf, FieldValue, Properties, PropertyRow } from '../ledger/property';
import type { Option } from './option';
import { parseSize } from './size';
import { integer, isOff, isOn, numberOf } from './value';

/** Of an object or a device; on the command line and in QMP alike. */
export type Written = Readonly<Record<string, string | bigint | boolean>>;

const SPEEDS = ['2_5', '5', '8', '16', '32', '64'];

/**
 * The fields that a topology has of a device: those that are not as the device has them by itself. `value` yields the text of a
 * property; `usual`, by property, is what a device has by itself where it goes by other devices.
 */
export function fieldsIn<P extends Properties>(
  rows: P,
  value: (property: string) => string | undefined,
  usual: Readonly<Record<string, FieldValue>> = {},
): FieldsOf<P> {
  const fields = Object.entries(rows).flatMap(([name, row]) => {
    if (row.field === undefined || row.apart) return [];
    const text = value(name);
    const byItself = usual[name] ?? row.usual ?? (row.type === 'bool' ? false : undefined);
    const given = text === undefined ? byItself : valueIn(row, text, byItself);
    if (given === undefined || (given === byItself && !row.always)) return [];
    return [[row.field, given] as const];
  });
  return Object.fromEntries(fields) as FieldsOf<P>;
}

/** Undefined where the text is none of the type: QEMU refuses it. */
function valueIn({ type, negated }: PropertyRow, text: string, byItself?: FieldValue): FieldValue | undefined {
  if (type === 'bool') return isOn(text) ? !negated : isOff(text) ? !!negated : byItself;
  if (type === 'link speed') return 1 + SPEEDS.indexOf(text);
  if (type === 'size') return parseSize(text);
  if (type === 'uint64') return BigInt.asUintN(64, integer(text) ?? 0n);
  return numberOf(text);
}

/** What `driver` is given for its fields. @throws NotApplicable for what the QEMU lacks */
export function written(
  rows: Properties,
  driver: string,
  fields: Readonly<Record<string, unknown>>,
  offer: QemuOffer,
): Written {
  const properties = Object.entries(rows).flatMap(([name, row]) => {
    const given = row.field === undefined ? undefined : (fields[row.field] as FieldValue | undefined);
    const isUsual = given === (row.usual ?? (row.type === 'bool' ? false : undefined));
    if (given === undefined || (isUsual && (!row.always || row.unsaid))) return [];
    if (row.goesWithout && !offers(offer, driver, name)) return [];
    if (row.from !== undefined || row.until !== undefined) need(offer, driver, name);
    return [[name, writtenValue(row, given)] as const];
  });
  return Object.fromEntries(properties);
}

function writtenValue({ type, negated }: PropertyRow, value: FieldValue): string | bigint | boolean {
  if (typeof value === 'boolean') return value !== !!negated;
  if (type === 'link speed') return `${SPEEDS[Number(value) - 1]}`;
  return type === 'link width' ? `${value}` : BigInt(value);
}

/** Beside a device's properties: what it is, and where. */
const PLACE = new Set(['driver', 'id', 'bus']);

const isModelled = ({ field, apart, withoutEffect }: PropertyRow): boolean =>
  field !== undefined || apart === true || withoutEffect !== undefined;

/** @throws RangeError for a property that has no model */
export function checkProperties(device: Option): void {
  const driver = `${device.value('driver')}`;
  const rows = propertiesOf(driver);
  if (!rows) return;
  const found = device.keys.find((key) => !PLACE.has(key) && !(rows[key] && isModelled(rows[key])));
  if (found !== undefined) throw new RangeError(`property ${found} of ${driver} is not modelled`);
}
