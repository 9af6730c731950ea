/** The glossary of features/README.md: step forms, parameter types and shared machines, with the comments above their definitions. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CallExpression,
  createSourceFile,
  type Expression,
  getLeadingCommentRanges,
  isCallExpression,
  isExpressionStatement,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isVariableStatement,
  type Node,
  ScriptTarget,
  type SourceFile,
} from 'typescript';

export const README = 'features/README.md';

/** What is defined, and the comment above it; empty if there is none. */
interface Entry {
  readonly name: string;
  readonly comment: string;
}

/** `readme` with its generated parts written anew. @throws Error if the marks of one are not there */
export function withGlossary(readme: string, root: string): string {
  const parts = { steps: stepsIn(root), parameters: parametersIn(root), machines: machinesIn(root) };
  return Object.entries(parts).reduce((text, [part, lines]) => {
    const [begin, end] = [`<!-- ${part}: npm run glossary -->`, `<!-- end of ${part} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${README} lacks ${begin} or ${end}`);
    return `${text.slice(0, from)}${begin}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
  }, readme);
}

/** Each file of steps is a section, headed by its first comment. */
function stepsIn(root: string): string[] {
  const sections = sourcesIn(join(root, 'steps')).filter(({ fileName }) => fileName.endsWith('.steps.ts'));
  return sections.flatMap((source, i) => [
    ...(i > 0 ? [''] : []),
    `**${headOf(source).replace(/\.$/, '')}**`,
    '',
    ...callsIn(source)
      .filter(({ expression }) => ['Given', 'When', 'Then'].includes(expression.getText(source)))
      .map((call) => showEntry(entryOf(call, source), call.expression.getText(source))),
  ]);
}

function parametersIn(root: string): string[] {
  const entries = sourcesIn(join(root, 'steps/support')).flatMap((source) =>
    callsIn(source)
      .filter(({ expression }) => expression.getText(source) === 'defineParameterType')
      .map((call) => ({ name: `{${nameIn(call)}}`, comment: commentAbove(call.parent, source) })),
  );
  return entries.sort((a, b) => a.name.localeCompare(b.name)).map((entry) => showEntry(entry));
}

function machinesIn(root: string): string[] {
  const [source] = sourcesIn(join(root, 'steps/support')).filter(({ fileName }) => fileName.endsWith('/machines.ts'));
  const machines = source?.statements
    .filter(isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText(source) === 'MACHINES')?.initializer;
  if (!source || !machines || !isObjectLiteralExpression(machines)) throw new Error('there are no shared machines');
  return machines.properties.map((machine) => {
    const name = isPropertyAssignment(machine) && isStringLiteralLike(machine.name) ? machine.name.text : '';
    return showEntry({ name, comment: commentAbove(machine, source) });
  });
}

const sourcesIn = (folder: string): SourceFile[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => join(folder, file))
    .map((path) => createSourceFile(path, readFileSync(path, 'utf8'), ScriptTarget.Latest, true));

const callsIn = (source: SourceFile): CallExpression[] =>
  source.statements
    .filter(isExpressionStatement)
    .map(({ expression }) => expression)
    .filter(isCallExpression);

function entryOf(call: CallExpression, source: SourceFile): Entry {
  return { name: patternOf(call.arguments[0], source), comment: commentAbove(call.parent, source) };
}

const patternOf = (pattern: Expression | undefined, source: SourceFile): string =>
  pattern && isStringLiteralLike(pattern) ? pattern.text : `${pattern?.getText(source)}`;

const nameIn = ({ arguments: [options] }: CallExpression): string =>
  options && isObjectLiteralExpression(options) ? (options.properties.map(nameGiven).find(Boolean) ?? '') : '';

const nameGiven = (property: Node): string =>
  isPropertyAssignment(property) && property.name.getText() === 'name' && isStringLiteralLike(property.initializer)
    ? property.initializer.text
    : '';

/** The nearest comment that begins with two asterisks, in one line. */
function commentAbove(node: Node, source: SourceFile): string {
  const text = source.getFullText();
  const comments = getLeadingCommentRanges(text, node.getFullStart())?.filter(({ pos }) => pos > 0) ?? [];
  const last = comments
    .map(({ pos, end }) => text.slice(pos, end))
    .filter((each) => each.startsWith('/**'))
    .at(-1);
  return last ? inOneLine(last) : '';
}

function headOf(source: SourceFile): string {
  const [head] = /^\/\*\*.*?\*\//s.exec(source.getFullText()) ?? [];
  if (!head) throw new Error(`${source.fileName} does not begin with a comment`);
  return inOneLine(head);
}

const inOneLine = (comment: string): string =>
  comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/\s*\n\s*\*?\s*/g, ' ')
    .replace(/\{@link (\w+)\}/g, '$1')
    .trim();

const showEntry = ({ name, comment }: Entry, keyword = ''): string =>
  `- ${keyword && `${keyword} `}\`${name}\`${comment && `: ${comment}`}`;
