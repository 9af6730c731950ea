/** The folder of a run, as runs end and meet. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { thisProcess } from '../system/process-identity';
import { ReportFolder } from './folder';
import { ReportError } from './verdicts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'cxl-conformance-folder-'));
  writeFileSync(join(path, 'verdicts.json'), 'old verdicts');
  writeFileSync(join(path, 'messages.ndjson'), 'old messages');
  writeFileSync(join(path, 'notes'), 'of the user');
});
afterEach(() => rmSync(path, { recursive: true }));

const read = (name: string) => readFileSync(join(path, name), 'utf8');

/** As if a process had begun there. */
function begunBy(owner: object): void {
  mkdirSync(join(path, '.running'));
  writeFileSync(join(path, '.running/owner.json'), JSON.stringify(owner));
}

/** A process that begins there, is 2 scenarios of 5 far, and waits. */
const RUNS = `
const { ReportFolder } = require(${JSON.stringify(require.resolve('./folder'))});
const folder = ReportFolder.begin(process.argv[1]);
require('node:fs').writeFileSync(folder.staging + '/messages.ndjson', 'new messages');
folder.extent = { done: 2, planned: 5 };
process.stdout.write('begun');
setInterval(() => {}, 1000);
`;

async function runThere() {
  const args = ['--require', 'ts-node/register/transpile-only', '-e', RUNS, path];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child.stdout, 'data');
  const end = async (signal: NodeJS.Signals): Promise<string> => {
    child.kill(signal);
    await once(child, 'close');
    return said;
  };
  return { end, pid: child.pid };
}

test('what a run writes replaces what was there when all of it is there, and nothing else', () => {
  const folder = ReportFolder.begin(path);
  writeFileSync(join(folder.staging, 'verdicts.json'), 'new verdicts');
  writeFileSync(join(folder.staging, 'messages.ndjson'), 'new messages');
  expect([read('verdicts.json'), read('messages.ndjson')]).toEqual(['old verdicts', 'old messages']);
  folder.publish();
  expect([read('verdicts.json'), read('messages.ndjson'), read('notes')]).toEqual([
    'new verdicts',
    'new messages',
    'of the user',
  ]);
  expect(readdirSync(path).sort()).toEqual(['messages.ndjson', 'notes', 'verdicts.json']);
});

test('a run that gives up leaves what was there, and gives it up once', () => {
  const folder = ReportFolder.begin(path);
  folder.abandon();
  const next = ReportFolder.begin(path);
  folder.abandon();
  expect(existsSync(next.staging)).toBe(true);
  next.abandon();
  expect(readdirSync(path).sort()).toEqual(['messages.ndjson', 'notes', 'verdicts.json']);
});

test('a second run at once is refused, and says which process writes', async () => {
  const { end, pid } = await runThere();
  expect(() => ReportFolder.begin(path)).toThrow(`another run, process ${pid}, writes into ${path}: wait for its end`);
  await end('SIGKILL');
});

test('a run on another host is not taken for one that is gone', () => {
  begunBy({ ...thisProcess(), host: 'elsewhere', pid: 1 });
  expect(() => ReportFolder.begin(path)).toThrow(/process 1 on elsewhere, writes into/);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`a run that ${signal} ends says how far it came, and leaves no old verdicts beside new messages`, async () => {
    const { end } = await runThere();
    expect(await end(signal)).toMatch(
      /^interrupted after 2 of 5 scenarios: .*incomplete; what earlier runs have left is as it was\n$/,
    );
    expect([read('verdicts.json'), read('messages.ndjson')]).toEqual(['old verdicts', 'old messages']);
    expect(read('incomplete/messages.ndjson')).toBe('new messages');
    expect(read('incomplete/summary.txt')).toBe('cxl-conformance: interrupted after 2 of 5 scenarios\n');
    ReportFolder.begin(path).publish();
    expect(readdirSync(path).sort()).toEqual(['messages.ndjson', 'notes']);
  });
}

test('what a killed run has left does not keep the next one out, which says how far it came', async () => {
  const { end } = await runThere();
  const messages = ['{"meta":{}}', '{"testCase":{}}', '{"testCase":{}}', '{"testCaseFinished":{}}', ''].join('\n');
  writeFileSync(join(path, '.running/messages.ndjson'), messages);
  await end('SIGKILL');
  const begin = `require(${JSON.stringify(require.resolve('./folder'))}).ReportFolder.begin(process.argv[1]).abandon()`;
  const { stderr } = await execa(process.execPath, ['--require', 'ts-node/register/transpile-only', '-e', begin, path]);
  expect(stderr).toMatch(/^the run before, process \d+, ended after 1 of 2 scenarios and left no verdicts$/);
  expect(readdirSync(path).sort()).toEqual(['messages.ndjson', 'notes', 'verdicts.json']);
});

test('another process that has come to have the same id is not the one that wrote', () => {
  begunBy({ ...thisProcess(), started: '1' });
  const folder = ReportFolder.begin(path);
  expect(folder.staging).toBe(join(path, '.running'));
  folder.abandon();
});

test('a folder that cannot be written is said before anything starts', () => {
  expect(() => ReportFolder.begin(join(path, 'notes/reports'))).toThrow(ReportError);
  expect(() => ReportFolder.begin('/proc/reports')).toThrow(/reports cannot be written into \/proc\/reports: ENOENT/);
});
