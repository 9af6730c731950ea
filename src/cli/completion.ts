/** What has a shell complete a command line. The shell asks the hidden command `complete`, so that it knows all ids there are. */
import { basename } from 'node:path';
import type { Command, Option } from 'commander';
import { byId } from '../ledger/kill-list';
import { quirks } from '../ledger/quirks';
import { RELEASES } from '../ledger/release';
import { touchedFiles } from '../report/touching';
import { prefixesOf, select } from './catalogue';
import { EXIT } from './exit';
import { allTags } from './tags';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Where nothing is printed, a shell completes paths. Bash replaces only what is behind the last `@` or `:`. */
const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (name: string) => string>> = {
  bash: (name) => `_cxl_conformance() {
  local command=(${name})
  [ "\${1##*/}" = npx ] && { [ "\${COMP_WORDS[1]}" = ${name} ] || return 0; command=(npx ${name}); }
  local IFS=$'\\n'
  COMPREPLY=($("\${command[@]}" complete -- "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null))
}
complete -o default -F _cxl_conformance ${name}
complete -p npx >/dev/null 2>&1 || complete -o default -F _cxl_conformance npx`,

  zsh: (name) => `#compdef ${name}
_cxl_conformance() {
  local -a found
  found=("\${(@f)$(${name} complete -- "\${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -a found; else _files; fi
}
compdef _cxl_conformance ${name}`,

  fish: (name) => `function _cxl_conformance
  set -l found (${name} complete -- (commandline -cp | string collect) 2>/dev/null)
  if test -n "$found"
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c ${name} -f -a '(_cxl_conformance)'`,
};

/** Prints the script of a shell. */
export async function completion(program: Command, shell: (typeof SHELLS)[number]): Promise<number> {
  console.log(SCRIPTS[shell](program.name()));
  return EXIT.asExpected;
}

/** Prints what can stand at the end of `line`, each in a line of its own; `word` is what the shell takes for its last word. */
export async function complete(program: Command, line: string, word?: string): Promise<number> {
  const typed = line.trimStart().split(/\s+/);
  const [first = '', ...others] = typed;
  const words = basename(first) === 'npx' ? others.slice(1) : others;
  const last = words.at(-1) ?? '';
  const [, flag, value = last] = /^(--[\w-]+)=(.*)$/.exec(last) ?? [];
  const before = [...words.slice(0, -1), ...(flag ? [flag] : [])];
  const kept = word !== undefined && value.endsWith(word) ? value.length - word.length : 0; // what bash does not replace
  const found = (await candidates(program, before, value)).filter((each) => each.startsWith(value));
  for (const each of found) console.log(each.slice(kept));
  return EXIT.asExpected;
}

/** What can come behind `before`, where `value` has been typed. Nothing where only a path can. */
async function candidates(program: Command, before: readonly string[], value: string): Promise<readonly string[]> {
  if (before.includes('--')) return [];
  const command = before.reduce((at, word) => at.commands.find((each) => each.name() === word) ?? at, program);
  const option = command.options.find((each) => each.required && each.long === before.at(-1));
  if (option) return option.argChoices ?? (await namesFor(option.name(), value));
  if (value.startsWith('-')) return [...command.options.flatMap(flagsOf), '--help'];
  const [argument] = command.registeredArguments;
  if (argument) return argument.argChoices ?? (await namesFor(argument.name(), value));
  const visible = command.createHelp().visibleCommands(command);
  return visible.length > 0 ? visible.map((each) => each.name()) : command.options.flatMap(flagsOf);
}

const flagsOf = ({ long }: Option): string[] => (long ? [long] : []);

/** What an option or argument of that name takes. */
async function namesFor(name: string, typed: string): Promise<readonly string[]> {
  if (name === 'quirk' || name === 'names') return Object.keys(quirks);
  if (name === 'release') return RELEASES;
  if (name === 'tags') return allTags().filter((tag) => !tag.startsWith('@id:'));
  if (name === 'touching') return touchedFiles(await select({}));
  if (name !== 'id') return [];
  const scenarios = await select({});
  const sections = typed.includes('-') ? scenarios.flatMap(({ sources }) => sources) : [];
  const names = [...scenarios.map(({ id }) => id), ...sections.filter((section) => !section.includes('/'))];
  return [...new Set(names.flatMap((id) => nextOf(id, typed)))].sort(byId);
}

/** The beginnings of an id that are one segment longer than what was typed: all ids at once are too many. */
function nextOf(id: string, typed: string): string[] {
  const [shortest] = prefixesOf(id).filter((prefix) => prefix.startsWith(typed) && prefix !== typed);
  return [...(id.startsWith(typed) && shortest ? [shortest] : []), ...(id === typed ? [id] : [])];
}
