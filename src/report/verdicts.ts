/** `verdicts.json`: what every other command reads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Subject, VERDICTS, type Verdict } from '../ledger/verdict';
import type { Run } from './collect';

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
  readonly quirk?: string;
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
    scenarios: scenarios.map(
      ({ id, feature, rule, name, verdict, reason, quirk, requirements, sources, duration }) => ({
        id,
        feature,
        rule,
        name,
        verdict,
        ...(reason && { reason }),
        ...(quirk && { quirk }),
        requirements,
        sources,
        duration_ms: duration,
        reproduce: reproduce(subject, id),
      }),
    ),
  };
}

export function totalsOf(scenarios: readonly { readonly verdict: Verdict }[]): Totals {
  const count = (verdict: Verdict) => scenarios.filter((scenario) => scenario.verdict === verdict).length;
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as Totals;
}

/** Which options it takes to get to the same target again. */
function reproduce({ target, qemuPath, options = [] }: Subject, id: string): string {
  const qemu = qemuPath ? ['--qemu', qemuPath] : [];
  return ['npx cxl-conformance run --target', target, ...qemu, ...options, '--id', id].join(' ');
}

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
