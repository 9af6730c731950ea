/** Delta debugging: the part of a list that is enough. A. Zeller, R. Hildebrandt: Simplifying and Isolating Failure-Inducing Input. */

export interface Reduced<T> {
  readonly kept: readonly T[];
  /** Whether none of them can be left out; false where the time was up before that was known. */
  readonly minimal: boolean;
  /** How often was tried whether a part is enough. */
  readonly tries: number;
}

/**
 * Leaves out what can be left out: large parts first, then smaller ones, until none of `items` can be spared. `holds` says
 * whether a part is enough; that the whole is, the caller knows. Order is kept.
 */
export async function reduce<T>(
  items: readonly T[],
  holds: (part: readonly T[]) => Promise<boolean>,
  isTimeUp: () => boolean = () => false,
): Promise<Reduced<T>> {
  let kept = items;
  let tries = 0;
  for (let size = kept.length; size > 0; ) {
    let shrunk = false;
    for (let at = 0; at < kept.length; ) {
      if (isTimeUp()) return { kept, minimal: false, tries };
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      tries += 1;
      if (await holds(rest)) {
        kept = rest;
        shrunk = true;
      } else at += size;
    }
    if (size > 1) size = Math.ceil(Math.min(size, kept.length) / 2);
    else if (!shrunk) size = 0;
  }
  return { kept, minimal: true, tries };
}
