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

/** Lines of at most {@link WIDTH} columns after `first`, which begins the first line, or `rest`; a word that is too long is left whole. */
export function indented(text: string, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      [line, isEmpty] = [rest, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/**
 * A command that a shell takes as it is, in lines of at most {@link WIDTH} columns after `indent`; an option stays with its value.
 * A word that is too long goes on in the next line, unless that is indented:
 * then it has a line of its own.
 */
export function wrappedCommand(words: readonly string[], indent = ''): string[] {
  const width = WIDTH - indent.length;
  const parts: string[] = [];
  for (const word of words) {
    const option = parts.at(-1) ?? '';
    const isShort = indent === '' || `${FURTHER}${option} ${word} \\`.length <= width;
    const isValue = isShort && !word.startsWith('-') && /^--?[\w-]+$/.test(option);
    if (isValue) parts.push(`${parts.pop()} ${word}`);
    else parts.push(word);
  }
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ''} ${part}`;
    if (lines.length > 0 && `${longer} \\`.length <= width) lines[lines.length - 1] = longer;
    else lines.push(lines.length === 0 ? part : `${FURTHER}${part}`);
  }
  const all = lines.map((line, i) => (i === lines.length - 1 ? line : `${line} \\`));
  return indent === '' ? all.flatMap(broken) : all.map((line) => `${indent}${line}`);
}

/** A line with a word that is too long, which goes on at the beginning of the next line after a backslash; in quotes it cannot. */
function broken(line: string): string[] {
  if (line.length <= WIDTH || line.includes("'")) return [line];
  return [`${line.slice(0, WIDTH - 1)}\\`, ...broken(line.slice(WIDTH - 1))];
}
