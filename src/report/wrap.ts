/** Text in lines of a mail. */

/** A space at which no line is broken. */
export const TOGETHER = '\u00a0';

/** What a mail holds without wrapping lines by itself, in columns. */
export const WIDTH = 72;

/** Lines of at most {@link WIDTH} columns, broken at spaces, further ones indented; a word that is too long is cut. */
export function wrapped(text: string, most = Number.POSITIVE_INFINITY, indent = '  '): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= WIDTH) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = cut(`${line === '' ? '' : indent}${word}`);
    }
  }
  if (line !== '') lines.push(line);
  return atMost(
    most,
    lines.map((each) => each.replaceAll(TOGETHER, ' ')),
  );
}

function atMost(most: number, lines: string[]): string[] {
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? '';
  return [...lines.slice(0, most - 1), last.length + 4 > WIDTH ? `${last.slice(0, WIDTH - 3)}...` : `${last} ...`];
}

export const cut = (line: string): string => (line.length > WIDTH ? `${line.slice(0, WIDTH - 3)}...` : line);

const FURTHER = '    ';

/** A command that a shell takes as it is, in lines of at most {@link WIDTH} columns; an option stays with its value. */
export function wrappedCommand(words: readonly string[]): string[] {
  const parts: string[] = [];
  for (const word of words) {
    const isValue = !word.startsWith('--') && /^--[\w-]+$/.test(parts.at(-1) ?? '');
    if (isValue) parts.push(`${parts.pop()} ${word}`);
    else parts.push(word);
  }
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ''} ${part}`;
    if (lines.length > 0 && `${longer} \\`.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(lines.length === 0 ? part : `${FURTHER}${part}`);
  }
  return lines.flatMap((line, i) => broken(i === lines.length - 1 ? line : `${line} \\`));
}

/** A line with a word that is too long, which goes on at the beginning of the next line after a backslash; in quotes it cannot. */
function broken(line: string): string[] {
  if (line.length <= WIDTH || line.includes("'")) return [line];
  return [`${line.slice(0, WIDTH - 1)}\\`, ...broken(line.slice(WIDTH - 1))];
}
