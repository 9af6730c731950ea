/** Assertions whose failures say whose value it is, and show what was found where only a number is asked for. */
import { expect } from 'expect';
import { hex } from '../../src/codec/range';
import { firstDifference, showBytesFrom } from '../../src/report/show-value';

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

/** Bytes that were to be the same, by where they begin to differ; none if they do not. */
export function differingBytes(
  what: string,
  found: Uint8Array,
  expected: Uint8Array,
): { readonly expected: object; readonly found: object } {
  const at = firstDifference(expected, found);
  if (at < 0) return { expected: {}, found: {} };
  const name = `${what}, from byte ${hex(at)} on`;
  return { expected: { [name]: showBytesFrom(expected, at) }, found: { [name]: showBytesFrom(found, at) } };
}

export function expectData(what: string, found: Uint8Array, expected: Uint8Array): void {
  const differing = differingBytes(what, found, expected);
  expect(differing.found).toEqual(differing.expected);
}
