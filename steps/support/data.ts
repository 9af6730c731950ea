/** `size` bytes that differ from their neighbours, from their shifted selves, from zeros, and from those of other seeds. */
export function sampleData(size: number, seed = 0): Uint8Array {
  let state = 0x2545_f491 + seed;
  return Uint8Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

/** What each of `count` has if they take turns of `size` bytes. */
export function inTurns(data: Uint8Array, count: number, size: number): Uint8Array[] {
  const turns = Array.from({ length: Math.ceil(data.length / size) }, (_, n) =>
    data.subarray(n * size, (n + 1) * size),
  );
  return Array.from({ length: count }, (_, i) => Buffer.concat(turns.filter((_, n) => n % count === i)));
}

/** Where `actual` first differs from `expected`, for people; undefined if nowhere. */
export function difference(actual: Uint8Array, expected: Uint8Array): string | undefined {
  if (Buffer.compare(actual, expected) === 0) return undefined;
  const at = expected.findIndex((byte, i) => byte !== actual[i]);
  const show = (bytes: Uint8Array) => Buffer.from(bytes.subarray(at, at + 16)).toString('hex');
  return `from byte ${at} on: ${show(actual) || 'nothing'} instead of ${show(expected)}`;
}

const PAGE = 4096;

/** The whole pages of `data`. */
export const pagesOf = (data: Uint8Array): Buffer[] =>
  Array.from({ length: Math.floor(data.length / PAGE) }, (_, n) =>
    Buffer.from(data.subarray(n * PAGE, (n + 1) * PAGE)),
  );
