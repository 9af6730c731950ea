/** Scenarios that are ready to be run on one target after the other, in this process; a simulator unless another is named. */
import type { QuirkName } from '../ledger/quirks';
import type { Verdict } from '../ledger/verdict';
import type { Scenario } from '../report/catalogue';
import type { JudgementAttachment } from '../report/judgement-attachment';
import { openTarget } from '../target/open';
import type { TargetOptions } from '../target/target';
import { pickleOf } from './catalogue';
import { loadDefinitions } from './cucumber';
import { type Rehearsed, rehearse, rehearsed } from './rehearsal';

/** `index` is that of the scenario's id; `asked` are the quirks that something asked for while it ran. */
type Tell = (
  index: number,
  verdict: Verdict,
  asked: ReadonlySet<QuirkName>,
  judgement: JudgementAttachment | undefined,
) => void;

export class Stage {
  private constructor(
    private readonly definitions: Awaited<ReturnType<typeof loadDefinitions>>,
    private readonly ready: ReadonlyMap<string, Rehearsed>,
  ) {}

  static async of(scenarios: readonly Scenario[]): Promise<Stage> {
    const definitions = await loadDefinitions('simulator');
    const ready = scenarios.map((scenario) => rehearsed(scenario.id, pickleOf(scenario), definitions));
    return new Stage(definitions, new Map(ready.map((each) => [each.id, each])));
  }

  /** Runs the scenarios with these ids on the target that is asked for. */
  async run(ids: readonly string[], asked: Partial<TargetOptions>, tell: Tell): Promise<void> {
    const options: TargetOptions = { target: 'simulator', ...asked };
    const { quirksAsked = new Set() } = await openTarget(options);
    quirksAsked.clear();
    const scenarios = ids.flatMap((id) => this.ready.get(id) ?? []);
    await rehearse(scenarios, options, this.definitions, (i, verdict, judgement) => {
      tell(i, verdict, quirksAsked, judgement);
      quirksAsked.clear();
    });
  }
}
