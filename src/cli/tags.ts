/** Tag expressions: a section stands for all below it, and a tag that nothing has is a mistake. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBelow } from '../ledger/files';
import { alike } from '../ledger/spelling';
import { root } from './cucumber';
import { UsageError } from './exit';

const TAG = /@[^\s()]+/g;
const SECTION = /@(?:ACPI|CXL|PCIe|PCI)(?:-[\d.]+)*(?=[\s()]|$)/g;

let known: readonly string[] | undefined;

/** All tags of all features. */
export function allTags(): readonly string[] {
  known ??= [...new Set(featureTexts().flatMap((text) => lines(text).flatMap((line) => line.match(TAG) ?? [])))];
  return known;
}

const featureTexts = (): string[] =>
  readdirSync(join(root, 'features'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.feature'))
    .map((name) => readFileSync(join(root, 'features', name), 'utf8'));

/** Those that hold tags. */
const lines = (text: string): string[] => text.match(/^ *@.*$/gm) ?? [];

/** The expression with `(@CXL-3.1-8.2.4.20.7 or @CXL-3.1-8.2.4.20.12)` in the place of `@CXL-3.1-8.2.4.20`. */
export function withSections(expression: string): string {
  return expression.replace(SECTION, (section) => {
    const below = allTags().filter((tag) => isBelow(section, tag));
    return below.length > 0 ? `(${below.join(' or ')})` : section;
  });
}

/** @throws UsageError if an expression has a tag that no scenario has */
export function needTags(expression: string): void {
  for (const tag of withSections(expression).match(TAG) ?? []) {
    if (allTags().includes(tag)) continue;
    throw new UsageError(
      `no scenario is selected by --tags ${expression}: none has the tag ${tag}${alike(tag, allTags())}`,
    );
  }
}
