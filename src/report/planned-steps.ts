/** What the steps of scenarios say, out of Cucumber's messages. */
import { type Envelope, type GherkinDocument, type PickleStep, PickleStepType } from '@cucumber/messages';

export interface PlannedStep {
  readonly text: string;
  /** Given, When or Then, also where the feature says And. */
  readonly keyword?: string;
  /** In its feature. */
  readonly line?: number;
  /** Its data table, the heading first. */
  readonly table?: readonly (readonly string[])[];
  /** Its doc string. */
  readonly block?: string;
}

const KEYWORDS: Partial<Record<PickleStepType, string>> = {
  [PickleStepType.CONTEXT]: 'Given',
  [PickleStepType.ACTION]: 'When',
  [PickleStepType.OUTCOME]: 'Then',
};

/** By the ids of test steps; hooks are not there. */
export function stepsIn(messages: readonly Envelope[]): Map<string, PlannedStep> {
  const lines = new Map(messages.flatMap(({ gherkinDocument }) => (gherkinDocument ? linesIn(gherkinDocument) : [])));
  const steps = new Map(
    messages.flatMap(({ pickle }) => pickle?.steps.map((step) => [step.id, plannedOf(step, lines)] as const) ?? []),
  );
  return new Map(
    messages.flatMap(({ testCase }) =>
      (testCase?.testSteps ?? []).flatMap(({ id, pickleStepId }) => {
        const step = pickleStepId && steps.get(pickleStepId);
        return step ? [[id, step] as const] : [];
      }),
    ),
  );
}

function plannedOf({ text, type, argument, astNodeIds }: PickleStep, lines: ReadonlyMap<string, number>): PlannedStep {
  const keyword = type && KEYWORDS[type];
  const line = lines.get(astNodeIds[0] ?? '');
  const table = argument?.dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value));
  const block = argument?.docString?.content;
  return {
    text,
    ...(keyword && { keyword }),
    ...(line && { line }),
    ...(table && { table }),
    ...(block !== undefined && { block }),
  };
}

/** Of steps, by the ids of their AST nodes. */
function linesIn({ feature }: GherkinDocument): [string, number][] {
  const children = (feature?.children ?? []).flatMap((child) => [child, ...(child.rule?.children ?? [])]);
  return children.flatMap(({ background, scenario }) =>
    [...(background?.steps ?? []), ...(scenario?.steps ?? [])].map(({ id, location }): [string, number] => [
      id,
      location.line,
    ]),
  );
}
