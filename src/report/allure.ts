/**
 * Allure results, written from what was collected and not by Cucumber's own reporter, which shows failed hooks as passed
 * and merges scenarios of the same name.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabelName, Stage, type Status, type TestResult } from 'allure-js-commons';
import type { QuirkName } from '../ledger/quirks';
import { quirks } from '../ledger/quirks';
import type { Subject } from '../ledger/verdict';
import { attachmentsOf, type Pictures, picturesIn } from './allure-attachments';
import { ALLURE_STATUS, categoriesOf, messageStart } from './allure-categories';
import { descriptionOf } from './allure-description';
import { environmentOf, parametersOf, propertiesOf } from './allure-environment';
import { AllureFiles, hash } from './allure-files';
import { commitLinks, fileLinks, sourceLink, threadLink } from './allure-links';
import { stepsOf } from './allure-steps';
import type { Run, ScenarioResult } from './collect';
import { headline, renderFailure } from './failure';
import { folderName } from './folder-name';
import { verdictOf } from './verdicts';

/** Replaces what is in `directory`. */
export async function writeAllureResults(directory: string, { subject, scenarios }: Run): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const files = new AllureFiles();
  const pictures = picturesIn(scenarios, files);
  const results = scenarios.map((scenario) => resultOf(scenario, subject, files, pictures));
  const write = (name: string, content: string) => writeFile(join(directory, name), content);
  await Promise.all(results.map((result) => write(`${result.uuid}-result.json`, JSON.stringify(result))));
  await files.write(directory);
  const known = scenarios.flatMap(({ verdict, quirk }) => (verdict === 'known' && quirk ? [quirk] : []));
  await write('categories.json', JSON.stringify(categoriesOf(known)));
  await write('environment.properties', propertiesOf({ [folderName(subject)]: environmentOf(subject) }));
}

/** Where a result is in the report; all results of a run have the same row. */
export interface Place {
  readonly row: string;
  readonly id: string;
}

/** One history, and one result in a report, for each scenario on each row. */
export const identityOf = ({ row, id }: Place) => ({ historyId: hash(row, id), testCaseId: hash(row, id) });

function resultOf(scenario: ScenarioResult, subject: Subject, files: AllureFiles, pictures: Pictures): TestResult {
  const { id, name, feature, uri, rule, verdict, quirk, started, duration, requirements, sources } = scenario;
  const told = verdictOf(scenario, subject);
  const message = `${messageStart(scenario)}${headline(told).replace(`${quirk}: `, '')}`;
  const row = folderName(subject);
  const label = (of: string, value: string) => ({ name: of, value });
  return {
    uuid: hash(row, id, `${started}`),
    ...identityOf({ row: [row, subject.qemuDigest ?? ''].join(' ').trim(), id }),
    name: `[${id}] ${name}`,
    fullName: `${subject.target}: ${id}`,
    status: (verdict === 'known' ? undefined : ALLURE_STATUS[verdict]) as Status, // none is what Allure calls unknown
    statusDetails: verdict === 'conforms' ? {} : { message, trace: renderFailure(told) },
    stage: Stage.FINISHED,
    start: started,
    stop: started + duration,
    descriptionHtml: descriptionOf(scenario, told),
    labels: [
      label(LabelName.PARENT_SUITE, row),
      label(LabelName.SUITE, feature),
      label(LabelName.SUB_SUITE, rule),
      label(LabelName.EPIC, areaOf(uri)),
      label(LabelName.FEATURE, rule || feature),
      label(LabelName.STORY, `[${id}] ${name}`),
      ...[verdict, ...requirements, ...sources].map((tag) => label(LabelName.TAG, tag)),
    ],
    links: [
      ...requirements.map(threadLink),
      ...sources.flatMap(sourceLink),
      ...(quirk ? defectLinks(quirks[quirk as QuirkName].source, subject) : []),
    ],
    parameters: parametersOf(subject),
    steps: stepsOf(scenario, files),
    attachments: attachmentsOf(scenario, files, pictures),
  };
}

const defectLinks = (source: string, { qemu }: Subject) => [...commitLinks(source), ...fileLinks(source, qemu)];

/** The folder of a feature: `features/memory-map/e820.feature` is about `memory-map`. */
const areaOf = (uri: string): string => uri.split('/').slice(0, -1).pop() ?? uri;
