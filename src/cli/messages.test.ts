/** What failures say, of real ones: with quirks of all areas planted on the simulator. */
import { before, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import { expect } from 'expect';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Scenario } from '../report/catalogue';
import { collect } from '../report/collect';
import { renderFailure } from '../report/failure';
import { type ScenarioVerdict, verdictOf } from '../report/verdicts';
import { select } from './catalogue';
import { pathsOf, runFeatures } from './cucumber';

/** Of so many quirks one is planted, for the ledger has neighbours of one kind. */
const EVERY = 10;

/** Bytes that nobody has decoded, a value without a name, and what a library says of a comparison. */
const POOR = [/[0-9a-f]{40}/, /expect\(/, /\b(true|false|undefined|null)\b/, /\b\d+n\b/, /Array \[|Object \{/];

let failures: ScenarioVerdict[];
before(async () => {
  const scenarios = await select({});
  const planted = Object.keys(quirks).filter((_, i) => i % EVERY === 0);
  failures = [];
  for (const quirk of planted) {
    const scenario = scenarios.find((each) => each.quirks.includes(quirk));
    if (scenario) failures.push(await failureOf(quirk as QuirkName, scenario));
  }
});

async function failureOf(quirk: QuirkName, scenario: Scenario): Promise<ScenarioVerdict> {
  const messages: Envelope[] = [];
  const parameters = { target: 'simulator', quirks: [quirk] };
  const run = { profile: 'simulator', paths: pathsOf([scenario]), parameters, quiet: true };
  await runFeatures(run, (message) => messages.push(message));
  const { subject, scenarios } = collect(messages);
  const found = scenarios.find(({ id }) => id === scenario.id);
  if (!found) throw new Error(`${scenario.id} was not run`);
  return verdictOf(found, subject);
}

test('failures by quirks of all areas say which step, where, what was expected and what came', () => {
  expect(failures.length).toBeGreaterThan(30);
  for (const failure of failures) {
    expect(failure).toMatchObject({ verdict: 'fails', step: expect.any(String), stepLine: expect.any(Number) });
    expect(renderFailure(failure)).toContain(`${failure.uri}:${failure.line}`);
  }
});

test('no failure shows raw bytes, nameless values, or the words of a library', () => {
  const poor = failures.filter((failure) => POOR.some((pattern) => pattern.test(failure.received ?? '')));
  expect(poor.map(({ id, received }) => `${id}: ${received}`)).toEqual([]);
});

test('values that differ have a name', () => {
  const nameless = failures.filter(({ differences = [] }) => differences.some(({ what }) => what === ''));
  expect(nameless.map(({ id, received }) => `${id}: ${received}`)).toEqual([]);
});
