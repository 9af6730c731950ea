/**
 * Which functions of QEMU's CXL code a scenario runs: measured by `npm run coverage -- --qemu BUILD --update` on a release,
 * and kept in a file each. A function a line, with the scenarios, `COMMIT-1` for all of a rule; of a function that most scenarios
 * run, those that do not.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byId, folded, unfolded } from './kill-list';
import { precedes } from './release';

/** Ids of scenarios by function: `hw/cxl/cxl-host.c:cxl_hdm_find_target`. */
export type Reach = ReadonlyMap<string, readonly string[]>;

const FOLDER = join(__dirname, 'reach');
const HEADER = (
  release: string,
): string => `# Scenarios by the functions of QEMU ${release} that they run; "all but" of those in the first row.
# Measured: npm run coverage -- --qemu BUILD --update
`;
const ALL = 'all';
const ALL_BUT = 'all but';

/** Releases for which there is a file, the oldest first. */
const releases = (): string[] =>
  readdirSync(FOLDER)
    .map((name) => name.replace(/\.txt$/, ''))
    .sort((a, b) => (precedes(a, b) ? -1 : 1));

const pathOf = (release: string): string => join(FOLDER, `${release}.txt`);

/** Rewrites the file of a release, as far as it is about the scenarios `of` which `reach` is; about others it stays as it was. */
export function writeReach(release: string, reach: Reach, of: readonly string[]): void {
  const kept = releases().includes(release) ? parseReach(readFileSync(pathOf(release), 'utf8')) : new Map();
  writeFileSync(pathOf(release), formatReach(release, renewed(kept, reach, of)));
}

export function renewed(before: Reach, reach: Reach, of: readonly string[]): Reach {
  const measured = new Set(of);
  const names = [...new Set([...before.keys(), ...reach.keys()])];
  const all = names.map((name): [string, string[]] => [
    name,
    [...(before.get(name) ?? []).filter((id) => !measured.has(id)), ...(reach.get(name) ?? [])].sort(byId),
  ]);
  return new Map(all.filter(([, ids]) => ids.length > 0));
}

/** Of all releases together. */
export function readReach(): Reach {
  kept ??= together(releases().map((release) => parseReach(readFileSync(pathOf(release), 'utf8'))));
  return kept;
}

let kept: Reach | undefined;

function together(all: readonly Reach[]): Reach {
  const sum = new Map<string, Set<string>>();
  for (const reach of all) for (const [name, ids] of reach) sum.set(name, new Set([...(sum.get(name) ?? []), ...ids]));
  return new Map([...sum].map(([name, ids]) => [name, [...ids]]));
}

export function formatReach(release: string, reach: Reach): string {
  const all = [...new Set([...reach.values()].flat())].sort(byId);
  const rows = [...reach].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, ids]) => `${name} ${listed(ids, all)}\n`);
  return `${HEADER(release)}${ALL} ${folded(all).join(' ')}\n${rows.join('')}`;
}

function listed(ids: readonly string[], all: readonly string[]): string {
  const own = new Set(ids);
  if (2 * own.size <= all.length) return prefixed(own, all).join(' ');
  return [ALL_BUT, ...prefixed(new Set(all.filter((id) => !own.has(id))), all)].join(' ');
}

/** A feature or a rule stands for all scenarios of it, as far as they are in `all`. */
function prefixed(ids: ReadonlySet<string>, all: readonly string[]): string[] {
  const found: string[] = [];
  let left = all.filter((id) => ids.has(id));
  for (const separator of ['-', '.']) {
    const whole = new Map<string, boolean>();
    for (const id of all) {
      const prefix = `${id.split(separator)[0]}`;
      whole.set(prefix, (whole.get(prefix) ?? true) && ids.has(id));
    }
    found.push(...left.flatMap((id) => id.split(separator)[0] ?? []).filter((prefix) => whole.get(prefix)));
    left = left.filter((id) => !whole.get(`${id.split(separator)[0]}`));
  }
  return [...new Set(found), ...folded(left)].sort(byId);
}

/** @throws SyntaxError */
export function parseReach(text: string): Reach {
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const all = words(/^all (.*)$/.exec(rows.shift() ?? '')?.[1] ?? '').flatMap(unfolded);
  const byPrefix = new Map<string, string[]>();
  for (const id of all)
    for (const prefix of [`${id.split('-')[0]}`, `${id.split('.')[0]}`])
      byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), id]);
  return new Map(
    rows.map((row) => {
      const [, name, but, ids] = /^(\S+\.c:\w+) (all but ?)?(.*)$/.exec(row) ?? [];
      if (name === undefined || ids === undefined) throw new SyntaxError(`no function with its scenarios: ${row}`);
      const listed = words(ids).flatMap((word) => byPrefix.get(word) ?? unfolded(word));
      const left = new Set(listed);
      return [name, but === undefined ? listed : all.filter((id) => !left.has(id))];
    }),
  );
}

const words = (text: string): string[] => text.split(' ').filter(Boolean);

/** A function that more than this part of all scenarios run is one that every machine runs: to name its file says nothing of it. */
const COMMON = 0.5;

/** Scenarios that run a function of `file`; without a function, one that not every machine runs. Empty if that is not known. */
export function scenariosRunning(file: string, named?: string): ReadonlySet<string> {
  const reach = readReach();
  const most = Math.max(...[...reach.values()].map(({ length }) => length), 0) * COMMON;
  const found = [...reach].filter(([name, ids]) => {
    const [path, own] = name.split(':');
    return path === file && (named === undefined ? ids.length <= most : own === named);
  });
  return new Set(found.flatMap(([, ids]) => ids));
}

/** Source files whose functions are known. */
export const measuredFiles = (): string[] => [
  ...new Set([...readReach().keys()].map((name) => `${name.split(':')[0]}`)),
];
