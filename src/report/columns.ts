/** Text in columns. */

/** The rows, each cell as wide as the widest of its column, and at least `least`. */
export function padded(rows: readonly (readonly string[])[], least = 0): string[][] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(least, ...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => widths.map((width, i) => (row[i] ?? '').padEnd(width)));
}

/** As a feature or a Markdown file has a table. */
export const tableLines = (rows: readonly (readonly string[])[], least?: number): string[] =>
  padded(rows, least).map((cells) => `| ${cells.join(' | ')} |`);
