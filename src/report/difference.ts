/**
 * In what a value differs from the one that was expected, field by field, in words. The same for every target, so that
 * two targets that are alike say the same.
 */
import { hex } from '../codec/range';
import type { Difference } from '../ledger/judgement';
import { aligned, type List, type Place } from './align';
import { firstDifference, isAsymmetric, isFields, show, showBytesFrom, words } from './show-value';

/** @param partly Whether `received` may have fields that `expected` does not name. */
export function differencesBetween(expected: unknown, received: unknown, partly = false): Difference[] {
  return between('', expected, received, partly);
}

/** Of a value that is not to be what it is. */
export function sameness(value: unknown): Difference {
  const [what, held] =
    isFields(value) && Object.keys(value).length === 1 ? (Object.entries(value)[0] ?? []) : ['', value];
  const nothing = Array.isArray(held) && held.length === 0;
  return { what: words(what ?? ''), expected: nothing ? 'some' : `anything but ${show(held)}`, received: show(held) };
}

/** A line for each. */
export const showDifferences = (differences: readonly Difference[]): string => differences.map(showLine).join('\n');

const showLine = ({ what, expected, received }: Difference): string =>
  `${what ? `${what}: ` : ''}expected ${expected}; received ${received}`;

function between(what: string, expected: unknown, received: unknown, partly: boolean): Difference[] {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(received) ? [] : [pair(what, expected, received)];
  if (Array.isArray(expected) && Array.isArray(received)) return betweenLists(what, expected, received, partly);
  if (isFields(expected) && isFields(received)) {
    const names = partly ? Object.keys(expected) : [...new Set([...Object.keys(expected), ...Object.keys(received)])];
    return names.flatMap((name) => between(join(what, words(name)), expected[name], received[name], partly));
  }
  if (expected instanceof Uint8Array && received instanceof Uint8Array) return betweenBytes(what, expected, received);
  return isSame(expected, received) ? [] : [pair(what, expected, received)];
}

function betweenBytes(what: string, expected: Uint8Array, received: Uint8Array): Difference[] {
  const at = firstDifference(expected, received);
  if (at < 0) return [];
  const from = join(what, at > 0 ? `from byte ${hex(at)} on` : '');
  return [{ what: from, expected: showBytesFrom(expected, at), received: showBytesFrom(received, at) }];
}

const pair = (what: string, expected: unknown, received: unknown): Difference => ({
  what,
  expected: show(expected),
  received: show(received),
});

const isSame = (expected: unknown, received: unknown): boolean => Object.is(expected, received);

/** Lists up to this many characters are shown whole. */
const SHORT = 72;

function betweenLists(what: string, expected: List, received: List, partly: boolean): Difference[] {
  const equal = (a: unknown, b: unknown) => between('', a, b, partly).length === 0;
  const plain = [...expected, ...received].every((each) => !isFields(each) && !Array.isArray(each));
  if (plain && show(expected).length <= SHORT && show(received).length <= SHORT) {
    const same = expected.length === received.length && expected.every((each, i) => equal(each, received[i]));
    return same ? [] : [pair(what, expected, received)];
  }
  const places = aligned(expected, received, equal);
  if (plain) return [unlike(what, expected, received, places, equal)].flatMap((each) => each ?? []);
  return places.flatMap(([i, j]) => {
    const [wanted, found] = [i === undefined ? undefined : expected[i], j === undefined ? undefined : received[j]];
    return between(join(what, rowName(i ?? j ?? 0, wanted, found)), wanted, found, partly);
  });
}

/** Of long lists, the items that only one of them has. */
function unlike(
  what: string,
  expected: List,
  received: List,
  places: readonly Place[],
  equal: (a: unknown, b: unknown) => boolean,
): Difference | undefined {
  const differing = places.filter(([i, j]) => i === undefined || j === undefined || !equal(expected[i], received[j]));
  const missing = differing.flatMap(([i]) => (i === undefined ? [] : [expected[i]]));
  const extra = differing.flatMap(([, j]) => (j === undefined ? [] : [received[j]]));
  if (missing.length + extra.length === 0) return undefined;
  const rearranged = missing.length === extra.length && missing.every((each) => extra.includes(each));
  if (rearranged || expected.length === 0 || received.length === 0) return pair(what, expected, received);
  const also = (items: List) => (items.length > 0 ? `also ${show(items)}` : 'nothing else');
  return { what, expected: also(missing), received: also(extra) };
}

/** By its number, and by its first field where both have the same there. */
function rowName(index: number, expected: unknown, received: unknown): string {
  const name = `row ${index + 1}`;
  if (!isFields(expected) || !isFields(received)) return name;
  const [first] = Object.keys(expected);
  if (first === undefined || Array.isArray(expected[first]) || isFields(expected[first])) return name;
  return isSame(expected[first], received[first]) ? `${name} (${words(first)} ${show(expected[first])})` : name;
}

const join = (...names: readonly string[]): string => names.filter(Boolean).join(', ');
