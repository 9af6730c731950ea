/** Which items of two lists belong together. */

export type List = readonly unknown[];

/** Lists whose product of lengths is above this are compared place by place. */
const LONG = 40_000;

/** An index of the one list and one of the other; nothing where only one of them has something. */
export type Place = readonly [number | undefined, number | undefined];

/** Which place of one list belongs to which of the other: equals first, in order, and what is between them side by side. */
export function aligned(expected: List, received: List, equal: (a: unknown, b: unknown) => boolean): Place[] {
  if (expected.length === received.length || expected.length * received.length > LONG) {
    return sideBySide([0, expected.length], [0, received.length]);
  }
  const anchors = commonSequence(expected, received, equal);
  let [i, j] = [0, 0];
  const places: Place[] = [];
  for (const [a, b] of [...anchors, [expected.length, received.length] as const]) {
    places.push(...sideBySide([i, a], [j, b]));
    [i, j] = [a + 1, b + 1];
  }
  return places;
}

function sideBySide([i, iEnd]: readonly [number, number], [j, jEnd]: readonly [number, number]): Place[] {
  const count = Math.max(iEnd - i, jEnd - j);
  const at = (from: number, end: number, n: number) => (from + n < end ? from + n : undefined);
  return Array.from({ length: count }, (_, n): Place => [at(i, iEnd, n), at(j, jEnd, n)]);
}

/** The longest, by the usual table of lengths. */
function commonSequence(a: List, b: List, equal: (x: unknown, y: unknown) => boolean): (readonly [number, number])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const length = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const same = a.map((x) => b.map((y) => equal(x, y)));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const longest = same[i]?.[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
      (lengths[i] as number[])[j] = longest;
    }
  }
  const found: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (same[i]?.[j]) found.push([i++, j++]);
    else if (length(i + 1, j) >= length(i, j + 1)) i++;
    else j++;
  }
  return found;
}
