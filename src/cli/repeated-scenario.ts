/** A scenario that is run again and again on one target, and what was accessed each time. */
import { PickleStepType } from '@cucumber/messages';
import type { Finding } from '../ledger/judgement';
import type { Personality } from '../ledger/personality';
import type { Scenario } from '../report/catalogue';
import { openTarget } from '../target/open';
import type { Outcome, Tape } from '../target/tape';
import type { TargetOptions } from '../target/target';
import { pickleOf } from './catalogue';
import { loadDefinitions } from './cucumber';
import { rehearse, rehearsed } from './rehearsal';

export interface Ran {
  readonly findings: readonly Finding[];
  readonly tape: Tape;
}

const KEYWORDS: Readonly<Record<PickleStepType, string>> = {
  [PickleStepType.CONTEXT]: 'Given',
  [PickleStepType.ACTION]: 'When',
  [PickleStepType.OUTCOME]: 'Then',
  [PickleStepType.UNKNOWN]: '*',
};

/** A scenario that is ready to be run again and again on one target. */
export class RepeatedScenario {
  private constructor(
    readonly options: TargetOptions,
    readonly personality: Personality | undefined,
    readonly description: string,
    private readonly scenario: ReturnType<typeof rehearsed>,
    private readonly definitions: Awaited<ReturnType<typeof loadDefinitions>>,
  ) {}

  static async of(scenario: Scenario, given: Partial<Record<keyof TargetOptions, unknown>>): Promise<RepeatedScenario> {
    const options = JSON.parse(JSON.stringify({ ...given, record: true, taped: true })) as TargetOptions;
    const target = await openTarget(options);
    const definitions = await loadDefinitions(options.target);
    const ready = rehearsed(scenario.id, pickleOf(scenario), definitions);
    return new RepeatedScenario(options, target.personalities.at(-1), target.subject.description, ready, definitions);
  }

  get stepTexts(): string[] {
    return this.scenario.steps.map(({ step: { type, text } }) => `${KEYWORDS[type ?? PickleStepType.UNKNOWN]} ${text}`);
  }

  /** With the tables of the steps; an arrow marks a step. */
  shown(marked: number): string[] {
    return this.scenario.steps.flatMap(({ step: { argument } }, i) => {
      const rows = argument?.dataTable?.rows ?? [];
      const table = rows.map(({ cells }) => `       | ${cells.map(({ value }) => value).join(' | ')} |`);
      return [`${i === marked ? '->' : '  '} ${this.stepTexts[i]}`, ...table];
    });
  }

  /** `injected`: what is answered in place of what the machine answers, by the name of the access. */
  async run(injected: ReadonlyMap<string, Outcome> = new Map()): Promise<Ran> {
    const { tape } = await openTarget(this.options);
    if (!tape) throw new Error(`${this.options.target} has no tape`);
    tape.injected = injected;
    let findings: readonly Finding[] = [];
    const { length } = this.scenario.steps;
    const onStep = (step: number) => {
      tape.step = step;
      if (step === length) tape.stop();
    };
    const tell = (
      _: number,
      verdict: string,
      judgement?: { readonly findings: readonly Finding[]; readonly reason: string },
    ) => {
      if (verdict === 'broken' || !judgement) throw new Error(`${this.scenario.id} is broken: ${judgement?.reason}`);
      findings = judgement.findings;
    };
    await rehearse([this.scenario], this.options, this.definitions, tell, onStep);
    return { findings, tape };
  }
}
