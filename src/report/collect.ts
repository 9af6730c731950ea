/**
 * What came of each scenario, out of Cucumber's messages. A scenario's own word is not taken for it: a hook that failed,
 * a step without a definition, a worker that died make it `broken`, whatever verdict was attached.
 */
import { type Attachment, type Envelope, type TestStepFinished, TestStepResultStatus } from '@cucumber/messages';
import type { Finding, Judgement } from '../ledger/judgement';
import type { Subject, Verdict } from '../ledger/verdict';
import { plannedOf, type Scenario } from './catalogue';
import { JUDGEMENT_MEDIA_TYPE, type JudgementAttachment, LEFT_OUT_MEDIA_TYPE } from './judgement-attachment';
import { type PlannedStep, stepsIn } from './planned-steps';

export interface StepResult extends PlannedStep {
  readonly status: TestStepResultStatus;
  readonly message: string;
  /** Milliseconds. */
  readonly duration: number;
}

export interface ScenarioResult extends Scenario, Judgement {
  readonly findings: readonly Finding[];
  readonly commandLine?: string;
  /** When it began, in ms since 1970, and how long it took. */
  readonly started: number;
  readonly duration: number;
  readonly steps: readonly StepResult[];
  readonly attachments: readonly Attachment[];
}

export interface Run {
  readonly subject: Subject;
  /** How many were started for the scenarios. */
  readonly machines: number;
  readonly scenarios: readonly ScenarioResult[];
}

/** One attempt at a scenario, as far as messages tell. */
interface Attempt {
  readonly testCase: string;
  readonly started: number;
  finished?: number;
  readonly steps: TestStepFinished[];
  readonly attachments: Attachment[];
}

const UNKNOWN: Subject = { target: 'unknown', description: 'unknown target' };

/** Everything that was planned, in order, but for what was left out when enough had failed. */
export function collect(messages: readonly Envelope[]): Run {
  const attempts = lastAttempts(messages);
  const texts = stepsIn(messages);
  const scenarios = plannedOf(messages)
    .filter(({ pickle }) => !isLeftOut(attempts.get(pickle)))
    .map((scenario) => resultOf(scenario, attempts.get(scenario.pickle), texts));
  const judgements = [...attempts.values()].flatMap((attempt) => judgementOf(attempt) ?? []);
  const machines = judgements.reduce((sum, judgement) => sum + judgement.machines, 0);
  return { subject: judgements[0]?.subject ?? UNKNOWN, machines, scenarios };
}

/** What the first scenario that has ended was held against. */
export function subjectIn(messages: readonly Envelope[]): Subject {
  const attached = messages.find(({ attachment }) => attachment?.mediaType === JUDGEMENT_MEDIA_TYPE)?.attachment;
  return attached ? (JSON.parse(bodyOf(attached).toString()) as JudgementAttachment).subject : UNKNOWN;
}

const isLeftOut = (attempt: Attempt | undefined): boolean =>
  attempt?.attachments.some(({ mediaType }) => mediaType === LEFT_OUT_MEDIA_TYPE) ?? false;

/** By pickle. */
function lastAttempts(messages: readonly Envelope[]): Map<string, Attempt> {
  const pickleOf = new Map(
    messages.flatMap(({ testCase }) => (testCase ? [[testCase.id, testCase.pickleId] as const] : [])),
  );
  const byStart = new Map<string, Attempt>();
  for (const { testCaseStarted, testStepFinished, attachment, testCaseFinished } of messages) {
    if (testCaseStarted) {
      const { id, testCaseId, timestamp } = testCaseStarted;
      byStart.set(id, { testCase: testCaseId, started: milliseconds(timestamp), steps: [], attachments: [] });
    }
    if (testStepFinished) byStart.get(testStepFinished.testCaseStartedId)?.steps.push(testStepFinished);
    if (attachment?.testCaseStartedId) byStart.get(attachment.testCaseStartedId)?.attachments.push(attachment);
    const ended = testCaseFinished && byStart.get(testCaseFinished.testCaseStartedId);
    if (ended) ended.finished = milliseconds(testCaseFinished.timestamp);
  }
  return new Map([...byStart.values()].map((attempt) => [pickleOf.get(attempt.testCase) ?? '', attempt]));
}

function resultOf(scenario: Scenario, attempt: Attempt | undefined, texts: Texts): ScenarioResult {
  if (!attempt) {
    const reason = 'it was planned and never began';
    return { ...scenario, verdict: 'broken', reason, started: Date.now(), ...NOTHING };
  }
  const { started, finished = started, steps, attachments } = attempt;
  const judgement = judgementOf(attempt);
  return {
    ...scenario,
    ...verdictOf(attempt, judgement, texts),
    ...(judgement?.commandLine && { commandLine: judgement.commandLine }),
    findings: judgement?.findings ?? [],
    started,
    duration: finished - started,
    steps: steps.map(({ testStepId, testStepResult: { status, message = '', duration: took } }) => ({
      ...(texts.get(testStepId) ?? { text: 'hook' }),
      status,
      message,
      duration: milliseconds(took),
    })),
    attachments: attachments.filter(({ mediaType }) => mediaType !== JUDGEMENT_MEDIA_TYPE),
  };
}

const NOTHING = { findings: [], duration: 0, steps: [], attachments: [] };

function verdictOf(attempt: Attempt, judgement: JudgementAttachment | undefined, texts: Texts): Judgement {
  const broken = (reason: string): Judgement => ({ verdict: 'broken', reason });
  if (attempt.finished === undefined) return broken('it began and never ended: the process that ran it has died');
  const bad = attempt.steps.find(({ testStepResult }) => !FINE.has(testStepResult.status));
  const trouble = bad ? troubleOf(bad, texts) : '';
  if (bad && (!judgement || !FAILING.has(judgement.verdict))) return broken(trouble);
  if (!judgement) return broken('it was given no verdict');
  const { subject, machines, commandLine, findings, ...judged } = judgement;
  return { ...judged, reason: judged.reason || trouble };
}

function troubleOf({ testStepId, testStepResult: { status, message } }: TestStepFinished, texts: Texts): string {
  return `${texts.get(testStepId)?.text ?? 'a hook'}: ${status.toLowerCase()}${message ? `: ${firstLine(message)}` : ''}`;
}

const FINE: ReadonlySet<TestStepResultStatus> = new Set([TestStepResultStatus.PASSED, TestStepResultStatus.SKIPPED]);

/** Verdicts with which a failed step or hook agrees. */
const FAILING: ReadonlySet<Verdict> = new Set<Verdict>(['fails', 'fixed', 'broken']);

function judgementOf({ attachments }: Attempt): JudgementAttachment | undefined {
  const attached = attachments.find(({ mediaType }) => mediaType === JUDGEMENT_MEDIA_TYPE);
  return attached && (JSON.parse(bodyOf(attached).toString()) as JudgementAttachment);
}

export const bodyOf = ({ body, contentEncoding }: Attachment): Buffer =>
  Buffer.from(body, contentEncoding === 'BASE64' ? 'base64' : 'utf8');

/** What each test step says, by its id; hooks say nothing. */
type Texts = ReadonlyMap<string, PlannedStep>;

export const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const milliseconds = ({ seconds, nanos }: { readonly seconds: number; readonly nanos: number }): number =>
  seconds * 1000 + Math.round(nanos / 1e6);
