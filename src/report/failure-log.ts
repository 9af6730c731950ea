/** The failures of a run for people who wait: each as soon as its scenario has ended. */
import type { Envelope, GherkinDocument, Pickle, TestCase } from '@cucumber/messages';
import type { Verdict } from '../ledger/verdict';
import { collect } from './collect';
import { renderFailure } from './failure';
import { type ScenarioVerdict, verdictOf } from './verdicts';

/** So many are shown: who has more reads the reports. */
const MOST = 10;

const SHOWN: ReadonlySet<Verdict> = new Set<Verdict>(['fails', 'fixed', 'broken']);

export class FailureLog {
  readonly #documents = new Map<string, GherkinDocument>(); // by uri
  readonly #pickles = new Map<string, Pickle>();
  readonly #testCases = new Map<string, TestCase>();
  readonly #running = new Map<string, Envelope[]>(); // by what has started
  #failures = 0;

  /** What is to be shown after `message`: a failure, or once that there are more. */
  take(message: Envelope): string | undefined {
    const { gherkinDocument, pickle, testCase, testCaseStarted, testStepFinished, attachment, testCaseFinished } =
      message;
    if (gherkinDocument) this.#documents.set(gherkinDocument.uri ?? '', gherkinDocument);
    if (pickle) this.#pickles.set(pickle.id, pickle);
    if (testCase) this.#testCases.set(testCase.id, testCase);
    if (testCaseStarted) this.#running.set(testCaseStarted.id, [message]);
    const start = (testStepFinished ?? attachment ?? testCaseFinished)?.testCaseStartedId ?? '';
    this.#running.get(start)?.push(message);
    return testCaseFinished && !testCaseFinished.willBeRetried ? this.#ended(start) : undefined;
  }

  #ended(start: string): string | undefined {
    const messages = this.#running.get(start) ?? [];
    this.#running.delete(start);
    const testCase = this.#testCases.get(messages[0]?.testCaseStarted?.testCaseId ?? '');
    const pickle = this.#pickles.get(testCase?.pickleId ?? '');
    const gherkinDocument = this.#documents.get(pickle?.uri ?? '');
    if (!testCase || !pickle || !gherkinDocument) return undefined;
    const { subject, scenarios } = collect([{ gherkinDocument }, { pickle }, { testCase }, ...messages]);
    const [scenario] = scenarios;
    return scenario && SHOWN.has(scenario.verdict) ? this.#next(verdictOf(scenario, subject)) : undefined;
  }

  #next(scenario: ScenarioVerdict): string | undefined {
    this.#failures += 1;
    if (this.#failures <= MOST) return renderFailure(scenario);
    return this.#failures === MOST + 1 ? 'Further failures are in the reports alone.' : undefined;
  }
}
