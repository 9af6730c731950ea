/**
 * Allure results, written from what was collected and not by Cucumber's own reporter, which shows failed hooks as passed
 * and merges scenarios of the same name.
 */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestStepResultStatus } from '@cucumber/messages';
import { Stage, Status, type StepResult, type TestResult } from 'allure-js-commons';
import { createStepResult, createTestResult, FileSystemWriter } from 'allure-js-commons/sdk/reporter';
import type { Subject, Verdict } from '../ledger/verdict';
import { bodyOf, type Run, type ScenarioResult } from './collect';
import { headline, renderFailure } from './failure';
import { folderName } from './folder-name';
import { verdictOf } from './verdicts';

export const ALLURE_STATUS: Readonly<Record<Verdict, Status>> = {
  conforms: Status.PASSED,
  known: Status.SKIPPED,
  'not-applicable': Status.SKIPPED,
  fails: Status.FAILED,
  fixed: Status.FAILED,
  broken: Status.BROKEN,
};

const CATEGORIES = [
  { name: 'Does not conform', matchedStatuses: [Status.FAILED] },
  { name: 'Known quirk of this release', messageRegex: 'known: .*', matchedStatuses: [Status.SKIPPED] },
  { name: 'Not applicable to this target', messageRegex: 'not-applicable: .*', matchedStatuses: [Status.SKIPPED] },
  { name: 'The environment broke', matchedStatuses: [Status.BROKEN] },
];

/** Replaces what is in `directory`. */
export async function writeAllureResults(directory: string, { subject, scenarios }: Run): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const writer = new FileSystemWriter({ resultsDir: directory });
  const results = scenarios.map((scenario) => resultOf(scenario, subject, writer));
  const write = (result: TestResult) =>
    writeFile(join(directory, `${result.uuid}-result.json`), JSON.stringify(result));
  await Promise.all(results.map(write)); // the writer would wait for the disk after each
  writer.writeCategoriesDefinitions(CATEGORIES);
  const { qemu, kernel } = subject;
  writer.writeEnvironmentInfo({
    [folderName(subject)]:
      [qemu && `QEMU ${qemu}`, kernel && `Linux ${kernel}`].filter(Boolean).join(', ') || 'in process',
  });
}

function resultOf(scenario: ScenarioResult, subject: Subject, writer: FileSystemWriter): TestResult {
  const { id, name, feature, rule, verdict, started, duration, requirements, sources } = scenario;
  const told = verdictOf(scenario, subject);
  const label = (of: string, value: string) => ({ name: of, value });
  const identity = hash(folderName(subject), id); // one that another run has would hide its result
  return {
    ...createTestResult(hash(identity, `${started}`), identity),
    name: `[${id}] ${name}`,
    fullName: `${subject.target}: ${id}`,
    testCaseId: hash(subject.target, id),
    status: ALLURE_STATUS[verdict],
    statusDetails:
      verdict === 'conforms' ? {} : { message: `${verdict}: ${headline(told)}`, trace: renderFailure(told) },
    stage: Stage.FINISHED,
    start: started,
    stop: started + duration,
    labels: [
      label('parentSuite', folderName(subject)),
      label('suite', feature),
      label('subSuite', rule),
      label('epic', feature),
      label('feature', rule),
      label('story', subject.target),
      ...[verdict, ...requirements, ...sources].map((tag) => label('tag', tag)),
    ],
    steps: scenario.steps.filter(({ text, message }) => text !== 'hook' || message).map(stepOf),
    attachments: scenario.attachments.map((attachment, i) => {
      const title = attachment.fileName ?? `attachment ${i + 1}`;
      const source = `${hash(identity, title, `${i}`)}-attachment${/\.\w+$/.exec(title)?.[0] ?? ''}`;
      writer.writeAttachment(source, bodyOf(attachment));
      return { name: title, source, type: attachment.mediaType };
    }),
  };
}

function stepOf({ text, status, message }: ScenarioResult['steps'][number]): StepResult {
  const shown = {
    [TestStepResultStatus.PASSED]: Status.PASSED,
    [TestStepResultStatus.SKIPPED]: Status.SKIPPED,
    [TestStepResultStatus.FAILED]: Status.FAILED,
  } as Partial<Record<TestStepResultStatus, Status>>;
  return {
    ...createStepResult(),
    name: text,
    status: shown[status] ?? Status.BROKEN,
    stage: Stage.FINISHED,
    statusDetails: { message },
  };
}

const hash = (...parts: readonly string[]): string => createHash('md5').update(parts.join('\0')).digest('hex');
