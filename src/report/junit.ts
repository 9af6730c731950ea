/** `junit.xml`: a suite for each feature. `known` and `not-applicable` are skipped, with the reason. */
import junit from 'junit-report-builder';
import { headline, renderFailure } from './failure';
import type { ScenarioVerdict, Verdicts } from './verdicts';

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
  test.property('verdict', verdict);
  if (verdict === 'conforms') return;
  const [line, body] = [printable(headline(scenario)), printable(renderFailure(scenario))];
  if (verdict === 'known' || verdict === 'not-applicable') test.skipped().standardOutput(body);
  if (verdict === 'fails' || verdict === 'fixed') test.failure(line, verdict).stacktrace(body);
  if (verdict === 'broken') test.error(line, verdict, body);
}

/** Without characters that XML cannot hold. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '?');
