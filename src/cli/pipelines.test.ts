/** The pipelines of GitLab and GitHub: they parse, run the same rows in whole sets of shards, and call scripts that are there. */
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { parse } from 'yaml';
import { root } from './cucumber';

const GITLAB = '.gitlab-ci.yml';
const GITHUB = '.github/workflows/conformance.yml';
const GITHUB_ROW = '.github/workflows/row.yml';
const ROWS = [
  'guest-sid',
  'guest-trixie',
  'qtest-bookworm',
  'qtest-sid',
  'qtest-sid-aarch64',
  'qtest-trixie',
  'simulator',
];

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

interface GitLabJob {
  readonly extends?: string;
  readonly variables?: { readonly ROW: string; readonly SHARD: string };
  readonly parallel?: {
    readonly matrix: readonly { readonly ROW: readonly string[]; readonly SHARD: readonly string[] }[];
  };
}

interface GitHubJob {
  readonly uses?: string;
  readonly with?: Readonly<Record<'row' | 'index' | 'of', string | number>>;
  readonly strategy?: { readonly matrix: { readonly row: readonly string[]; readonly index: readonly number[] } };
}

/** Shards by row. */
type Rows = Readonly<Record<string, readonly string[]>>;

function gitLabRows(): Rows {
  const jobs = Object.values(parse(textOf(GITLAB)) as Record<string, GitLabJob>).filter(
    (job) => job?.extends === '.row',
  );
  return Object.fromEntries(
    jobs.flatMap(({ variables, parallel }) => [
      ...(variables ? [[variables.ROW, [variables.SHARD]]] : []),
      ...(parallel?.matrix ?? []).flatMap(({ ROW, SHARD }) => ROW.map((row) => [row, SHARD])),
    ]),
  );
}

function gitHubRows(): Rows {
  const { jobs } = parse(textOf(GITHUB)) as { readonly jobs: Record<string, GitHubJob> };
  const callers = Object.values(jobs).filter(({ uses }) => uses === `./${GITHUB_ROW}`);
  return Object.fromEntries(
    callers.flatMap(({ with: given, strategy }) => {
      const { row = [`${given?.row}`], index = [Number(given?.index)] } = strategy?.matrix ?? {};
      return row.map((each) => [each, index.map((i) => `${i}/${given?.of}`)]);
    }),
  );
}

for (const [forge, rows] of [
  ['GitLab', gitLabRows()],
  ['GitHub', gitHubRows()],
] as const) {
  test(`${forge} runs each row in shards that are all of the row`, () => {
    expect(Object.keys(rows).sort()).toEqual(ROWS);
    for (const shards of Object.values(rows)) {
      expect(shards).toEqual(shards.map((_, i) => `${i + 1}/${shards.length}`));
    }
  });
}

test('GitLab and GitHub run the same rows in the same shards', () => {
  expect(gitLabRows()).toEqual(gitHubRows());
});

for (const path of [GITLAB, GITHUB, GITHUB_ROW]) {
  test(`what ${path} calls of .ci and package.json is there`, () => {
    const text = textOf(path);
    const scripts = [...text.matchAll(/(?<=[\s"])\.ci\/\w+(?=\s)(?! says)/g)].map(([script]) => script);
    for (const script of scripts) accessSync(join(root, script), constants.X_OK);
    const named = [...text.matchAll(/npm run (\w+)/g)].map(([, name]) => name);
    const there = Object.keys((JSON.parse(textOf('package.json')) as { readonly scripts: object }).scripts);
    expect(named.filter((name) => !there.includes(`${name}`))).toEqual([]);
    expect(scripts.length).toBeGreaterThan(0);
  });
}

test('a job of GitLab waits for a stage that there is, and a job of GitHub for jobs that there are', () => {
  const { stages, ...jobs } = parse(textOf(GITLAB)) as { readonly stages: readonly string[] } & Record<
    string,
    { stage?: string }
  >;
  const used = Object.values(jobs).flatMap(({ stage }) => stage ?? []);
  expect(new Set(used)).toEqual(new Set(stages));
  const github = (parse(textOf(GITHUB)) as { readonly jobs: Record<string, { readonly needs?: string | string[] }> })
    .jobs;
  const needed = Object.values(github).flatMap(({ needs = [] }) => needs);
  expect(needed.filter((name) => !Object.hasOwn(github, name))).toEqual([]);
  expect(needed).toEqual(['simulator', 'qtest', 'guest', 'merge']);
});
