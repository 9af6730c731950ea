/** What commander lets pass: values that are empty or are options themselves, and options that are given twice. */
import type { Command } from 'commander';

/** Has `program` refuse those, in one line. Yields what to call before each command line: it has nothing twice yet. */
export function strictly(program: Command): () => void {
  const given = new Set<string>();
  for (const command of withSubcommands(program)) {
    command.configureOutput({ outputError: (said, write) => write(inOneLine(said)) });
    for (const option of command.options) {
      const said = `option '${option.flags}'`;
      command.on(`option:${option.name()}`, (value: string | null) => {
        const mayRepeat = option.variadic || option.parseArg === REPEATABLE;
        if (value === '') command.error(`error: ${said} is empty`);
        if (value?.startsWith('--')) command.error(`error: ${said} has no value: ${value} is an option`);
        if (value !== null && !mayRepeat && given.has(option.flags)) command.error(`error: ${said} is given twice`);
        given.add(option.flags);
      });
    }
    command.hook('preAction', (_, { args, registeredArguments }) => {
      const takesAny = registeredArguments.some((argument) => TAKE_ANY.has(argument.name()));
      if (!takesAny && args.includes('')) command.error('error: an argument is empty');
    });
  }
  return () => given.clear();
}

/** Arguments that may be empty: options of QEMU, a line that is being typed. */
const TAKE_ANY: ReadonlySet<string> = new Set(['options', 'line']);

/** For an option that may be repeated: collects its values. */
export const REPEATABLE = (value: string, before: string[] = []): string[] => [...before, value];

const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)];

const inOneLine = (said: string): string =>
  `${said
    .trimEnd()
    .replace(/^error: /, 'cxl-conformance: ')
    .replaceAll('\n', ' ')}\n`;
