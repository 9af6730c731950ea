/** What came of a rule, of the verdicts of its scenarios: a line for people. */
import type { Verdict } from '../ledger/verdict';
import type { ScenarioVerdict } from './verdicts';

export type Outcome = 'holds' | 'does not hold' | 'does not apply' | 'not known';

export interface RuleVerdict {
  readonly id: string;
  readonly rule: string;
  readonly outcome: Outcome;
  /** What does not hold, why it does not apply, or why it is not known; one for each scenario that says so. */
  readonly reasons: readonly string[];
}

const OUTCOMES: Readonly<Record<Verdict, Outcome>> = {
  conforms: 'holds',
  fixed: 'holds',
  known: 'does not hold',
  fails: 'does not hold',
  'not-applicable': 'does not apply',
  broken: 'not known',
};

/** What a rule with several scenarios is: the first of these that one of them is. */
const WORST: readonly Outcome[] = ['does not hold', 'not known', 'holds', 'does not apply'];

/** In the order of the scenarios. */
export function ruleVerdicts(scenarios: readonly ScenarioVerdict[]): RuleVerdict[] {
  return [...new Set(scenarios.map(ruleOf))].map((id) => {
    const all = scenarios.filter((scenario) => ruleOf(scenario) === id);
    const outcomes = all.map(({ verdict }) => OUTCOMES[verdict]);
    return {
      id,
      rule: `${all[0]?.rule}`,
      outcome: WORST.find((each) => outcomes.includes(each)) ?? 'not known',
      reasons: all.filter(({ verdict }) => verdict !== 'conforms').map(reasonOf),
    };
  });
}

/** `ANY-1` of `ANY-1.2/3`. */
const ruleOf = ({ id }: ScenarioVerdict): string => id.replace(/[./].*$/, '');

function reasonOf({ id, verdict, reason = '', received, quirk }: ScenarioVerdict): string {
  const words = (verdict === 'fails' ? (received ?? reason) : reason).replace(/\s+/g, ' ').trim();
  const known = verdict === 'known' ? 'known of this release: ' : '';
  const fixed = verdict === 'fixed' ? `the ledger says that this release has ${quirk ?? 'a quirk'}: ` : '';
  return `${id}, ${known}${fixed}${words}`;
}

export function showRules(rules: readonly RuleVerdict[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, rule, outcome, reasons }) =>
      [
        id.padEnd(width),
        outcome.padEnd('does not apply'.length),
        `${rule}${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`,
      ].join('  '),
    )
    .join('\n');
}
