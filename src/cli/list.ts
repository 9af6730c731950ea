import { type Selection, select } from './catalogue';
import { EXIT } from './exit';

interface ListOptions extends Selection {
  readonly json?: boolean;
  /** With the quirks that make each fail. */
  readonly quirks?: boolean;
}

/** Prints the scenarios by feature and rule, each with its file and line; or as JSON. */
export async function list({ json, quirks: withQuirks, ...selection }: ListOptions): Promise<number> {
  const scenarios = await select(selection);
  if (json) {
    const rows = scenarios.map(({ id, feature, uri, line, rule, name, requirements, sources, quirks }) => ({
      ...{ id, feature, uri, line, rule, name, requirements, sources },
      ...(withQuirks && { quirks }),
    }));
    console.log(JSON.stringify(rows, null, 2));
    return EXIT.asExpected;
  }
  const width = Math.max(...scenarios.map(({ id }) => id.length));
  let heading = '';
  for (const { id, feature, uri, line, rule, name, requirements, sources, quirks } of scenarios) {
    const at = `\n${feature}\n  ${rule}  [${[...requirements, ...sources].join(', ')}]`;
    if (at !== heading) console.log(at);
    heading = at;
    console.log(`    ${id.padEnd(width)}  ${name}  ${uri}:${line}`);
    if (withQuirks) console.log(`    ${' '.repeat(width)}  fails by ${quirks.join(', ') || 'nothing'}`);
  }
  return EXIT.asExpected;
}
