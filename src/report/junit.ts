/** `junit.xml`: a suite for each feature. `known` and `not-applicable` are skipped, with the reason. */
import junit from 'junit-report-builder';
import { explained, type ScenarioVerdict, type Verdicts } from './verdicts';

export function junitOf({ description, scenarios }: Verdicts): string {
  const report = junit.newBuilder();
  for (const feature of new Set(scenarios.map((scenario) => scenario.feature))) {
    const suite = report.testSuite().name(`${feature} (${description})`);
    for (const scenario of scenarios.filter((each) => each.feature === feature)) {
      const test = suite.testCase().className(scenario.rule).name(`[${scenario.id}] ${scenario.name}`);
      end(test.time(scenario.duration_ms / 1000), scenario);
    }
  }
  return report.build();
}

type TestCase = ReturnType<ReturnType<ReturnType<typeof junit.newBuilder>['testSuite']>['testCase']>;

function end(test: TestCase, scenario: ScenarioVerdict): void {
  const { verdict } = scenario;
  const reason = explained(scenario);
  test.property('verdict', verdict);
  if (verdict === 'known' || verdict === 'not-applicable') test.skipped().standardOutput(`${verdict}: ${reason}`);
  if (verdict === 'fails' || verdict === 'fixed') test.failure(reason, verdict);
  if (verdict === 'broken') test.error(reason, verdict);
}
