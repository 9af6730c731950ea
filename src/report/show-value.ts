/** Values as people read them. */
import { hex } from '../codec/range';

/** As `expect` has them: they stand for many values. */
export interface Asymmetric {
  readonly asymmetricMatch: (received: unknown) => boolean;
  readonly sample?: unknown;
  toString(): string;
}

type Fields = Readonly<Record<string, unknown>>;

/** A value as a reader has it: yes and no, addresses in hex and, if they are round, as sizes too. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'bigint') return showBig(value);
  if (value instanceof Uint8Array) return showBytes(value);
  if (isAsymmetric(value)) return showAsymmetric(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    return value.map((each) => (isFields(each) || Array.isArray(each) ? `(${show(each)})` : show(each))).join(', ');
  }
  if (isFields(value)) {
    return (
      Object.entries(value)
        .map(([name, each]) => `${words(name)} ${show(each)}`)
        .join(', ') || 'nothing'
    );
  }
  return value === ''
    ? '""'
    : `${value}`.replace(CONTROL, (each) => `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Characters that no text has but newlines. */
const CONTROL = /[^\P{Cc}\n]/gu;

/** In hexadecimal, in groups of four. */
export function showBytes(bytes: Uint8Array): string {
  const digits = Buffer.from(bytes).toString('hex');
  return digits.match(/.{1,8}/g)?.join(' ') ?? 'no bytes';
}

/** So many bytes are shown from where data differ. */
const SHOWN = 16;

/** Those from byte `at` on. */
export function showBytesFrom(bytes: Uint8Array, at: number): string {
  if (at >= bytes.length) return `nothing behind byte ${hex(bytes.length)}`;
  return `${showBytes(bytes.subarray(at, at + SHOWN))}${bytes.length > at + SHOWN ? ' ...' : ''}`;
}

/** Where data begin to differ; -1 if nowhere. */
export function firstDifference(expected: Uint8Array, received: Uint8Array): number {
  if (Buffer.compare(expected, received) === 0) return -1;
  const first = expected.findIndex((byte, i) => byte !== received[i]);
  return first < 0 ? expected.length : first;
}

const SMALL = 4096n;

const UNITS = [
  ['G', 30n],
  ['M', 20n],
  ['K', 10n],
] as const;

function showBig(value: bigint): string {
  if (value > -SMALL && value < SMALL) return `${value}`;
  if (value < 0n) return `-${showBig(-value)}`;
  const unit = UNITS.find(([, bits]) => value % (1n << bits) === 0n);
  return unit && value >> unit[1] < SMALL ? `${hex(value)} (${value >> unit[1]}${unit[0]})` : hex(value);
}

function showAsymmetric(matcher: Asymmetric): string {
  const kind = matcher.toString();
  if (kind.startsWith('StringContaining')) return `text with "${matcher.sample}"`;
  if (kind.startsWith('ArrayContaining')) return `at least ${show(matcher.sample)}`;
  if (kind.startsWith('ObjectContaining')) return show(matcher.sample);
  return matcher.sample === undefined ? kind : `${kind} ${matcher.sample}`;
}

/** `maxAvailableExtent` as `max available extent`; what is no such name stays. */
export const words = (name: string): string =>
  /^[a-z]+([A-Z][a-z]*)+$/.test(name) ? name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`) : name;

export const isAsymmetric = (value: unknown): value is Asymmetric =>
  typeof (value as Partial<Asymmetric> | undefined)?.asymmetricMatch === 'function';

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !isAsymmetric(value);
