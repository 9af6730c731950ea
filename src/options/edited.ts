/** An option with some of its values changed or left out, in the form that it was given in. */

/** What a value becomes; undefined leaves it out. */
export type Edit = (key: string, value: string) => string | undefined;

/** `implied` is the key of a first value that comes without one. Nested values of JSON stay as they are. */
export function edited(text: string, implied: string, edit: Edit): string {
  if (text.trimStart().startsWith('{'))
    return JSON.stringify(editedFields(JSON.parse(text) as Record<string, unknown>, edit));
  return (text.match(/(?:[^,]|,,)+/g) ?? [])
    .flatMap((part, n) => {
      const [, key, value] = /^([^=]*)=([\s\S]*)$/.exec(part) ?? [];
      if (key === undefined || value === undefined)
        return edit(n === 0 ? implied : part, part) === undefined ? [] : [part];
      const now = edit(key, value);
      return now === undefined ? [] : [`${key}=${now}`];
    })
    .join(',');
}

const editedFields = (fields: Readonly<Record<string, unknown>>, edit: Edit): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const now = edit(key, `${value}`);
      if (now === undefined) return [];
      return [[key, now === `${value}` ? value : now]];
    }),
  );
