/** What makes other reporters show green: run on Cucumber itself, with hooks and steps that go wrong. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, test } from 'node:test';
import { loadConfiguration, loadSupport, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';
import { collect, type Run } from './collect';
import { renderFailure } from './failure';
import { FailureLog } from './failure-log';
import { ALLURE_RESULTS, JUNIT_FILE, MESSAGES_FILE, SUMMARY_FILE } from './files';
import { JUDGEMENT_MEDIA_TYPE } from './judgement-attachment';
import { allureTotals, reconcile } from './reconcile';
import { ReportError, readVerdicts, type ScenarioVerdict, verdictOf, verdictsOf } from './verdicts';
import { writeReports } from './write';

const FEATURE = `
@thread-T1
Feature: traps
  @id:TRAP-1
  Rule: a rule
    @id:TRAP-1.1
    Scenario: all is well
      Given a step
    @id:TRAP-1.2 @before
    Scenario: a Before hook fails
      Given a step
    @id:TRAP-1.3 @after
    Scenario: an After hook fails
      Given a step
    @id:TRAP-1.4 @afterstep
    Scenario: an AfterStep hook fails
      Given a step
    @id:TRAP-1.5
    Scenario: a step is undefined
      Given nobody knows
    @id:TRAP-1.6
    Scenario: a step is pending
      Given a pending step
    @id:TRAP-1.7
    Scenario: the same name
      Given a step
    @id:TRAP-1.8
    Scenario: the same name
      Given a failing step
    @id:TRAP-1.9 @silent
    Scenario: no verdict is attached
      Given a step
    @id:TRAP-1.10
    Scenario Outline: identical rows
      Given a step
      Examples: one
        | x |
        | 1 |
      Examples: two
        | x |
        | 1 |
`;

const STEPS = `
const { Given, Before, After, AfterStep } = require(${JSON.stringify(require.resolve('@cucumber/cucumber'))});
Given('a step', () => {});
Given('a pending step', () => 'pending');
Given('a failing step', function () { this.failed = true; throw new Error('it fails'); });
Given('a dying step', () => process.exit(7));
Before({ tags: '@before' }, () => { throw new Error('before'); });
After({ tags: '@after' }, () => { throw new Error('after'); });
AfterStep({ tags: '@afterstep' }, () => { throw new Error('afterstep'); });
After({ tags: 'not @silent' }, function () {
  const subject = { target: 'simulator', description: 'traps' };
  const verdict = this.failed ? { verdict: 'fails', reason: 'it fails' } : { verdict: 'conforms', reason: '' };
  this.attach(JSON.stringify({ ...verdict, subject }), ${JSON.stringify(JUDGEMENT_MEDIA_TYPE)});
});
`;

let directory: string;
let messages: Envelope[];
let run: Run;

async function runIn(feature: string, parallel: number): Promise<Envelope[]> {
  writeFileSync(join(directory, 'traps.feature'), feature);
  const steps = `steps-${parallel}.js`; // a file that was loaded defines nothing when it is loaded again
  writeFileSync(join(directory, steps), STEPS);
  const output = new PassThrough().resume();
  const environment = { cwd: directory, stdout: output, stderr: output };
  const provided = { paths: ['traps.feature'], require: [steps], parallel };
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, environment);
  const support = parallel > 0 ? runConfiguration.support : await loadSupport(runConfiguration, environment);
  const seen: Envelope[] = [];
  await runCucumber({ ...runConfiguration, support }, environment, (message) => seen.push(message)).catch(() => {});
  return seen;
}

before(async () => {
  directory = makeScratch();
  messages = await runIn(FEATURE, 0);
  run = collect(messages);
});
after(() => rmSync(directory, { recursive: true }));

for (const [id, verdict, reason] of [
  ['TRAP-1.1', 'conforms', ''],
  ['TRAP-1.2', 'broken', 'a hook: failed: '],
  ['TRAP-1.3', 'broken', 'a hook: failed: '],
  ['TRAP-1.4', 'broken', 'failed: '],
  ['TRAP-1.5', 'broken', 'nobody knows: undefined'],
  ['TRAP-1.6', 'broken', 'a pending step: pending'],
  ['TRAP-1.7', 'conforms', ''],
  ['TRAP-1.8', 'fails', 'it fails'],
  ['TRAP-1.9', 'broken', 'it was given no verdict'],
  ['TRAP-1.10/1', 'conforms', ''],
  ['TRAP-1.10/2', 'conforms', ''],
] as const) {
  test(`${id} is ${verdict}`, () => {
    const scenario = run.scenarios.find((each) => each.id === id);
    expect(scenario).toMatchObject({ verdict, reason: expect.stringContaining(reason) });
  });
}

test('a scenario whose process died is broken, and so are those that never began', async () => {
  const dying = FEATURE.replace('Given a failing step', 'Given a dying step');
  const options = process.execArgv.splice(0); // which workers would inherit
  const { scenarios } = collect(await runIn(dying, 1));
  process.execArgv.push(...options);
  expect(scenarios).toHaveLength(run.scenarios.length);
  const reasons = new Map(scenarios.map(({ id, verdict, reason }) => [id, `${verdict}: ${reason}`]));
  expect(reasons.get('TRAP-1.1')).toBe('conforms: ');
  expect(reasons.get('TRAP-1.8')).toBe('broken: it began and never ended: the process that ran it has died');
  expect(reasons.get('TRAP-1.10/2')).toBe('broken: it was planned and never began');
});

async function reports(): Promise<string> {
  writeFileSync(join(directory, MESSAGES_FILE), messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  await writeReports(directory, run, verdictsOf(run));
  return directory;
}

test('all reports agree, in all of these cases', async () => {
  const { totals } = await readVerdicts(await reports());
  expect(totals).toMatchObject({ conforms: 4, fails: 1, broken: 6 });
  expect(allureTotals(totals)).toEqual({ passed: 4, unknown: 0, skipped: 0, failed: 1, broken: 6 });
});

for (const [file, from, to] of [
  [JUNIT_FILE, '<error', '<skipped'],
  [SUMMARY_FILE, '6 broken', '5 broken'],
  [MESSAGES_FILE, '"status":"UNDEFINED"', '"status":"PASSED"'],
] as const) {
  test(`a ${file} that was tampered with is noticed`, async () => {
    const path = join(await reports(), file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    await expect(reconcile(directory)).rejects.toThrow(ReportError);
  });
}

const failing = (): ScenarioVerdict => {
  const scenario = run.scenarios.find(({ id }) => id === 'TRAP-1.8');
  if (!scenario) throw new Error('TRAP-1.8 was not run');
  return verdictOf(scenario, run.subject);
};

test('a failure is the same text in junit.xml, in the Allure results and on the terminal', async () => {
  await reports();
  const text = renderFailure(failing());
  expect(text).toContain('fails TRAP-1.8: the same name\n');
  expect(readFileSync(join(directory, JUNIT_FILE), 'utf8')).toContain(`<![CDATA[${text}]]>`);
  const results = readdirSync(join(directory, ALLURE_RESULTS)).filter((name) => name.endsWith('-result.json'));
  const traces = results.map((name) => JSON.parse(readFileSync(join(directory, ALLURE_RESULTS, name), 'utf8')));
  expect(traces.map(({ statusDetails }) => statusDetails.trace)).toContain(text);
  const log = new FailureLog();
  expect(messages.map((message) => log.take(message))).toContain(text);
});

test('the terminal shows ten failures, and then that there are more', () => {
  const log = new FailureLog();
  const once = messages.flatMap((message) => log.take(message) ?? []);
  const again = [1, 2, 3].flatMap(() => messages.flatMap((message) => log.take(message) ?? []));
  expect(once.length).toBeGreaterThan(2);
  expect([...once, ...again].slice(10)).toEqual(['Further failures are in the reports alone.']);
});
