import { type Selection, select } from './catalogue';
import { EXIT } from './exit';

/** Prints the scenarios by feature and rule, or as JSON. */
export async function list({ json, ...selection }: Selection & { readonly json?: boolean }): Promise<number> {
  const scenarios = await select(selection);
  if (json) {
    const rows = scenarios.map(({ id, feature, rule, name, requirements, sources }) => ({
      id,
      feature,
      rule,
      name,
      requirements,
      sources,
    }));
    console.log(JSON.stringify(rows, null, 2));
    return EXIT.asExpected;
  }
  const width = Math.max(...scenarios.map(({ id }) => id.length));
  let heading = '';
  for (const { id, feature, rule, name, requirements, sources } of scenarios) {
    const at = `\n${feature}\n  ${rule}  [${[...requirements, ...sources].join(', ')}]`;
    if (at !== heading) console.log(at);
    heading = at;
    console.log(`    ${id.padEnd(width)}  ${name}`);
  }
  return EXIT.asExpected;
}
