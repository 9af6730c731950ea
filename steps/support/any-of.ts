/** Patterns of parameter types. */

/** Matches any of `names`, the longest that fits. */
export const anyOf = (names: Iterable<string>): RegExp =>
  RegExp([...names].sort((a, b) => b.length - a.length).join('|'));
