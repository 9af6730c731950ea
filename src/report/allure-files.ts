/** Files that results refer to, each written once however many refer to it. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from 'allure-js-commons';

export class AllureFiles {
  readonly #bodies = new Map<string, string | Buffer>();

  /** What a result or step has as an attachment. @param extension With its dot. */
  add(name: string, type: string, extension: string, body: string | Buffer): Attachment {
    const source = `${hash(body)}-attachment${extension}`;
    this.#bodies.set(source, body);
    return { name, source, type };
  }

  async write(directory: string): Promise<void> {
    await Promise.all([...this.#bodies].map(([source, body]) => writeFile(join(directory, source), body)));
  }
}

export const hash = (...parts: readonly (string | Buffer)[]): string => {
  const sum = createHash('md5');
  parts.forEach((part, i) => {
    sum.update(i > 0 ? '\0' : '').update(part);
  });
  return sum.digest('hex');
};
