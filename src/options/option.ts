type Field = readonly [key: string, value: string];

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
  if (text.startsWith('{') && IN_JSON.has(name)) return new Option(name, text, jsonFields(parseJson(text), ''));
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

/** What is nested has dotted keys, as in the other form; a list of plain values has its key several times. */
function jsonFields(value: unknown, key: string): Field[] {
  if (Array.isArray(value)) return value.flatMap((each) => jsonFields(each, key));
  if (typeof value !== 'object' || value === null)
    return [[key, value === true ? 'on' : value === false ? 'off' : `${value}`]];
  return Object.entries(value).flatMap(([name, each]) => jsonFields(each, key === '' ? name : `${key}.${name}`));
}

/** A serial number has more digits than a number of JavaScript can hold. */
const parseJson = (text: string): unknown => JSON.parse(text.replace(/(?<=[:,[]\s*)-?\d{16,}(?=\s*[,}\]])/g, '"$&"'));
