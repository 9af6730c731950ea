/** The words of a command line as people paste it: of a shell, a script, or a mail in which it was quoted. */

/** What a mail puts before a line that it quotes. */
const QUOTED = /^(?:\s*>)+ ?/;

/** A word; parts of it are quoted, or have a backslash before them. */
const WORD = /(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s"'\\])+/y;

/**
 * Line breaks, with a backslash before them or not, are white space; but a line that ends with a comma goes on with the next
 * one. What follows a `#` at the beginning of a word is a comment.
 * @throws SyntaxError for a quote that does not end.
 */
export function words(text: string): string[] {
  const found: string[] = [];
  const line = joined(text);
  for (let at = 0; at < line.length; ) {
    const blank = /\s+|#[^\n]*/y;
    blank.lastIndex = at;
    WORD.lastIndex = at;
    const skipped = blank.exec(line)?.[0].length ?? 0;
    const [word] = skipped === 0 ? (WORD.exec(line) ?? []) : [''];
    if (word === undefined) throw new SyntaxError(`a quote does not end: ${line.slice(at, at + 40)}`);
    if (word !== '') found.push(unquoted(word));
    at += skipped + word.length;
  }
  return found;
}

const joined = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(QUOTED, '')
        .replace(/^\s*#.*/, '')
        .replace(/\\\s*(#.*)?$/, '')
        .trimEnd(),
    )
    .join('\n')
    .replace(/,\n\s*/g, ',');

const unquoted = (word: string): string =>
  word.replace(
    /"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])/g,
    (_, double?: string, single?: string, other?: string) =>
      double === undefined ? (single ?? `${other}`) : double.replace(/\\(["\\$`])/g, '$1'),
  );
