import { test } from 'node:test';
import { expect } from 'expect';
import { ruleVerdicts, showRules } from './rule-verdicts';
import type { ScenarioVerdict } from './verdicts';

const scenario = (id: string, rest: Pick<ScenarioVerdict, 'verdict'> & Partial<ScenarioVerdict>): ScenarioVerdict => ({
  id,
  feature: 'Any machine',
  rule: 'It holds',
  name: '',
  requirements: [],
  sources: [],
  duration_ms: 0,
  uri: '',
  line: 0,
  reproduce: '',
  ...rest,
});

const cases: { title: string; scenarios: ScenarioVerdict[]; expected: object }[] = [
  {
    title: 'one that conforms holds',
    scenarios: [scenario('A-1.1', { verdict: 'conforms' })],
    expected: { outcome: 'holds', reasons: [] },
  },
  {
    title: 'one of two that fails does not hold',
    scenarios: [
      scenario('A-1.1', { verdict: 'fails', received: 'a\n  b' }),
      scenario('A-1.2', { verdict: 'conforms' }),
    ],
    expected: { outcome: 'does not hold', reasons: ['A-1.1, a b'] },
  },
  {
    title: 'what is known of the release does not hold either',
    scenarios: [scenario('A-1.1', { verdict: 'known', reason: 'name: summary' })],
    expected: { outcome: 'does not hold', reasons: ['A-1.1, known of this release: name: summary'] },
  },
  {
    title: 'what the ledger takes for broken holds',
    scenarios: [scenario('A-1.1', { verdict: 'fixed', quirk: 'name', reason: 'it holds' })],
    expected: { outcome: 'holds', reasons: ['A-1.1, the ledger says that this release has name: it holds'] },
  },
  {
    title: 'one that applies in part holds',
    scenarios: [
      scenario('A-1/1', { verdict: 'not-applicable', reason: 'no device' }),
      scenario('A-1/2', { verdict: 'conforms' }),
    ],
    expected: { outcome: 'holds', reasons: ['A-1/1, no device'] },
  },
  {
    title: 'one that does not apply',
    scenarios: [scenario('A-1.1', { verdict: 'not-applicable', reason: 'no device' })],
    expected: { outcome: 'does not apply', reasons: ['A-1.1, no device'] },
  },
  {
    title: 'trouble of the environment is not a result',
    scenarios: [
      scenario('A-1.1', { verdict: 'broken', reason: 'no space' }),
      scenario('A-1.2', { verdict: 'conforms' }),
    ],
    expected: { outcome: 'not known', reasons: ['A-1.1, no space'] },
  },
];

for (const { title, scenarios, expected } of cases) {
  test(`a rule by its scenarios: ${title}`, () => {
    expect(ruleVerdicts(scenarios)).toEqual([{ id: 'A-1', rule: 'It holds', ...expected }]);
  });
}

test('rules are shown in columns, with the reasons at the end', () => {
  const scenarios = [
    scenario('A-1.1', { verdict: 'conforms' }),
    scenario('A-10.1', { verdict: 'broken', reason: 'no space' }),
  ];
  expect(showRules(ruleVerdicts(scenarios))).toBe(
    'A-1   holds           It holds\nA-10  not known       It holds (A-10.1, no space)',
  );
});
