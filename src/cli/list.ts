import { defectReports, showDefect } from '../report/defect-report';
import { type Selection, select, stepsOf } from './catalogue';
import { EXIT, UsageError } from './exit';

interface ListOptions extends Selection {
  readonly json?: boolean;
  /** With the quirks that make each fail. */
  readonly quirks?: boolean;
  /** The defects by which they fail, in the place of the scenarios. */
  readonly defects?: boolean;
}

/** Prints the scenarios by feature and rule, each with its file and line; or as JSON. */
export async function list({ json, quirks: withQuirks, defects, ...selection }: ListOptions): Promise<number> {
  if (defects && withQuirks)
    throw new UsageError('--defects goes without --quirks: a defect is a quirk that a release has');
  const scenarios = await select(selection);
  if (defects) {
    const reports = defectReports(scenarios, stepsOf);
    console.log(json ? JSON.stringify(reports, null, 2) : reports.map(showDefect).join('\n'));
    return EXIT.asExpected;
  }
  if (json) {
    const rows = scenarios.map(({ id, feature, uri, line, rule, name, requirements, sources, quirks }) => ({
      id,
      feature,
      uri,
      line,
      rule,
      name,
      requirements,
      sources,
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
