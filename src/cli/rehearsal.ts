/**
 * Scenarios run again and again in this process, by Cucumber's definitions and without its plans, messages and reports,
 * which cost more than most scenarios on a simulator do.
 */
import type StepDefinition from '@cucumber/cucumber/lib/models/step_definition';
import type TestCaseHookDefinition from '@cucumber/cucumber/lib/models/test_case_hook_definition';
import type { SupportCodeLibrary } from '@cucumber/cucumber/lib/support_code_library_builder/types';
import { type GherkinDocument, type Pickle, type PickleStep, TestStepResultStatus } from '@cucumber/messages';
import type { Verdict } from '../ledger/verdict';
import { JUDGEMENT_MEDIA_TYPE, type JudgementAttachment } from '../report/judgement-attachment';
import { PICTURE_MEDIA_TYPE, SAME_PICTURE_MEDIA_TYPE } from '../report/machine-picture';

/** A scenario with the definitions of its steps found, which need not be looked for each time. */
export interface Rehearsed {
  readonly id: string;
  readonly pickle: Pickle;
  readonly gherkinDocument: GherkinDocument;
  readonly steps: readonly { readonly step: PickleStep; readonly definition: StepDefinition }[];
}

/** @throws RangeError for a step that has no definition, or several */
export function rehearsed(
  id: string,
  { pickle, gherkinDocument }: Pick<Rehearsed, 'pickle' | 'gherkinDocument'>,
  { stepDefinitions }: SupportCodeLibrary,
): Rehearsed {
  const steps = pickle.steps.map((step) => {
    const [definition, ...others] = stepDefinitions.filter((each) => each.matchesStepName(step.text));
    if (!definition || others.length > 0) throw new RangeError(`${id}: no one definition of "${step.text}"`);
    return { step, definition };
  });
  return { id, pickle, gherkinDocument, steps };
}

const PICTURES: readonly string[] = [PICTURE_MEDIA_TYPE, SAME_PICTURE_MEDIA_TYPE];

/** What comes of each scenario on the target that `parameters` ask for, told as soon as it has ended; a picture that was drawn before comes empty. */
export async function rehearse(
  scenarios: readonly Rehearsed[],
  parameters: object,
  support: SupportCodeLibrary,
  tell: (index: number, verdict: Verdict, judgement?: JudgementAttachment) => void,
  onStep?: (step: number) => void,
  onPicture?: (index: number, name: string, picture: string) => void,
): Promise<void> {
  for (const { code } of support.beforeTestRunHookDefinitions) await code.call({ parameters });
  for (const [i, scenario] of scenarios.entries()) {
    const pictured = (name: string, picture: string) => onPicture?.(i, name, picture);
    const { verdict, judgement } = await outcomeOf(scenario, parameters, support, onStep, pictured);
    tell(i, verdict, judgement);
  }
  for (const { code } of [...support.afterTestRunHookDefinitions].reverse()) await code.call({ parameters });
}

async function outcomeOf(
  scenario: Rehearsed,
  parameters: object,
  support: SupportCodeLibrary,
  onStep: ((step: number) => void) | undefined,
  onPicture: (name: string, picture: string) => void,
): Promise<{ readonly verdict: Verdict; readonly judgement?: JudgementAttachment }> {
  let judgement: JudgementAttachment | undefined;
  const attach = (body: string, given: string | { readonly mediaType: string; readonly fileName: string }) => {
    if (given === JUDGEMENT_MEDIA_TYPE) judgement = JSON.parse(body) as JudgementAttachment;
    if (typeof given === 'object' && PICTURES.includes(given.mediaType)) onPicture(given.fileName, body);
  };
  const world = new support.World({ attach, log: () => {}, link: () => {}, parameters });
  const { beforeTestCaseHookDefinitions, afterTestCaseHookDefinitions } = support;
  const result = await resultOf(async () => {
    const skips = await runHooks(beforeTestCaseHookDefinitions, scenario, world);
    return skips || runSteps(scenario, world, support, onStep);
  });
  onStep?.(scenario.steps.length);
  const end = await resultOf(() =>
    runHooks([...afterTestCaseHookDefinitions].reverse(), { ...scenario, result }, world),
  );
  const { verdict = 'broken' } = judgement ?? {};
  const failed = end.status === TestStepResultStatus.FAILED && verdict === 'conforms';
  return { verdict: failed ? 'broken' : verdict, ...(judgement && { judgement }) };
}

interface Result {
  readonly status: TestStepResultStatus;
  readonly message?: string;
}

/** `run` yields whether what follows is skipped. */
async function resultOf(run: () => Promise<boolean>): Promise<Result> {
  try {
    return { status: (await run()) ? TestStepResultStatus.SKIPPED : TestStepResultStatus.PASSED };
  } catch (error) {
    return { status: TestStepResultStatus.FAILED, message: `${error}` };
  }
}

type HookParameter = Pick<Rehearsed, 'pickle' | 'gherkinDocument'> & { readonly result?: Result };

async function runHooks(
  hooks: readonly TestCaseHookDefinition[],
  { pickle, gherkinDocument, result }: HookParameter,
  world: unknown,
): Promise<boolean> {
  for (const hook of hooks) {
    const answer = hook.appliesToTestCase(pickle) && (await hook.code.call(world, { pickle, gherkinDocument, result }));
    if (answer === 'skipped') return true;
  }
  return false;
}

/** Hooks before each step tell the world which one it is. */
async function runSteps(
  { steps, pickle, gherkinDocument }: Rehearsed,
  world: unknown,
  { beforeTestStepHookDefinitions }: SupportCodeLibrary,
  onStep?: (step: number) => void,
): Promise<boolean> {
  for (const [i, { step, definition }] of steps.entries()) {
    onStep?.(i);
    const hookParameter = { pickle, gherkinDocument };
    for (const { code } of beforeTestStepHookDefinitions)
      await code.call(world, { ...hookParameter, pickleStep: step });
    const { parameters } = await definition.getInvocationParameters({ step, world, hookParameter } as never);
    if ((await definition.code.apply(world, parameters)) === 'skipped') return true;
  }
  return false;
}
