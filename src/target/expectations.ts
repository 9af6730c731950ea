/**
 * What each scenario does on the simulator as a release: found out once per version of this suite, and kept outside the
 * repository.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../ledger/judgement';
import type { Personality } from '../ledger/personality';
import { leashed } from '../system/leash';
import { suiteDigest } from '../system/suite-digest';

/** By the id of the scenario; none if it passes. */
export type Findings = Readonly<Record<string, readonly Finding[]>>;

/** Kept for so many states of the suite and releases. */
const KEPT = 40;

/** The machine under check, if it is one that somebody has pasted. */
type Machine = readonly string[] | undefined;

/** Machines that were pasted come and go: what is expected of the suite's own is not forgotten for them. */
const folder = (machine: Machine): string =>
  join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'cxl-conformance',
    machine ? 'expectations-of-machines' : 'expectations',
  );

/** As far as they are known. */
export function knownFindings(personality: Personality, machine?: Machine): Findings {
  try {
    return JSON.parse(readFileSync(pathOf(personality, machine), 'utf8')) as Findings;
  } catch {
    return {};
  }
}

/** Of all scenarios, found out by a process of its own. */
export async function findFindings(personality: Personality): Promise<Findings> {
  const { release, linux, platform } = personality;
  const main = join(__dirname, '../cli/main.js');
  const { execa } = await import('execa'); // which loads slowly
  const command = ['node', main, 'expect', '--release', `${release}`, '--linux', linux];
  if (platform) command.push('--platform', platform);
  const [program = '', ...words] = [...leashed('KILL'), ...command];
  await execa(program, words);
  return knownFindings(personality);
}

/** Adds to what is known. A cache that cannot be written is none: what is known is yielded all the same. */
export function keepFindings(personality: Personality, found: Findings, machine?: Machine): Findings {
  const all = { ...knownFindings(personality, machine), ...found };
  const path = pathOf(personality, machine);
  const making = `${path}.${process.pid}`;
  try {
    mkdirSync(folder(machine), { recursive: true });
    writeFileSync(making, JSON.stringify(all));
    renameSync(making, path);
    forgetOldest(folder(machine));
  } catch {
    rmSync(making, { force: true });
  }
  return all;
}

function pathOf({ name, linux }: Personality, machine: Machine): string {
  const of = machine ? [createHash('sha256').update(JSON.stringify(machine)).digest('hex').slice(0, 16)] : [];
  const personality = `${name}-linux-${linux}`.replace(/[^\w.]+/g, '-');
  return join(folder(machine), `${[suiteDigest(), ...of, personality].join('-')}.json`);
}

function forgetOldest(directory: string): void {
  const age = (path: string): number => statSync(path).mtimeMs;
  const paths = readdirSync(directory).map((name) => join(directory, name));
  const old = paths.sort((a, b) => age(b) - age(a)).slice(KEPT);
  for (const path of old) rmSync(path, { force: true });
}
