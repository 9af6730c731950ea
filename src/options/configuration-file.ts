/** `-readconfig`: options in the form of an INI file. QEMU util/qemu-config.c: qemu_config_foreach(). */
import { readFileSync } from 'node:fs';

/** Sections that have another name than their option. */
const OPTIONS: Readonly<Record<string, string>> = { memory: 'm', 'smp-opts': 'smp', 'boot-opts': 'boot' };

/** Every `-readconfig` of `words` with the options of its file in its place. @throws RangeError, SyntaxError */
export function withConfigurationFiles(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    if (/^--?readconfig$/.test(`${words[at - 1]}`)) return [];
    return /^--?readconfig$/.test(word) ? optionsIn(`${words[at + 1]}`) : [word];
  });
}

function optionsIn(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new RangeError(`-readconfig ${path}: Could not open '${path}': No such file or directory`);
  }
  const sections: { readonly option: string; readonly values: string[] }[] = [];
  for (const [n, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, group, id] = /^\s*\[\s*([\w-]+)(?:\s+"([^"]*)")?\s*\]\s*$/.exec(line) ?? [];
    const [, key, value] = /^\s*([\w.-]+)\s*=\s*"([^"]*)"\s*$/.exec(line) ?? [];
    if (group !== undefined)
      sections.push({ option: OPTIONS[group] ?? group, values: id === undefined ? [] : [`id=${id}`] });
    else if (key !== undefined && value !== undefined && sections.length > 0)
      sections.at(-1)?.values.push(`${key}=${value.replaceAll(',', ',,')}`);
    else throw new SyntaxError(`-readconfig ${path}:${n + 1}: parse error`);
  }
  return sections.flatMap(({ option, values }) => [`-${option}`, values.join(',')]);
}
