/**
 * The kill list: which scenarios fail by which quirk, as the simulator shows. kill-list.txt holds it for people to review;
 * `npx cxl-conformance quirks --update` computes it and rewrites the file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ids of the scenarios that fail by each quirk. */
export type KillList = ReadonlyMap<string, readonly string[]>;

const FILE = join(__dirname, 'kill-list.txt');

const HEADER = `# Scenarios that fail on a simulator with a quirk: below each quirk one scenario a line, with the rows of an outline.
# Computed: npx cxl-conformance quirks --update
`;

let kept: KillList | undefined;

/** What the file holds. @throws SyntaxError if it is no kill list */
export function readKillList(): KillList {
  kept ??= parseKillList(readFileSync(FILE, 'utf8'));
  return kept;
}

export function writeKillList(list: KillList): void {
  writeFileSync(FILE, formatKillList(list));
  kept = list;
}

let killers: ReadonlyMap<string, readonly string[]> | undefined;

/** The quirks that make a scenario fail. */
export function quirksKilling(id: string): readonly string[] {
  killers ??= transposed(readKillList());
  return killers.get(id) ?? [];
}

/** The same pairs by their second part. */
export function transposed(list: KillList): Map<string, string[]> {
  const turned = new Map<string, string[]>();
  for (const [quirk, ids] of list) for (const id of ids) turned.set(id, [...(turned.get(id) ?? []), quirk]);
  return turned;
}

/** @throws SyntaxError */
export function parseKillList(text: string): KillList {
  const list = new Map<string, string[]>();
  let ids: string[] | undefined;
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    if (/^[a-z0-9-]+$/.test(line)) {
      if (list.has(line)) throw new SyntaxError(`line ${i + 1} of the kill list: ${line} is there twice`);
      ids = [];
      list.set(line, ids);
    } else if (ids && /^ {2}[A-Z0-9]+-\d+\.\d+(\/\d+(-\d+)?(,\d+(-\d+)?)*)?$/.test(line)) {
      ids.push(...unfolded(line.trim()));
    } else throw new SyntaxError(`line ${i + 1} of the kill list: neither a quirk nor a scenario of one: ${line}`);
  }
  return list;
}

/** Quirks in the order of `list`, scenarios in that of their ids. */
export function formatKillList(list: KillList): string {
  const parts = [...list].map(
    ([quirk, ids]) =>
      `\n${quirk}\n${folded(ids)
        .map((line) => `  ${line}\n`)
        .join('')}`,
  );
  return HEADER + parts.join('');
}

/** Ids with the rows of an outline taken together: `E820-1.1/1-3,5`. */
export function folded(ids: readonly string[]): string[] {
  const rows = new Map<string, number[]>();
  for (const id of [...ids].sort(byId)) {
    const [scenario = '', row] = id.split('/');
    rows.set(scenario, [...(rows.get(scenario) ?? []), ...(row ? [Number(row)] : [])]);
  }
  return [...rows].map(([scenario, numbers]) => (numbers.length > 0 ? `${scenario}/${foldedRows(numbers)}` : scenario));
}

function foldedRows(numbers: readonly number[]): string {
  const firsts = numbers.filter((n) => !numbers.includes(n - 1));
  const lasts = numbers.filter((n) => !numbers.includes(n + 1));
  return firsts.map((first, i) => (first === lasts[i] ? `${first}` : `${first}-${lasts[i]}`)).join(',');
}

/** `E820-1.1/1`, `E820-1.1/2` for `E820-1.1/1-2`. */
export function unfolded(line: string): string[] {
  const [scenario = '', rows] = line.split('/');
  if (!rows) return [scenario];
  return rows.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => `${scenario}/${first + i}`);
  });
}

const NUMERIC = new Intl.Collator('en', { numeric: true });

/** Order of ids: numbers count as such. */
export const byId = (a: string, b: string): number => NUMERIC.compare(a, b);
