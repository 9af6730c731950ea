/** Assertions whose failures say whose value it is, and show what was found where only a number is asked for. */
import { expect } from 'expect';
import { hex } from '../../src/codec/range';

/** How many there are. */
export function expectCount(what: string, found: readonly string[], count: number): void {
  const which = found.length > 0 ? ` (${found.join(', ')})` : '';
  const received = found.length === count ? `${count}` : `${found.length}${which}`;
  expect({ [what]: received }).toEqual({ [what]: `${count}` });
}

export function expectNone(what: string, found: readonly unknown[]): void {
  expect({ [what]: found }).toEqual({ [what]: [] });
}

export function expectSome(what: string, found: readonly unknown[]): void {
  expect({ [what]: found.length > 0 ? 'some' : 'none' }).toEqual({ [what]: 'some' });
}

/** So many bytes are shown from where data differ. */
const SHOWN = 16;

/** Bytes that were to be the same, by where they begin to differ; none if they do not. */
export function differingBytes(
  what: string,
  found: Uint8Array,
  expected: Uint8Array,
): { readonly expected: object; readonly found: object } {
  if (Buffer.compare(found, expected) === 0) return { expected: {}, found: {} };
  const first = expected.findIndex((byte, i) => byte !== found[i]);
  const at = first < 0 ? expected.length : first;
  const name = `${what}, from byte ${hex(at)} on`;
  return { expected: { [name]: bytesFrom(expected, at) }, found: { [name]: bytesFrom(found, at) } };
}

export function expectData(what: string, found: Uint8Array, expected: Uint8Array): void {
  const differing = differingBytes(what, found, expected);
  expect(differing.found).toEqual(differing.expected);
}

/** In hexadecimal, in groups of four. */
export function showBytes(bytes: Uint8Array): string {
  const digits = Buffer.from(bytes).toString('hex');
  return digits.match(/.{1,8}/g)?.join(' ') ?? 'no bytes';
}

function bytesFrom(bytes: Uint8Array, at: number): string {
  const more = bytes.length > at + SHOWN ? ' ...' : '';
  return at >= bytes.length
    ? `nothing behind byte ${hex(bytes.length)}`
    : `${showBytes(bytes.subarray(at, at + SHOWN))}${more}`;
}
