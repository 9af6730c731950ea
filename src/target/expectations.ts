/**
 * What each scenario does on the simulator as a release: found out once per version of this suite, and kept outside the
 * repository.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Finding } from '../ledger/judge';
import type { Personality } from '../ledger/personality';

/** By the id of the scenario; none if it passes. */
export type Findings = Readonly<Record<string, readonly Finding[]>>;

const root = join(__dirname, '../..');

/** What the simulator, and a scenario on it, is made of. */
const SUITE = ['features', 'steps', 'src', 'package.json', 'package-lock.json'];

/** Kept for so many states of the suite and releases. */
const KEPT = 40;

const folder = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'cxl-conformance', 'expectations');

/** As far as they are known. */
export function knownFindings(personality: Personality): Findings {
  try {
    return JSON.parse(readFileSync(pathOf(personality), 'utf8')) as Findings;
  } catch {
    return {};
  }
}

/** Of all scenarios, found out by a process of its own. */
export async function findFindings(personality: Personality): Promise<Findings> {
  const { release, linux } = personality;
  const main = join(__dirname, '../cli/main.js');
  await execa('node', [main, 'expect', '--release', `${release}`, '--linux', linux]);
  return knownFindings(personality);
}

/** Adds to what is known. A cache that cannot be written is none: what is known is yielded all the same. */
export function keepFindings(personality: Personality, found: Findings): Findings {
  const all = { ...knownFindings(personality), ...found };
  const path = pathOf(personality);
  const making = `${path}.${process.pid}`;
  try {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(making, JSON.stringify(all));
    renameSync(making, path);
    forgetOldest();
  } catch {
    rmSync(making, { force: true });
  }
  return all;
}

const pathOf = ({ name, linux }: Personality): string =>
  join(folder(), `${suiteDigest()}-${`${name}-linux-${linux}`.replace(/[^\w.]+/g, '-')}.json`);

function forgetOldest(): void {
  const age = (path: string): number => statSync(path).mtimeMs;
  const paths = readdirSync(folder()).map((name) => join(folder(), name));
  const old = paths.sort((a, b) => age(b) - age(a)).slice(KEPT);
  for (const path of old) rmSync(path, { force: true });
}

let digest: string | undefined;

/** Of all files that a verdict depends on. */
function suiteDigest(): string {
  digest ??= SUITE.flatMap((name) => filesBelow(join(root, name)))
    .sort()
    .reduce((hash, path) => hash.update(path.slice(root.length)).update(readFileSync(path)), createHash('sha256'))
    .digest('hex')
    .slice(0, 16);
  return digest;
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return filesBelow(join(path, entry.name));
    return /\.test\.ts$/.test(entry.name) ? [] : [join(path, entry.name)];
  });
}
