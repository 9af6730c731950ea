/** The steps of a result: keyword, table, duration, and the values that decide. */
import { TestStepResultStatus } from '@cucumber/messages';
import { Stage, type Status, type StepResult } from 'allure-js-commons';
import type { Finding } from '../ledger/judgement';
import type { AllureFiles } from './allure-files';
import type { ScenarioResult } from './collect';

type Step = ScenarioResult['steps'][number];

/** Hooks are left out, unless they have something to say. */
export function stepsOf({ steps, findings, verdict, started }: ScenarioResult, files: AllureFiles): StepResult[] {
  const results: StepResult[] = [];
  let [index, start, before] = [-1, started, ''];
  for (const step of steps) {
    const isHook = step.text === 'hook';
    if (!isHook) index++;
    const stop = start + step.duration;
    if (!isHook || step.message) {
      const finding = isHook ? undefined : findings.find((each) => each.step === index);
      const keyword = step.keyword === before ? 'And' : (step.keyword ?? '');
      const hook = index < 0 ? 'Before the first step' : 'After the last step';
      results.push({
        name: isHook ? hook : [keyword, step.text].filter(Boolean).join(' '),
        status: statusOf(step, finding, verdict === 'known') as Status, // none for what Allure calls unknown
        statusDetails: { message: finding?.words ?? step.message },
        stage: Stage.FINISHED,
        start: Math.round(start),
        stop: Math.round(stop),
        steps: [],
        parameters: valuesOf(finding),
        attachments: argumentsOf(step, files),
      });
      before = step.keyword ?? '';
    }
    start = stop;
  }
  return results;
}

const SHOWN: Partial<Record<TestStepResultStatus, string>> = {
  [TestStepResultStatus.PASSED]: 'passed',
  [TestStepResultStatus.SKIPPED]: 'skipped',
  [TestStepResultStatus.FAILED]: 'failed',
};

/** A step that fails as expected has passed for Cucumber, which is to ask the next one. */
function statusOf({ status }: Step, finding: Finding | undefined, isKnown: boolean): string | undefined {
  if (finding?.kind === 'failed') return isKnown ? undefined : 'failed';
  return SHOWN[status] ?? 'broken';
}

function valuesOf(finding: Finding | undefined) {
  return (finding?.differences ?? []).flatMap(({ what, expected, received }) => [
    { name: what ? `${what}: expected` : 'expected', value: expected },
    { name: what ? `${what}: received` : 'received', value: received },
  ]);
}

/** Tables are files of comma-separated values, which Allure shows as tables. */
function argumentsOf({ table, block }: Step, files: AllureFiles) {
  return [
    ...(table
      ? [files.add('table', 'text/csv', '.csv', table.map((row) => row.map(quoted).join(',')).join('\n'))]
      : []),
    ...(block === undefined ? [] : [files.add('text', 'text/plain', '.txt', block)]),
  ];
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
