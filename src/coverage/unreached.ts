/**
 * What no scenario can run, with the reason: unreached.txt, a function a row, with the lines counted from its first one if it is a
 * part of it, and the release if it is of one alone: `hw/cxl/cxl-host.c:name+3,7-9@11.1 the reason`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileCounts, LineCounts } from './counts';

const FILE = join(__dirname, 'unreached.txt');

export interface Excuse {
  readonly file: string;
  readonly function: string;
  /** From the first line of the function, which is 0; undefined for all of it. */
  readonly lines?: ReadonlySet<number>;
  readonly release?: string;
  readonly reason: string;
}

/** Those of a release such as 10.0. */
export const excusesOf = (release: string): Excuse[] =>
  parseExcuses(readFileSync(FILE, 'utf8')).filter((each) => each.release === undefined || each.release === release);

/** @throws SyntaxError */
export function parseExcuses(text: string): Excuse[] {
  const rows = text.split('\n').filter((row) => row !== '' && !row.startsWith('#'));
  return rows.map((row) => {
    const [, file, name, lines, release, reason] =
      /^(\S+\.c):(\w+)(?:\+([\d,-]+))?(?:@(\d+\.\d+))? (.+)$/.exec(row) ?? [];
    if (!file || !name || !reason) throw new SyntaxError(`no function with a reason: ${row}`);
    return {
      file,
      function: name,
      ...(lines && { lines: new Set(lines.split(',').flatMap(numbersIn)) }),
      ...(release && { release }),
      reason,
    };
  });
}

function numbersIn(part: string): number[] {
  const [first = 0, last = first] = part.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** What never ran of a line: all of it, or ways that lead from it. */
export const isUnreached = ({ count, branches }: LineCounts): boolean =>
  count === 0 || branches.some((taken) => taken === 0);

/** The excuse for each line that needs one and has one. */
export function excused(file: FileCounts, excuses: readonly Excuse[]): Map<LineCounts, Excuse> {
  const starts = new Map(file.functions.map(({ name, line }) => [name, line]));
  const found = file.lines.filter(isUnreached).flatMap((line): [LineCounts, Excuse][] => {
    const offset = line.line - (starts.get(line.function) ?? 0);
    const excuse = excuses.find(
      (each) => each.file === file.file && each.function === line.function && (each.lines?.has(offset) ?? true),
    );
    return excuse ? [[line, excuse]] : [];
  });
  return new Map(found);
}
