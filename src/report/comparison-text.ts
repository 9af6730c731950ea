/** A comparison in at most {@link LINES} lines of {@link WIDTH} columns, fit for a mail: only what changed. */
import { folded } from '../ledger/kill-list';
import { brief } from './brief';
import {
  CHANGES,
  type Change,
  type ChangeKind,
  type ComparedQemu,
  type Comparison,
  type Unasserted,
} from './comparison';
import { wrapped } from './wrap';

const LINES = 20;

/** Columns of the ids of a group whose cause follows. */
const IDS = 60;

/** A line takes at most so many, where there is room. */
const WRAPPED = 3;

/** Lines that what no scenario asserts has at least, where it needs them. */
const UNASSERTED_LINES = 5;

const WORDS: Readonly<Record<ChangeKind, string>> = {
  'newly-failing': 'newly failing',
  'newly-broken': 'newly broken',
  'no-longer-applicable': 'no longer applicable',
  'other-words': 'fails in other words',
  mended: 'mended',
  'newly-conforming': 'newly conforming',
  'became-applicable': 'became applicable',
};

/** In a total. */
const SHORT: Readonly<Record<ChangeKind, string>> = {
  'newly-failing': 'newly failing',
  'newly-broken': 'broken',
  'no-longer-applicable': 'gone',
  'other-words': 'in other words',
  mended: 'mended',
  'newly-conforming': 'conforming',
  'became-applicable': 'applicable',
};

/** Changes of a kind that have one cause, as far as can be told. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  /** A quirk, or what is said where it fails or does not apply. */
  readonly cause: string;
  readonly quirk?: string;
  readonly changes: readonly Change[];
}

export function comparisonText(comparison: Comparison): string {
  const { base, patched, scenarios, changes, unasserted } = comparison;
  const head = [
    `base:    ${shownQemu(base)}`,
    `patched: ${shownQemu(patched)}`,
    `${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}: ${tally(changes)}`,
  ];
  const tail = tailOf(comparison);
  const areas = areaLines(unasserted);
  const room = LINES - head.length - tail.length;
  const forAreas = Math.min(areas.length, Math.max(UNASSERTED_LINES, room - groupsOf(changes).length));
  const lines = [...head, ...changeLines(changes, room - forAreas), ...limited(areas, forAreas), ...tail];
  return `${fitted(lines, tail.length).join('\n')}\n`;
}

/** Long lines go on in further ones, as far as there is room for those; else they are cut. The last `first` lines have room first. */
function fitted(lines: readonly string[], first: number): string[] {
  let left = LINES - lines.length;
  const fit = (line: string): string[] => {
    const parts = wrapped(line, Math.min(WRAPPED, 1 + left), '    ');
    left -= parts.length - 1;
    return parts;
  };
  const tail = lines.slice(lines.length - first).flatMap(fit);
  const before = lines.slice(0, lines.length - first).flatMap(fit);
  const isCut = before.some((line) => line.endsWith('...'));
  return [
    ...before,
    ...tail.slice(0, -1),
    `${tail.at(-1)}${isCut ? '; --markdown prints the lines that are cut' : ''}`,
  ];
}

const shownQemu = ({ version, package: packaged, digest }: ComparedQemu): string =>
  `QEMU ${version}${packaged ? ` (${packaged.replace(/^\((.*)\)$/, '$1')})` : ''}, sha256 ${digest.slice(0, 12)}`;

function tally(changes: readonly Change[]): string {
  const counts = CHANGES.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count > 0 ? [`${count} ${SHORT[kind]}`] : [];
  });
  return counts.join(', ') || 'none changed';
}

/** In two words what the comparison found. */
export function outcomeOf({ changes, unasserted, worse }: Comparison): string {
  if (worse) return 'something got worse';
  return changes.length + unasserted.length > 0 ? 'nothing got worse' : 'nothing changed';
}

function tailOf(comparison: Comparison): string[] {
  const { machines, notLookedAt, flaky } = comparison;
  const again = flaky > 0 ? [`left out: ${flaky} ${flaky === 1 ? 'difference' : 'differences'} not seen again`] : [];
  const looked =
    machines > 0
      ? [`registers, tables and answers compared on ${machines} ${machines === 1 ? 'machine' : 'machines'}`]
      : [];
  const not = notLookedAt.length > 0 ? [`not looked at: ${notLookedAt.join('; ')}`] : [];
  return [...looked, ...again, ...not, outcomeOf(comparison)];
}

/** The worst kind first; then crashes, then the largest. */
export function groupsOf(changes: readonly Change[]): ChangeGroup[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.kind} ${causeOf(change)}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const all = [...groups.values()].map((group): ChangeGroup => {
    const [first] = group as [Change];
    return { kind: first.kind, cause: causeOf(first), changes: group, ...(first.quirk && { quirk: first.quirk }) };
  });
  const rank = ({ kind }: ChangeGroup) => CHANGES.indexOf(kind);
  return all.sort((a, b) => rank(a) - rank(b) || crashes(b) - crashes(a) || b.changes.length - a.changes.length);
}

const crashes = ({ changes }: ChangeGroup): number =>
  changes.some(({ after }) => /\bSIG[A-Z]+\b/.test(after.words ?? '')) ? 1 : 0;

function causeOf({ kind, quirk, before, after }: Change): string {
  if (quirk) return quirk;
  const isPast = ['mended', 'newly-conforming', 'became-applicable'].includes(kind);
  return brief((isPast ? before : after).words ?? '');
}

/** Each kind has a line at least. */
function changeLines(changes: readonly Change[], room: number): string[] {
  const groups = groupsOf(changes);
  const kinds = CHANGES.filter((kind) => groups.some((group) => group.kind === kind));
  const share = new Map(kinds.map((kind) => [kind, 1]));
  let left = room - kinds.length;
  for (const { kind } of groups) {
    const [has = 0, needs] = [share.get(kind), groups.filter((group) => group.kind === kind).length];
    if (left > 0 && has < needs) {
      share.set(kind, has + 1);
      left -= 1;
    }
  }
  return kinds.flatMap((kind) => {
    const mine = groups.filter((group) => group.kind === kind);
    const shown = share.get(kind) ?? 1;
    if (mine.length <= shown) return mine.map(lineOf);
    const rest = mine.slice(shown - 1);
    const causes = rest.flatMap(({ quirk, changes: mine }) => quirk ?? folded(mine.map(({ id }) => id)));
    const count = rest.reduce((sum, group) => sum + group.changes.length, 0);
    return [...mine.slice(0, shown - 1).map(lineOf), `${WORDS[kind]}, ${count}: ${[...new Set(causes)].join(', ')}`];
  });
}

function lineOf({ kind, quirk, cause, changes }: ChangeGroup): string {
  const ids = folded(changes.map(({ id }) => id)).join(', ');
  const count = changes.length > 1 ? `, ${changes.length}` : '';
  if (!quirk) return `${WORDS[kind]}${count}: ${shorter(ids, IDS)}${cause ? `: ${cause}` : ''}`;
  return kind === 'mended' ? `mended: ${quirk}${count}: ${ids}` : `${WORDS[kind]}${count} as by ${quirk}: ${ids}`;
}

/** Tables and refusals first, what a binary merely offers last. */
const AREAS = [
  /^refusal/,
  /^(E820|CEDT|SRAT|SLIT|HMAT)/,
  /^(namespace|CDAT|decode)/,
  /^registers of/,
  /^mailbox/,
  /^registers/,
];

function areaLines(unasserted: readonly Unasserted[]): string[] {
  const rank = (area: string) => {
    const found = AREAS.findIndex((each) => each.test(area));
    return found < 0 ? AREAS.length : found;
  };
  const areas = [...new Set(unasserted.map(({ area }) => area))].sort((a, b) => rank(a) - rank(b));
  return areas.map((area) => {
    const mine = unasserted.filter((each) => each.area === area).sort((a, b) => Number(b.worse) - Number(a.worse));
    const each = mine.map(
      ({ what, base, patched }) => `${within(what, area)}: ${shorter(base, 18)} -> ${shorter(patched, 18)}`,
    );
    return mine.length > 1 ? `${area}, ${mine.length} differences: ${each.join('; ')}` : `${area} ${each[0]}`;
  });
}

/** Without what the area says already. */
const within = (what: string, area: string): string =>
  area.split(/ of | /).reduce((left, word) => (left.startsWith(`${word} `) ? left.slice(word.length + 1) : left), what);

function limited(lines: readonly string[], room: number): string[] {
  if (lines.length <= room) return [...lines];
  return [...lines.slice(0, room - 1), `and differences in ${lines.length - room + 1} other areas, which --json lists`];
}

const shorter = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 3)}...` : text;
