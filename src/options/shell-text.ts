/**
 * The QEMU command in a text that people paste: a mail, a document, a shell script, a log of libvirt. As far as such texts go:
 * assignments, arrays and variables of a shell are followed, its loops and functions are not.
 */
import { words } from './words';

/** What a mail puts before a line that it quotes. */
const QUOTED = /^(?:\s*>)+ ?/;
const COMMENT = /^\s*#.*$/;
/** `$` or `#` as a prompt. */
const PROMPT = /^\s*[$#]\s+(?=\S)/;
const CONTINUED = /\\\s*(?:\s#.*)?$/;
const OPTION = /^\s*--?[a-zA-Z]/;
/** An option at the end of a line, whose value has gone to the next one. */
const WITHOUT_VALUE =
  /(?:^|\s)-(?:M|machine|m|smp|cpu|numa|object|device|netdev|drive|blockdev|chardev|global|append)$/;
const ASSIGNMENT =
  /^\s*(?:(?:export|local|readonly|declare|typeset)\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)(\+?)=(\((?<list>[\s\S]*)\)|[\s\S]*?);?\s*$/;
const SEPARATORS: ReadonlySet<string> = new Set([';', '|', '||', '&', '&&']);
const REDIRECTION = /^(?:\d*|&)[<>]/;
const SHAPING: ReadonlySet<string> = new Set(
  ['M', 'machine', 'm', 'object', 'device', 'numa', 'smp'].flatMap((name) => [`-${name}`, `--${name}`]),
);
const MOST_EXPANSIONS = 10;

/**
 * The words that follow the program, where one is named. Variables that the text does not set stay as they are written.
 * @throws SyntaxError for a quote that does not end, or if no command is there
 */
export function commandIn(text: string): string[] {
  const variables = new Map<string, string>();
  const candidates: string[][] = [];
  for (const line of logicalLines(text)) {
    const assigned = ASSIGNMENT.exec(line);
    if (!assigned || !isOneValue(`${assigned[3]}`)) {
      candidates.push(...segments(words(expanded(line, variables))));
      continue;
    }
    const [, name = '', added, value = ''] = assigned;
    const content = assigned.groups?.['list'] ?? unquoted(value);
    const before = added ? `${variables.get(name) ?? ''}${assigned.groups?.['list'] === undefined ? '' : ' '}` : '';
    variables.set(name, before + expanded(content, variables));
  }
  const assigned = [...variables.values()].flatMap((value) => segments(tolerant(value)));
  const [best] = [...candidates.reverse(), ...assigned].sort((a, b) => score(b) - score(a));
  if (!best || score(best) === 0)
    throw new SyntaxError('the text has no QEMU command: none of its lines has -M, -device or -object');
  return optionsOf(best);
}

/** From the first option of QEMU on: what comes before belongs to a program that starts it, such as sudo or gdb. */
export function optionsOf(all: readonly string[]): string[] {
  const program = all.findIndex(
    (word, n) => /qemu[^/=]*$/i.test(word) && !word.startsWith('-') && /^-/.test(`${all[n + 1]}`),
  );
  const from = program >= 0 ? program + 1 : all.findIndex((word) => OPTION.test(word));
  return from < 0 ? [] : all.slice(from).filter((word) => !REDIRECTION.test(word));
}

const score = (command: readonly string[]): number => command.filter((word) => SHAPING.has(word)).length;

/** What stands between `;`, `|` and `&&`. */
function segments(all: readonly string[]): string[][] {
  const found: string[][] = [[]];
  for (const word of all) {
    if (SEPARATORS.has(word)) found.push([]);
    else found.at(-1)?.push(word);
  }
  return found;
}

function tolerant(value: string): string[] {
  try {
    return words(value);
  } catch {
    return [];
  }
}

/** Whether all of it is one word of a shell, or a list: `A=1 program` is a command. */
const isOneValue = (value: string): boolean => value.startsWith('(') || tolerant(value).length <= 1;

const unquoted = (value: string): string =>
  value
    .replace(/^"([\s\S]*)"$/, (_, inner: string) => inner.replace(/\\(["\\`])/g, '$1'))
    .replace(/^'([\s\S]*)'$/, '$1');

/** Lines of a shell: what a mailer or a backslash has broken is one again. */
function logicalLines(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(QUOTED, '').replace(PROMPT, '').replace(COMMENT, ''));
  const found: string[] = [];
  let current: string | undefined;
  let goesOn = false;
  for (const line of lines) {
    if (current !== undefined && line.trim() === '') {
      if (isOpen(current)) current += '\n';
      continue;
    }
    const joins = current !== undefined && (goesOn || isOpen(current) || OPTION.test(line));
    const content = line.replace(CONTINUED, '').trimEnd();
    if (!joins) {
      if (current !== undefined) found.push(current);
      current = content;
    } else
      current =
        /,$/.test(`${current}`) && !OPTION.test(line) ? `${current}${content.trimStart()}` : `${current} ${content}`;
    goesOn = CONTINUED.test(line) || /,$/.test(content) || WITHOUT_VALUE.test(content);
  }
  return current === undefined ? found : [...found, current];
}

/** Whether a quote, or the list of an array, goes on. */
function isOpen(line: string): boolean {
  const bare = line.replace(/\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"/g, '');
  return /["']/.test(bare) || (/^\s*(?:\w+\s+)*\w+\+?=\(/.test(bare) && !bare.includes(')'));
}

/** `line` with the variables that are known; not within single quotes. */
function expanded(line: string, variables: ReadonlyMap<string, string>): string {
  let result = line;
  for (let n = 0; n < MOST_EXPANSIONS; n++) {
    const before = result;
    result = before.replace(
      /\\[\s\S]|'[^']*'|"\$\{(\w+)\[[@*]\]\}"|\$\{(\w+)(?:\[[@*]\])?(?::?-([^}]*))?\}|\$(\w+)/g,
      (whole, list?: string, braced?: string, otherwise?: string, plain?: string) =>
        variables.get(list ?? braced ?? plain ?? '') ?? otherwise ?? whole,
    );
    if (result === before) break;
  }
  return result;
}
