/** What a scenario has left, as attachments of its result. The picture of a machine that several have is one file. */
import type { Attachment as Attached } from 'allure-js-commons';
import type { AllureFiles } from './allure-files';
import { bodyOf, type ScenarioResult } from './collect';
import { SAME_PICTURE_MEDIA_TYPE } from './machine-picture';

const PICTURE = /^machine-\w+\.svg$/;

/** Pictures of machines by the names under which scenarios have them. */
export type Pictures = ReadonlyMap<string, Attached>;

export function picturesIn(scenarios: readonly ScenarioResult[], files: AllureFiles): Pictures {
  const pictures = new Map<string, Attached>();
  for (const attachment of scenarios.flatMap(({ attachments }) => attachments)) {
    const { fileName = '', mediaType } = attachment;
    if (!PICTURE.test(fileName) || mediaType === SAME_PICTURE_MEDIA_TYPE || pictures.has(fileName)) continue;
    pictures.set(fileName, files.add('machine and memory map', mediaType, '.svg', bodyOf(attachment)));
  }
  return pictures;
}

export function attachmentsOf({ attachments }: ScenarioResult, files: AllureFiles, pictures: Pictures): Attached[] {
  return attachments.flatMap((attachment, i) => {
    const title = attachment.fileName ?? `attachment ${i + 1}`;
    if (PICTURE.test(title)) return pictures.get(title) ?? [];
    return files.add(title, attachment.mediaType, /\.\w+$/.exec(title)?.[0] ?? '', bodyOf(attachment));
  });
}
