/** All that is known of a scenario, or of those of a rule. */
import { quirkNamed, quirks } from '../ledger/quirks';
import { type RequirementId, requirements } from '../ledger/requirements';
import type { Scenario } from '../report/catalogue';
import { scenarioText } from '../report/scenario-text';
import { filesTouchedBy } from '../report/touching';
import type { Verdicts } from '../report/verdicts';
import { pickleOf, selectNamed } from './catalogue';
import { reportsHome } from './cucumber';
import { EXIT } from './exit';
import { lastRuns } from './requirements';

interface Shown extends Omit<Scenario, 'pickle' | 'quirks' | 'requirements'> {
  readonly requirements: readonly { readonly id: string; readonly text: string }[];
  readonly steps: readonly string[];
  readonly quirks: readonly { readonly name: string; readonly summary: string; readonly source: string }[];
  /** Of QEMU, and of Linux. */
  readonly files: readonly string[];
  readonly verdicts: readonly LastVerdict[];
}

/** In the last run on a target. */
interface LastVerdict {
  readonly on: string;
  readonly verdict: string;
  readonly reason: string;
}

interface ShowOptions {
  readonly json?: boolean;
  /** Where runs leave their reports. */
  readonly reports?: string;
}

/** Prints the scenarios of an id, or of the beginning of one. */
export async function show(id: string, { json, reports = reportsHome }: ShowOptions): Promise<number> {
  const runs = await lastRuns(reports);
  const shown = (await selectNamed(id)).map((scenario) => shownOf(scenario, runs));
  console.log(json ? JSON.stringify(shown, null, 2) : shown.map(textOf).join('\n'));
  return EXIT.asExpected;
}

function shownOf(scenario: Scenario, runs: readonly Verdicts[]): Shown {
  const { pickle, gherkinDocument } = pickleOf(scenario);
  const { pickle: _, ...kept } = scenario;
  return {
    ...kept,
    requirements: scenario.requirements.map((id) => ({ id, text: requirements[id as RequirementId] ?? '' })),
    steps: scenarioText(gherkinDocument, pickle),
    quirks: scenario.quirks.map((name) => ({ name, ...quirks[quirkNamed(name)] })),
    files: [...filesTouchedBy(scenario)].sort(),
    verdicts: runs.flatMap((run) => verdictIn(run, scenario.id)),
  };
}

function verdictIn({ description, kernel, scenarios }: Verdicts, id: string): LastVerdict[] {
  return scenarios
    .filter((scenario) => scenario.id === id)
    .map(({ verdict, reason = '' }) => ({
      on: kernel && !description.includes(kernel) ? `${description}, Linux ${kernel}` : description,
      verdict,
      reason: reason.split('\n')[0] ?? '',
    }));
}

function textOf({ id, name, feature, rule, uri, line, ...known }: Shown): string {
  const indented = (lines: readonly string[]) => lines.map((each) => `  ${each}`.trimEnd());
  const part = (title: string, lines: readonly string[]) => ['', title, ...indented(lines)];
  return [
    `${id}  ${name}`,
    `${uri}:${line}`,
    `Feature: ${feature}`,
    ...(rule ? [`Rule: ${rule}`] : []),
    ...part('Sources', [...known.requirements.map((each) => `${each.id}: ${each.text}`), ...known.sources]),
    ...part('Steps', known.steps),
    ...part(
      'Fails by',
      known.quirks.flatMap((quirk) => [quirk.name, `  ${quirk.summary}`, `  (${quirk.source})`]),
    ),
    ...part('Source files', known.files),
    ...part(
      'In the last runs',
      known.verdicts.length > 0
        ? known.verdicts.map(({ on, verdict, reason }) => `${on}: ${verdict}${reason && `: ${reason}`}`)
        : ['none has run it'],
    ),
    '',
  ].join('\n');
}
