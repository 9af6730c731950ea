import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RequirementId, requirements, STILL_TO_COME } from '../ledger/requirements';
import type { Verdict } from '../ledger/verdict';
import { readVerdicts, type Verdicts } from '../report/verdicts';
import { select } from './catalogue';
import { reportsHome } from './cucumber';
import { EXIT } from './exit';

export interface Row {
  readonly id: string;
  readonly text: string;
  readonly rules: readonly string[];
  readonly scenarios: readonly { readonly id: string; readonly verdicts: Readonly<Record<string, Verdict>> }[];
}

/** Prints the requirements, each with its rules, its scenarios, and how these fared in the last run on each target. */
export async function listRequirements({ json }: { readonly json?: boolean }): Promise<number> {
  const rows = await traced(reportsHome);
  if (json) console.log(JSON.stringify(rows, null, 2));
  else for (const row of rows) console.log(show(row));
  return EXIT.asExpected;
}

/** Every requirement of the ledger; `reports` is a folder with a folder of reports for each target. */
export async function traced(reports: string): Promise<Row[]> {
  const scenarios = await select({});
  const runs = await lastRuns(reports);
  return Object.entries(requirements).map(([id, text]) => {
    const own = scenarios.filter((scenario) => scenario.requirements.includes(id));
    return {
      id,
      text,
      rules: [...new Set(own.map(({ rule }) => rule))],
      scenarios: own.map((scenario) => ({ id: scenario.id, verdicts: verdictsOf(scenario.id, runs) })),
    };
  });
}

/** Of the runs whose reports are in folders of `reports`. */
export async function lastRuns(reports: string): Promise<Verdicts[]> {
  const folders = await readdir(reports).catch(() => []);
  const runs = folders.map((name) => readVerdicts(join(reports, name)).catch(() => undefined)); // not every folder is a run
  return (await Promise.all(runs)).filter((run) => run !== undefined);
}

function verdictsOf(id: string, runs: readonly Verdicts[]): Record<string, Verdict> {
  const found = runs.flatMap(({ target, scenarios }) => {
    const scenario = scenarios.find((each) => each.id === id);
    return scenario ? [[target, scenario.verdict] as const] : [];
  });
  return Object.fromEntries(found);
}

function show({ id, text, rules, scenarios }: Row): string {
  const targets = [...new Set(scenarios.flatMap(({ verdicts }) => Object.keys(verdicts)))];
  const told = targets.map(
    (target) => `${target}: ${tally(scenarios.flatMap(({ verdicts }) => verdicts[target] ?? []))}`,
  );
  const none = STILL_TO_COME[id as RequirementId];
  const lines = rules.length > 0 ? rules : [none ? `no rule yet: ${none}` : 'no rule'];
  return [`${id}  ${text}`, ...lines.map((rule) => `      ${rule}`), ...told.map((line) => `    ${line}`), ''].join(
    '\n',
  );
}

function tally(verdicts: readonly Verdict[]): string {
  const counts = [...new Set(verdicts)].map(
    (verdict) => `${verdicts.filter((each) => each === verdict).length} ${verdict}`,
  );
  return counts.join(', ');
}
