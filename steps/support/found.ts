/** @throws Error, for the scenario is wrong, if `value` is not there. */
export function found<T>(value: T | undefined, what: string, present: readonly string[]): T {
  if (value === undefined) throw new Error(`no ${what}; there are ${present.join(', ') || 'none'}`);
  return value;
}
