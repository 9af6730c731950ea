/** Shards of a run on the simulator, some of whose scenarios fail, and the same run whole. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { ALLURE_RESULTS, JUNIT_FILE, MESSAGES_FILE, PICTURE_FILE, SUMMARY_FILE } from '../report/files';
import { VERDICTS_FILE } from '../report/verdicts';
import { makeScratch } from '../system/scratch';
import { EXIT } from './exit';

/** Three features, of which each shard has others; one scenario conforms, and nothing that failed before comes first. */
const SELECTED = ['--id', 'E820', '--id', 'CEDT-1', '--id', 'SLIT-1'];
const SIMULATOR = ['--target', 'simulator'];
const QUIRK = ['--quirk', 'e820-reserves-cfmws'];

const directory = makeScratch();
const at = (name: string) => join(directory, name);
const SHARDS = ['1', '2', '3'].map(at);

before(async () => {
  await cli('run', ...SIMULATOR, '--id', 'E820-1.2', '--output', at('whole'));
  const runs = [['--output', at('whole')], ...SHARDS.map((path, i) => ['--shard', `${i + 1}/3`, '--output', path])];
  for (const options of runs) await cli('run', ...SIMULATOR, ...QUIRK, ...SELECTED, ...options);
});
after(() => rmSync(directory, { recursive: true }));

async function cli(...args: string[]) {
  const { exitCode, stderr } = await execa('node', [join(__dirname, 'main.js'), ...args], { reject: false });
  return { exitCode, stderr };
}

test('shards that are merged are the whole run, byte for byte but for times and random ids', async () => {
  const [one = '', two = '', three = ''] = SHARDS;
  expect(await cli('merge', three, one, two, '--output', at('merged'))).toEqual({
    exitCode: EXIT.lookAtIt,
    stderr: '',
  });
  expect(readdirSync(at('merged')).sort()).toEqual(readdirSync(at('whole')).sort());
  for (const file of [VERDICTS_FILE, JUNIT_FILE, SUMMARY_FILE, PICTURE_FILE, MESSAGES_FILE]) {
    const [merged = [], whole = []] = ['merged', 'whole'].map((run) =>
      timeless(readFileSync(join(at(run), file), 'utf8')),
    );
    expect(merged.length).toBeGreaterThan(2);
    expect(merged).toEqual(whole);
  }
  const [merged = [], whole = []] = ['merged', 'whole'].map((run) => allureResults(join(at(run), ALLURE_RESULTS)));
  expect(merged.length).toBeGreaterThan(10);
  expect(merged).toEqual(whole);
});

for (const [title, change, words] of [
  ['a shard that is missing', () => [0, 1], 'shard 3/3 is missing: name its folder too'],
  ['a shard that is named twice', () => [0, 1, 1, 2], /both hold shard 2\/3$/],
  ['a run that is no shard', (path: string) => edit(path, (verdicts) => delete verdicts.shard), /holds no shard, but/],
  [
    'a shard of another target',
    (path: string) =>
      edit(path, (v) => {
        v.target = 'qtest';
      }),
    /target is "simulator", and "qtest"$/,
  ],
  [
    'a shard of another suite',
    (path: string) =>
      edit(path, (v) => {
        v.suiteDigest = 'f';
      }),
    /is from another version of this suite/,
  ],
  ['messages that tell otherwise', (path: string) => lose(path), /once merged, and was/],
] as const) {
  test(`${title} is refused, and nothing is written`, async () => {
    const changed = join(at(title.replaceAll(' ', '-')));
    cpSync(at('3'), changed, { recursive: true });
    const chosen = change(changed)?.map((i) => SHARDS[i] ?? '') ?? [...SHARDS.slice(0, 2), changed];
    const { exitCode, stderr } = await cli('merge', ...chosen, '--output', at('refused'));
    expect(stderr).toMatch(words);
    expect({ exitCode, written: existsSync(at('refused')) }).toEqual({ exitCode: EXIT.broken, written: false });
  });
}

test('what --keep has left of each shard is in the merged run', async () => {
  mkdirSync(join(at('1'), 'failures/E820-1.1-1'), { recursive: true });
  writeFileSync(join(at('1'), 'failures/E820-1.1-1/reproduce.sh'), '# a script\n');
  await cli('merge', ...SHARDS, '--output', at('kept'));
  expect(readFileSync(join(at('kept'), 'failures/E820-1.1-1/reproduce.sh'), 'utf8')).toBe('# a script\n');
});

function edit(path: string, change: (verdicts: Record<string, unknown>) => unknown): undefined {
  const file = join(path, VERDICTS_FILE);
  const verdicts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  change(verdicts);
  writeFileSync(file, JSON.stringify(verdicts));
}

/** Messages without the end of any scenario. */
function lose(path: string): undefined {
  const file = join(path, MESSAGES_FILE);
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, lines.filter((line) => !line.startsWith('{"testCaseFinished"')).join('\n'));
}

const TIMES = [
  /"(seconds|nanos|duration_ms|start|stop)": ?\d+/g,
  /"started": ?"[^"]*"/g,
  /\btime="[^"]*"/g,
  /"uuid": ?"[0-9a-f]+"/g,
];

/** Its lines without times, and with random ids numbered as they come. */
function timeless(text: string): string[] {
  const ids = new Map<string, string>();
  const numbered = text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    const name = ids.get(id) ?? `id ${ids.size + 1}`;
    ids.set(id, name);
    return name;
  });
  return TIMES.reduce((left, time) => left.replace(time, '"a time"'), numbered).split('\n');
}

/** In an order of their own, for the name of each file has a time in it. */
const allureResults = (path: string): string[] =>
  readdirSync(path)
    .map((name) => {
      const text = timeless(readFileSync(join(path, name), 'utf8')).join('\n');
      return /-(result|container)\.json$/.test(name) ? text : `${name}\n${text}`;
    })
    .sort();
