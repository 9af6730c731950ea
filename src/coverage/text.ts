/** What was run and what never was, as text. */
import type { FileCounts, LineCounts } from './counts';
import { type Excuse, excused, isUnreached } from './unreached';

/** Lines and branches: all, and those that were run. */
export interface Part {
  readonly lines: number;
  readonly linesRun: number;
  readonly branches: number;
  readonly branchesRun: number;
}

const partOf = (lines: readonly LineCounts[]): Part => {
  const branches = lines.flatMap((line) => line.branches);
  return {
    lines: lines.length,
    linesRun: lines.filter(({ count }) => count > 0).length,
    branches: branches.length,
    branchesRun: branches.filter((taken) => taken > 0).length,
  };
};

/** Of all files. */
export const whole = (files: readonly FileCounts[]): Part => partOf(files.flatMap(({ lines }) => lines));

/** Without what has a reason never to be run. */
export function reachable(files: readonly FileCounts[], excuses: readonly Excuse[]): Part {
  const lines = files.flatMap((file) => {
    const given = excused(file, excuses);
    return file.lines.flatMap((line): LineCounts[] => {
      if (!given.has(line)) return [line];
      return line.count === 0 ? [] : [{ ...line, branches: line.branches.filter((taken) => taken > 0) }];
    });
  });
  return partOf(lines);
}

export const percent = (run: number, all: number): number => (all === 0 ? 100 : (100 * run) / all);

/** A row for each file, and the sum. */
export function showTable(files: readonly FileCounts[]): string[] {
  const rows = [
    ...files.map(({ file, lines }) => ({ name: file, part: partOf(lines) })),
    { name: 'all', part: whole(files) },
  ];
  const width = Math.max(...rows.map(({ name }) => name.length));
  const share = (run: number, all: number) =>
    `${run}/${all}`.padStart(11) + `${percent(run, all).toFixed(1)} %`.padStart(9);
  return [
    `${''.padEnd(width)}${'lines'.padStart(20)}${'branches'.padStart(20)}`,
    ...rows.map(
      ({ name, part }) =>
        name.padEnd(width) + share(part.linesRun, part.lines) + share(part.branchesRun, part.branches),
    ),
  ];
}

/** By function: that it was never called, or its lines that never ran and those with branches never taken. */
export function showUnreached(files: readonly FileCounts[], excuses: readonly Excuse[]): string[] {
  return files.flatMap((file) => {
    const given = excused(file, excuses);
    const left = file.lines.filter((line) => isUnreached(line) && !given.has(line));
    const rows = file.functions.flatMap(({ name, line, calls }) => {
      const own = left.filter((each) => each.function === name);
      if (own.length === 0) return [];
      return [`  ${name} (line ${line}): ${calls === 0 ? 'never called' : showLines(own)}`];
    });
    return rows.length > 0 ? [file.file, ...rows] : [];
  });
}

function showLines(lines: readonly LineCounts[]): string {
  const never = lines.filter(({ count }) => count === 0).map(({ line }) => line);
  const half = lines.filter(({ count }) => count > 0);
  const branches = half.map(
    ({ line, branches: ways }) => `${line} (${ways.filter((taken) => taken === 0).length} of ${ways.length})`,
  );
  return [
    ...(never.length > 0 ? [`lines ${ranges(never)} never ran`] : []),
    ...(branches.length > 0 ? [`branches never taken at ${branches.join(', ')}`] : []),
  ].join('; ');
}

/** `3, 7-9`. */
function ranges(numbers: readonly number[]): string {
  const firsts = numbers.filter((n) => !numbers.includes(n - 1));
  const lasts = numbers.filter((n) => !numbers.includes(n + 1));
  return firsts.map((first, i) => (first === lasts[i] ? `${first}` : `${first}-${lasts[i]}`)).join(', ');
}

/** Reasons with how much each excuses, and those for what was run after all, or is not there. */
export function showExcuses(files: readonly FileCounts[], excuses: readonly Excuse[]): string[] {
  const used = new Map<Excuse, number>();
  for (const file of files)
    for (const excuse of excused(file, excuses).values()) used.set(excuse, (used.get(excuse) ?? 0) + 1);
  const name = (each: Excuse) => `${each.file}:${each.function}`;
  return [
    ...excuses
      .filter((each) => used.has(each))
      .map((each) => `  ${name(each)}, ${used.get(each)} lines: ${each.reason}`),
    ...excuses
      .filter((each) => !used.has(each))
      .map((each) => `  ${name(each)}: nothing of it is left to run; remove the row (${each.reason})`),
  ];
}
