/** `verdicts.json`: what every other command reads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../ledger/judge';
import { type Subject, VERDICTS, type Verdict } from '../ledger/verdict';
import type { Run, ScenarioResult } from './collect';

export type Totals = Readonly<Record<Verdict, number>>;

export interface Verdicts extends Subject {
  /** Version of this suite. */
  readonly suite: string;
  readonly totals: Totals;
  /** How many were started; a real one takes its time to boot. */
  readonly machines: number;
  readonly commandLines: readonly string[];
  readonly scenarios: readonly ScenarioVerdict[];
}

export interface ScenarioVerdict {
  readonly id: string;
  readonly feature: string;
  readonly rule: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  /** The text of the step that decides, what was expected of it, and what came. */
  readonly step?: string;
  readonly expected?: string;
  readonly received?: string;
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

export function verdictsOf({ subject, machines, scenarios }: Run): Verdicts {
  const { version } = require('../../package.json') as { version: string };
  return {
    suite: version,
    ...subject,
    totals: totalsOf(scenarios),
    machines,
    commandLines: [...new Set(scenarios.flatMap(({ commandLine }) => commandLine ?? []))],
    scenarios: scenarios.map((scenario) => verdictOf(scenario, subject)),
  };
}

function verdictOf(scenario: ScenarioResult, subject: Subject): ScenarioVerdict {
  const { id, feature, rule, name, verdict, reason, quirk, change, requirements, sources, duration } = scenario;
  const { findings } = scenario;
  return {
    ...{ id, feature, rule, name, verdict, ...(reason && { reason }), ...evidenceOf(scenario) },
    ...(findings.length > 0 && { findings }),
    ...{ ...(quirk && { quirk }), ...(change && { change }), requirements, sources },
    duration_ms: duration,
    reproduce: reproduce(subject, id),
  };
}

/** Of a scenario that a step has decided: which, what was expected of it, and what came. */
export function evidenceOf({ step, expected, steps, findings }: ScenarioResult) {
  if (step === undefined) return {};
  const text = steps.filter((each) => each.text !== 'hook')[step]?.text;
  const received = findings.find((each) => each.step === step)?.words;
  return { ...(text && { step: text }), ...(expected && { expected }), ...(received && { received }) };
}

export function totalsOf(scenarios: readonly { readonly verdict: Verdict }[]): Totals {
  const count = (verdict: Verdict) => scenarios.filter((scenario) => scenario.verdict === verdict).length;
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as Totals;
}

/** Why a scenario has its verdict, at which step, and what was expected there if that is not what came. */
export function explained({ reason = '', step, expected, received }: Partial<ScenarioVerdict>): string {
  if (step === undefined || expected === undefined || expected === received) return reason;
  return `${reason}\n\nstep: ${step}\nexpected there: ${expected}`;
}

/** Which options it takes to get to the same target again. */
function reproduce({ target, qemuPath, options = [] }: Subject, id: string): string {
  const qemu = qemuPath ? ['--qemu', qemuPath] : [];
  return ['npx cxl-conformance run --target', target, ...qemu, ...options.map(quoted), '--id', id].join(' ');
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Of the run whose reports are in `directory`. @throws ReportError if there are none, or they make no sense. */
export async function readVerdicts(directory: string): Promise<Verdicts> {
  const path = join(directory, VERDICTS_FILE);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new ReportError(`${path} cannot be read: ${error.message}`);
  });
  try {
    const verdicts = JSON.parse(text) as Verdicts;
    const totals = totalsOf(verdicts.scenarios);
    if (VERDICTS.every((verdict) => totals[verdict] === verdicts.totals[verdict])) return verdicts;
  } catch {} // said below
  throw new ReportError(`${path} is not what this suite writes: run again`);
}
