/** Text and commands to be quoted in a mail: lines of at most 72 columns, each with what precedes it. */

/** Columns of a line that can be quoted in a mail. */
export const MAIL_WIDTH = 72;

/** Breaks a text between words. `rest` precedes each line but the first, which `first` does. A long word has a line of its own. */
export function wrapped(text: string, first = '', rest = first, width = MAIL_WIDTH): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      [line, isEmpty] = [rest, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** A word as a shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A command in several lines, which a shell takes as one. */
export function wrappedCommand(words: readonly string[], indent: string, width = MAIL_WIDTH): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of words) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`;
    if (line.trim() !== '' && longer.length + 2 > width) {
      lines.push(`${line} \\`);
      line = `${indent}    ${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
