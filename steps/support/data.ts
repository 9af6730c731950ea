/** `size` bytes that differ from their neighbours, from their shifted selves, and from zeros. */
export function sampleData(size: number): Uint8Array {
  let state = 0x2545_f491;
  return Uint8Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

/** Where `actual` first differs from `expected`, for people; undefined if nowhere. */
export function difference(actual: Uint8Array, expected: Uint8Array): string | undefined {
  if (Buffer.compare(actual, expected) === 0) return undefined;
  const at = expected.findIndex((byte, i) => byte !== actual[i]);
  const show = (bytes: Uint8Array) => Buffer.from(bytes.subarray(at, at + 16)).toString('hex');
  return `from byte ${at} on: ${show(actual) || 'nothing'} instead of ${show(expected)}`;
}
