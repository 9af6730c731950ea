import { test } from 'node:test';
import { expect } from 'expect';
import { CHANGES, type Change, type ChangeKind, type Comparison, type Unasserted } from './comparison';
import { comparisonMarkdown } from './comparison-markdown';
import { comparisonText } from './comparison-text';

const side = (version: string) => ({ qemu: `/${version}`, version, package: `v${version}`, digest: 'ab'.repeat(32) });

const change = (kind: ChangeKind, n: number, more: Partial<Change> = {}): Change => ({
  kind,
  id: `X-1.${n}`,
  rule: 'r',
  name: 'n',
  feature: 'f',
  uri: 'x.feature',
  line: n,
  before: { verdict: 'conforms' },
  after: { verdict: 'fails', words: `Expected: ${n}\nReceived: 0` },
  worse: false,
  ...more,
});

const comparison = (changes: Change[], unasserted: Unasserted[] = []): Comparison => ({
  suite: '0.1.0',
  base: side('10.0.13'),
  patched: side('10.0.50'),
  scenarios: 1242,
  machines: 160,
  changes,
  unasserted,
  notLookedAt: ['20 of 120 machines'],
  flaky: 1,
  worse: changes.some(({ worse }) => worse),
});

const unasserted = (n: number): Unasserted => ({
  area: `area ${n}`,
  what: 'CEDT CFMWS restrictions',
  base: '15',
  patched: '47',
  commandLine: 'qemu -M q35',
  worse: false,
});

test('a comparison in which nothing differs says so', () => {
  const text = comparisonText({ ...comparison([]), flaky: 0, notLookedAt: [] });
  expect(text.split('\n').slice(2)).toEqual([
    '1242 scenarios: none changed',
    'registers, tables and answers compared on 160 machines',
    'nothing changed',
    '',
  ]);
});

test('of any number of changes there are at most 20 lines of 72 columns, and each kind is there', () => {
  const changes = CHANGES.flatMap((kind) => Array.from({ length: 30 }, (_, n) => change(kind, n)));
  const differences = Array.from({ length: 30 }, (_, n) => unasserted(n));
  const lines = comparisonText(comparison(changes, differences)).trimEnd().split('\n');
  expect(lines).toHaveLength(20);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(72);
  const kinds = ['newly failing', 'newly broken', 'no longer applicable', 'fails in other words', 'mended'];
  for (const kind of [...kinds, 'newly conforming', 'became applicable']) {
    expect(lines.slice(3)).toContainEqual(expect.stringMatching(`^${kind}`));
  }
  expect(lines).toContainEqual('and differences in 26 other areas, which --json lists');
});

test('what was not looked at is printed whole, and lines that are cut say where they are whole', () => {
  const long = Array.from({ length: 12 }, (_, n) => ({ ...unasserted(n), what: 'field '.repeat(20) }));
  const notLookedAt = ['what a guest sees of it', 'machines with what one of the two does not have', 'virt'];
  const lines = comparisonText({ ...comparison([], long), notLookedAt })
    .trimEnd()
    .split('\n');
  expect(lines.slice(-3)).toEqual([
    'not looked at: what a guest sees of it; machines with what one of the',
    '    two does not have; virt',
    'nothing got worse; --markdown prints the lines that are cut',
  ]);
  expect(lines.length).toBeLessThanOrEqual(20);
});

test('changes of one quirk share a line, and what no scenario asserts has one for each area', () => {
  const mended = [1, 2].map((n) => change('mended', n, { quirk: 'chbs-short' }));
  const broken = change('newly-failing', 3, { worse: true });
  expect(
    comparisonText(comparison([broken, ...mended], [unasserted(1)]))
      .split('\n')
      .slice(3, 6),
  ).toEqual([
    'newly failing: X-1.3: Expected: 3; Received: 0',
    'mended: chbs-short, 2: X-1.1, X-1.2',
    'area 1 CEDT CFMWS restrictions: 15 -> 47',
  ]);
});

test('Markdown has the command lines and no line break within a cell', () => {
  const text = comparisonMarkdown(comparison([change('other-words', 1)], [unasserted(1)]));
  expect(text).toContain('| other-words | X-1.1 | Expected: 1; Received: 0 | conforms | Expected: 1; Received: 0 |');
  expect(text).toContain('```sh\nqemu -M q35\n```');
});
