/** @throws Error, for the scenario is wrong, if `value` is not there; or an error of the class `Wrong`. */
export function found<T>(
  value: T | undefined,
  what: string,
  present: readonly string[],
  Wrong: new (message: string) => Error = Error,
): T {
  if (value === undefined) throw new Wrong(`no ${what}; there are ${present.join(', ') || 'none'}`);
  return value;
}
