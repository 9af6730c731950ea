/** `verdicts.json`: what every other command reads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { candidates } from '../ledger/candidates';
import type { Difference, Finding } from '../ledger/judgement';
import { readKillList } from '../ledger/kill-list';
import { type Subject, VERDICTS, type Verdict } from '../ledger/verdict';
import { showCommand } from '../system/shell-word';
import { suiteDigest } from '../system/suite-digest';
import type { Run, ScenarioResult } from './collect';
import { countScenarios } from './count';
import { type Diagnosis, diagnose } from './diagnosis';

export type Totals = Readonly<Record<Verdict, number>>;

export interface Verdicts extends Subject {
  /** Version of this suite. */
  readonly suite: string;
  /** Of all its files, in hex. */
  readonly suiteDigest: string;
  /** When the first scenario began, as ISO 8601 has it. */
  readonly started: string;
  /** How many scenarios were selected, out of how many. */
  readonly selected: { readonly scenarios: number; readonly of: number };
  /** By which they were put in a random order. */
  readonly seed?: number;
  /** Which part of a run this is: the others are to be merged with it. */
  readonly shard?: Shard;
  readonly totals: Totals;
  /** How many were started; a real one takes its time to boot. */
  readonly machines: number;
  readonly commandLines: readonly string[];
  /** What the failures look like. */
  readonly diagnosis: Diagnosis;
  readonly scenarios: readonly ScenarioVerdict[];
}

/** The `index`-th of so many parts, from 1: it has every so many-th scenario. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface ScenarioVerdict {
  readonly id: string;
  readonly feature: string;
  /** Where the scenario is, or its row of an outline. */
  readonly uri: string;
  readonly line: number;
  readonly rule: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  /** The text of the step that decides, what was expected of it, and what came. */
  readonly step?: string;
  readonly expected?: string;
  readonly received?: string;
  /** What came against what the step asks for, value by value, where it compares values. */
  readonly differences?: readonly Difference[];
  /** Of the step: Given, When or Then; its line in the feature; its data table, the heading first; its doc string. */
  readonly keyword?: string;
  readonly stepLine?: number;
  readonly table?: readonly (readonly string[])[];
  readonly text?: string;
  /** All that its steps have shown that they did not say. */
  readonly findings?: readonly Finding[];
  readonly quirk?: string;
  /** On a QEMU between two releases: in what it differs from the older one. */
  readonly change?: string;
  readonly requirements: readonly string[];
  readonly sources: readonly string[];
  readonly duration_ms: number;
  /** A command. */
  readonly reproduce: string;
}

/** A report cannot be written, read, or believed. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

export const VERDICTS_FILE = 'verdicts.json';

export function verdictsOf(
  { subject, machines, scenarios }: Run,
  { seed, shard }: { readonly seed?: number | undefined; readonly shard?: Shard | undefined } = {},
): Verdicts {
  const { version } = require('../../package.json') as { version: string };
  const verdicts = scenarios.map((scenario) => verdictOf(scenario, subject));
  const began = scenarios.map(({ started }) => started).reduce((a, b) => Math.min(a, b), Date.now());
  const { target, personalities = [] } = subject;
  return {
    suite: version,
    suiteDigest: suiteDigest(),
    ...subject,
    started: new Date(began).toISOString(),
    selected: { scenarios: scenarios.length, of: countScenarios() },
    ...(seed !== undefined && { seed }),
    ...(shard && { shard }),
    totals: totalsOf(scenarios),
    machines,
    commandLines: [...new Set(scenarios.flatMap(({ commandLine }) => commandLine ?? []))],
    diagnosis: diagnose(verdicts, candidates(readKillList(), target, personalities)),
    scenarios: verdicts,
  };
}

/** What reports say of one scenario. */
export function verdictOf(scenario: ScenarioResult, subject: Subject): ScenarioVerdict {
  const { id, feature, uri, line, rule, name, verdict, reason } = scenario;
  const { findings, quirk, change, requirements, sources, duration } = scenario;
  return {
    id,
    feature,
    uri,
    line,
    rule,
    name,
    verdict,
    ...(reason && { reason }),
    ...evidenceOf(scenario),
    ...(findings.length > 0 && { findings }),
    ...(quirk && { quirk }),
    ...(change && { change }),
    requirements,
    sources,
    duration_ms: duration,
    reproduce: reproduce(subject, id),
  };
}

/** Of a scenario that a step has decided: which, what was expected of it, and what came. */
function evidenceOf({ step, expected, steps, findings }: ScenarioResult) {
  if (step === undefined) return {};
  const { text, keyword, line, table, block } = steps.filter((each) => each.text !== 'hook')[step] ?? {};
  const { words: received, differences } = findings.find((each) => each.step === step) ?? {};
  return {
    ...(text && { step: text }),
    ...(expected && { expected }),
    ...(received && { received }),
    ...(differences && { differences }),
    ...(keyword && { keyword }),
    ...(line && { stepLine: line }),
    ...(table && { table }),
    ...(block !== undefined && { text: block }),
  };
}

export function totalsOf(scenarios: readonly { readonly verdict: Verdict }[]): Totals {
  const count = (verdict: Verdict) => scenarios.filter((scenario) => scenario.verdict === verdict).length;
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as Totals;
}

/** Which options it takes to get to the same target again. A part of the scenarios overwrites no run of all. */
function reproduce({ target, qemuPath, options = [], machine }: Subject, id: string): string {
  const command = ['--target', target, ...(qemuPath ? ['--qemu', qemuPath] : []), ...options, '--id', id];
  const words = machine ? ['check', ...command, '--', ...machine] : ['run', ...command];
  return `npx cxl-conformance ${showCommand(words)}`;
}

/** Of the run whose reports are in `directory`. @throws ReportError if there are none, or they make no sense. */
export async function readVerdicts(directory: string): Promise<Verdicts> {
  const path = join(directory, VERDICTS_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new ReportError(`${directory} is not the folder of a finished run: it has no ${VERDICTS_FILE}`);
    throw new ReportError(`${path} cannot be read: ${error.message}`);
  });
  try {
    const verdicts = JSON.parse(text) as Verdicts;
    const totals = totalsOf(verdicts.scenarios);
    if (VERDICTS.every((verdict) => totals[verdict] === verdicts.totals[verdict])) return verdicts;
  } catch {} // said below
  throw new ReportError(`${path} is not what this suite writes: run again`);
}
