/** What somebody may have meant who has mistyped a name. */

/** How many mistakes a name of so many characters may have. */
const mistakesIn = (name: string): number => (name.length < 5 ? 1 : 2);

/** ` (did you mean E820-1?)`, or nothing if no name is like the one that was typed. */
export function alike(typed: string, names: readonly string[]): string {
  const [nearest] = [...new Set(names)]
    .map((name) => ({ name, distance: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= mistakesIn(typed))
    .sort((a, b) => a.distance - b.distance);
  return nearest ? ` (did you mean ${nearest.name}?)` : '';
}

/** Levenshtein's: how many characters have to be changed, inserted or removed. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, ofA] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, ofB] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (ofA === ofB ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
