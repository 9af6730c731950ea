import { showSize } from './size';

type Field = readonly [key: string, value: string];

/** Of a value in JSON; `other` is a fraction, null, a list or an object. */
export type JsonKind = 'string' | 'integer' | 'boolean' | 'other';

/** An option of QEMU's command line, and its properties by the names that QEMU gives them. */
export class Option {
  readonly #last: ReadonlyMap<string, string>;

  constructor(
    /** `device`, for `-device`. */
    readonly name: string,
    /** As it was given. */
    readonly text: string,
    readonly fields: readonly Field[],
    /** Keys that were given without a value. */
    readonly flags: readonly string[] = [],
    /** Of an option that came as JSON, by key: of what kind the value was. */
    readonly kinds?: ReadonlyMap<string, JsonKind>,
  ) {
    this.#last = new Map(fields);
  }

  /** The last value that was given for a key counts. */
  value = (key: string): string | undefined => this.#last.get(key);

  /** All of them, in their order. */
  values = (key: string): string[] => this.fields.flatMap(([name, value]) => (name === key ? [value] : []));

  get keys(): string[] {
    return [...new Set(this.fields.map(([key]) => key))];
  }
}

/** Options that may come as JSON. */
const IN_JSON: ReadonlySet<string> = new Set([
  'device',
  'object',
  'blockdev',
  'chardev',
  'netdev',
  'audiodev',
  'display',
]);

/** Up to a comma that is not doubled. */
const PART = /(?:[^,]|,,)+/g;

/**
 * Reads `driver,key=value,flag`, where a doubled comma is one of a value, or JSON. `implied` is the key of a first value
 * that comes without one. QEMU util/keyval.c, util/qemu-option.c.
 * @throws SyntaxError for JSON that is none
 */
export function parseOption(name: string, text: string, implied = ''): Option {
  if (text.startsWith('{') && IN_JSON.has(name)) return jsonOption(name, text);
  const fields = textFields(text, implied);
  const parts = (text.match(PART) ?? []).slice(implied === '' ? 0 : 1);
  return new Option(
    ...([name, text, fields] as const),
    parts.filter((part) => !part.includes('=')),
  );
}

const textFields = (text: string, implied: string): Field[] =>
  (text.match(PART) ?? []).map((part, n) => {
    const [, key, value] = /^([^=]*)=([\s\S]*)$/.exec(part.replaceAll(',,', ',')) ?? [];
    if (key !== undefined && value !== undefined) return [key, value];
    return n === 0 && implied !== '' ? [implied, part] : [part, 'on'];
  });

/** The option that has these properties, of which the first says what kind of thing it is; a list is a key for each value. */
export function optionOf(name: string, properties: Listed): Option {
  const fields = Object.entries(properties).flatMap(([key, value]) =>
    [value].flat().map((each): Field => [key, shown(key, each)]),
  );
  const [kind, ...rest] = fields;
  return new Option(name, [kind?.[1], ...rest.map((field) => field.join('='))].join(','), fields);
}

type Value = string | bigint | boolean;

export type Listed = Readonly<Record<string, Value | readonly Value[]>>;

/** Written with a unit. */
const SIZES: ReadonlySet<string> = new Set(['size', 'bandwidth', 'membar', 'maxmem']);

function shown(key: string, value: Value): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'bigint' && SIZES.has(key) ? showSize(value) : `${value}`;
}

function jsonOption(name: string, text: string): Option {
  const given = parseJson(text);
  const all = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const kinds = new Map(all.map(([key, value]) => [key, kindOf(value)]));
  const fields = all.flatMap(([key, value]): Field[] => {
    if (name === 'device' && NAMES.has(key) && kinds.get(key) !== 'string') return [];
    return key === 'addr' && kinds.get(key) === 'integer' ? numbered(Number(value)) : jsonFields(value, key);
  });
  return new Option(name, text, fields, [], kinds);
}

/** What else than a string QEMU overlooks. QEMU system/qdev-monitor.c: qdev_device_add_from_qdict(). */
const NAMES: ReadonlySet<string> = new Set(['driver', 'id', 'bus']);

const FUNCTIONS = 8;

/** Device and function in one number; -1 is the first free one. QEMU hw/core/qdev-properties-system.c: set_pci_devfn(). */
function numbered(place: number): Field[] {
  const hex = (n: number) => n.toString(16);
  return place < 0 ? [] : [['addr', `${hex(Math.floor(place / FUNCTIONS))}.${place % FUNCTIONS}`]];
}

function kindOf(value: unknown): JsonKind {
  if (typeof value === 'string') return value.startsWith(LONG) ? 'integer' : 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'other';
  return typeof value === 'boolean' ? 'boolean' : 'other';
}

/** What is nested has dotted keys, as in the other form; a list of plain values has its key several times. */
function jsonFields(value: unknown, key: string): Field[] {
  if (Array.isArray(value)) return value.flatMap((each) => jsonFields(each, key));
  if (typeof value !== 'object' || value === null)
    return [[key, value === true ? 'on' : value === false ? 'off' : `${value}`.replace(LONG, '')]];
  return Object.entries(value).flatMap(([name, each]) => jsonFields(each, key === '' ? name : `${key}.${name}`));
}

/** Before the digits of a serial number, which are more than a number of JavaScript can hold. */
const LONG = '\u0001';

const parseJson = (text: string): unknown =>
  JSON.parse(text.replace(/(?<=[:,[]\s*)-?\d{16,}(?=\s*[,}\]])/g, '"\\u0001$&"'));
