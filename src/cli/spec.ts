/** `spec`: the specification as pages, with how the last runs fared. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defectReports } from '../report/defect-report';
import { ReportFolder } from '../report/folder';
import { runsBelow } from '../report/runs';
import { version } from '../report/version';
import { columnsOf } from '../spec/columns';
import { featureOf } from '../spec/features';
import { INDEX_FILE } from '../spec/search-index';
import { siteOf } from '../spec/site';
import { pickleOf, select, stepsOf } from './catalogue';
import { reportsHome } from './cucumber';
import { EXIT, UsageError } from './exit';
import { machinesOf } from './machines';
import { statementsIn } from './statement';

interface SpecOptions {
  readonly output?: string;
}

/** Makes the site of all features, with the runs below `directory` and the statements that are kept, and prints where it begins. */
export async function spec(
  directory = reportsHome,
  { output = join(reportsHome, 'spec') }: SpecOptions,
): Promise<number> {
  if (directory !== reportsHome && !existsSync(directory)) throw new UsageError(`there is no folder ${directory}`);
  const folder = ReportFolder.begin(output);
  try {
    const scenarios = await select({});
    const runs = (await runsBelow(directory)).map(({ verdicts }) => verdicts);
    const machines = await machinesOf(scenarios);
    const features = [...new Set(scenarios.map(({ uri }) => uri))].map((uri) => {
      const own = scenarios.filter((each) => each.uri === uri);
      const { gherkinDocument: document } = pickleOf(own[0] as (typeof own)[0]);
      return featureOf({ document, scenarios: own, machines });
    });
    const columns = columnsOf(runs, statementsIn(join(reportsHome, 'statements')));
    const defects = defectReports(scenarios, stepsOf);
    const site = siteOf({ features, columns, defects, pictures: machines.pictures }, `cxl-conformance ${version}`);
    for (const [name, text] of site) writeFileSync(join(folder.staging, name), text);
    folder.publish();
    removeOthers(output, new Set(site.keys()));
    console.log(join(output, 'index.html'));
    return EXIT.asExpected;
  } catch (error) {
    folder.abandon();
    throw error;
  }
}

/** Pages and drawings of an earlier site. */
function removeOthers(output: string, kept: ReadonlySet<string>): void {
  if (!kept.has(INDEX_FILE)) return;
  for (const name of readdirSync(output))
    if (/^(machine-\w+\.svg|[\w.-]+\.html)$/.test(name) && !kept.has(name)) rmSync(join(output, name));
}
