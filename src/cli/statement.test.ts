/** The statements that are kept: they count all that they say, and their pages are made of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { parse } from 'yaml';
import { unfolded } from '../ledger/kill-list';
import { VERDICTS, type Verdict } from '../ledger/verdict';
import type { Statement } from '../report/statement';
import { makeScratch } from '../system/scratch';
import { root } from './cucumber';
import { EXIT } from './exit';
import { pagesOf } from './statement';

const HOME = join(root, 'reports/statements');
const files = readdirSync(HOME).filter((name) => name.endsWith('.yaml'));
const read = (name: string): string => readFileSync(join(HOME, name), 'utf8');

test('there are statements of QEMU 7.2, 10.0 and 11.1', () => {
  const releases = files.map((name) => /^qtest-(\d+\.\d+)/.exec(name)?.[1]);
  expect(releases).toEqual(expect.arrayContaining(['7.2', '10.0', '11.1']));
});

for (const name of files) {
  test(`the ids in ${name} are as many as its totals say, each once`, () => {
    const statement = parse(read(name)) as Statement;
    const count = (folded: readonly string[]) => new Set(folded.flatMap(unfolded)).size;
    expect(countedIn(statement, count)).toEqual(statement.totals);
    const ids = statement.areas.flatMap(({ conforms, known, absent, fails }) => [
      ...[conforms, ...[...known, ...absent].map(({ scenarios }) => scenarios)].flat(2).flatMap(unfolded),
      ...fails.map(({ id }) => id),
    ]);
    expect(new Set(ids).size).toBe(Object.values(statement.totals).reduce((sum, each) => sum + each, 0));
  });
}

test('the pages of the statements are those that the command makes of them', () => {
  const pages = pagesOf(HOME);
  expect([...pages.keys()].sort()).toEqual(
    readdirSync(HOME)
      .filter((name) => name.endsWith('.md'))
      .sort(),
  );
  for (const [name, text] of pages) expect(read(name)).toBe(text);
});

test('a folder without a run, and one without statements, are refused in a sentence', async () => {
  const empty = makeScratch();
  for (const [args, words] of [
    [[empty], /is not the folder of a finished run: it has no verdicts\.json$/],
    [[], /there are no statements in .*: name the folder of a run$/],
  ] as const) {
    const command = [join(__dirname, 'main.js'), 'statement', ...args, '--output', empty];
    const { exitCode, stderr } = await execa('node', command, { reject: false });
    expect(exitCode).toBe(EXIT.broken);
    expect(stderr).toMatch(words);
    expect(readdirSync(empty)).toEqual([]);
  }
});

/** How many scenarios a statement names, by verdict: what its totals must be. */
function countedIn({ areas }: Statement, count: (folded: readonly string[]) => number): Statement['totals'] {
  const sums = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { conforms, known, absent, fails } of areas) {
    sums.conforms += count(conforms);
    for (const { scenarios } of known) sums.known += count(scenarios);
    for (const { scenarios } of absent) sums['not-applicable'] += count(scenarios);
    for (const { verdict } of fails) sums[verdict] += 1;
  }
  return sums;
}
