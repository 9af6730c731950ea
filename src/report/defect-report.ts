/** Known defects of QEMU, each as a report that can be sent as it stands: what goes wrong, what is right, how to see it. */
import { folded } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import { type Quirk, showReleases } from '../ledger/quirks/quirk';
import type { Scenario } from './catalogue';
import { sectionName } from './source-name';
import { indented } from './wrap';

export interface DefectReport {
  readonly name: string;
  readonly summary: string;
  readonly releases: NonNullable<Quirk['releases']>;
  /** Commit, file and function. */
  readonly source: string;
  /** Why other ends are possible as well. */
  readonly byChance?: string;
  /** The rule that does not hold. */
  readonly right: string;
  /** Where that rule is written: `CXL r3.1 Section 8.2.4`, `hw/mem/cxl_type3.c`. */
  readonly by: readonly string[];
  /** The smallest scenario that fails: its id, its name, and its steps with their tables. */
  readonly scenario: { readonly id: string; readonly name: string; readonly steps: readonly string[] };
  readonly reproduce: string;
  /** All that fail. */
  readonly fails: readonly string[];
}

const LABEL = 'Reproduce: '.length;

/** Steps of which one QEMU is not enough, so that no script can be made of them. */
const OF_TWO_MACHINES = /\bmigration of the machine\b/;

/** Of all quirks that some release has and some of the scenarios fail by. `stepsOf` yields the lines of a scenario. */
export function defectReports(
  scenarios: readonly Scenario[],
  stepsOf: (scenario: Scenario) => readonly string[],
): DefectReport[] {
  return (Object.keys(quirks) as QuirkName[]).flatMap((name) => {
    const { summary, source, releases = [], byChance }: Quirk = quirks[name];
    const failing = scenarios.filter((scenario) => scenario.quirks.includes(name));
    const smallest = smallestOf(failing, stepsOf);
    if (releases.length === 0 || !smallest) return [];
    const { scenario, steps } = smallest;
    return [
      {
        name,
        summary,
        releases,
        source,
        ...(byChance !== undefined && { byChance }),
        right: scenario.rule,
        by: scenario.sources.map(sectionName),
        scenario: { id: scenario.id, name: scenario.name, steps },
        reproduce: reproducerOf(scenario.id, steps),
        fails: folded(failing.map(({ id }) => id)),
      },
    ];
  });
}

/** One that says the least of anything else: it fails by the fewest quirks, and takes the fewest lines. */
function smallestOf(failing: readonly Scenario[], stepsOf: (scenario: Scenario) => readonly string[]) {
  const fewest = Math.min(...failing.map((scenario) => scenario.quirks.length));
  return failing
    .filter((scenario) => scenario.quirks.length === fewest)
    .map((scenario) => ({ scenario, steps: stepsOf(scenario) }))
    .sort((a, b) => a.steps.length - b.steps.length)[0];
}

const reproducerOf = (id: string, steps: readonly string[]): string =>
  steps.some((step) => OF_TWO_MACHINES.test(step))
    ? `npx cxl-conformance run --target qtest --qemu PATH --id ${id}`
    : `npx cxl-conformance reproduce ${id} --qemu PATH`;

/** As a mail has it, in 72 columns; tables of steps are as wide as they are. */
export function showDefect(report: DefectReport): string {
  const { name, summary, releases, source, byChance, right, by, scenario, reproduce, fails } = report;
  return [
    ...indented(`${name}: ${summary}`),
    '',
    ...labelled('Releases', showReleases(releases)),
    ...labelled('Source', source),
    ...labelled('Right', `${right} (${by.join('; ')})`),
    ...(byChance === undefined ? [] : labelled('By chance', byChance)),
    ...labelled('Scenario', `${scenario.id}, ${scenario.name}`),
    '',
    ...scenario.steps.map((step) => `  ${step}`),
    '',
    `${'Reproduce:'.padEnd(LABEL)}${reproduce}`,
    ...labelled('Fails', fails.join(' ')),
    '',
  ].join('\n');
}

const labelled = (label: string, text: string): string[] => indented(text, `${label}:`.padEnd(LABEL), ''.padEnd(LABEL));
