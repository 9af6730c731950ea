/** `summary.txt`: what to paste into a mail. At most {@link LINES} lines of 72 columns. */
import { folded } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Quirk } from '../ledger/quirks/quirk';
import { VERDICTS, type Verdict } from '../ledger/verdict';
import { brief } from './brief';
import type { Fault, Likeness } from './diagnosis';
import type { ScenarioVerdict, Verdicts } from './verdicts';
import { cut, TOGETHER, WIDTH, wrapped, wrappedCommand } from './wrap';

const LINES = 20;

/** So many groups of failures that no quirk explains come first. */
const FIRST = 3;

/** So many quirks are named in one line. */
const NAMES = 4;

type Paint = (verdict: Verdict, text: string) => string;

/** What belongs together, and is shown whole or not at all. */
interface Group {
  readonly verdict: Verdict;
  readonly lines: readonly string[];
}

/** `paint` colours a verdict; a mail has no colours. */
export function summaryOf(verdicts: Verdicts, paint: Paint = (_, text) => text): string {
  const { scenarios } = verdicts;
  const head = [...headOf(verdicts), ...totalsOf(verdicts, paint), ''];
  const rest = verdicts.diagnosis.rest.map(restGroup);
  const groups = [
    ...verdicts.diagnosis.faults.map(faultGroup),
    ...rest.slice(0, FIRST), // the others would leave no room for what is mended
    ...fixedGroups(verdicts),
    ...brokenGroups(scenarios),
    ...changeGroups(scenarios),
    ...rest.slice(FIRST),
    ...knownGroup(verdicts),
    ...notApplicableGroup(scenarios),
  ];
  const [looked] = scenarios.filter(({ verdict }) => ['fails', 'fixed', 'broken'].includes(verdict));
  const whole = scenarios.length === 1 ? 'again:' : 'to see the first of them, which leaves these reports as they are:';
  const tail = looked ? ['', whole, ...again(looked)] : [];
  const shown = fitting(groups, LINES - head.length - tail.length, paint);
  return `${[...head, ...shown, ...tail].join('\n').trimEnd()}\n`;
}

/** Suite, target, binary, and what was selected. */
function headOf(verdicts: Verdicts): string[] {
  const { suite, suiteDigest, description, kernel, qemuPackage, qemuDigest, selected, seed, machines } = verdicts;
  const binary = qemuDigest && `${qemuPackage ? `${qemuPackage}, ` : ''}binary sha256 ${qemuDigest.slice(0, 16)}`;
  const part = selected.scenarios === selected.of ? `all ${selected.of}` : `${selected.scenarios} of ${selected.of}`;
  const order = seed === undefined ? '' : `, seed ${seed}`;
  const started = qemuDigest ? `, QEMU started ${times(machines)}` : '';
  return [
    `cxl-conformance ${suite} (${suiteDigest})`,
    ...wrapped(`${description}${kernel ? `, Linux ${kernel}` : ''}`, 2),
    ...(binary ? wrapped(binary, 2) : []),
    cut(`${part} scenarios selected${order}${started}`),
  ];
}

function totalsOf({ scenarios, totals }: Verdicts, paint: Paint): string[] {
  const there = VERDICTS.filter((verdict) => totals[verdict] > 0);
  const counts = there.map((verdict) => `${totals[verdict]}${TOGETHER}${verdict}`).join(', ') || 'none';
  const lines = wrapped(`${scenarios.length} ${scenarios.length === 1 ? 'scenario' : 'scenarios'}: ${counts}`);
  const painted = (line: string) =>
    there.reduce(
      (text, verdict) => text.replace(RegExp(`\\b${totals[verdict]} ${verdict}\\b`), (count) => paint(verdict, count)),
      line,
    );
  return lines.map(painted);
}

function faultGroup({ quirk, or, ids, of, conforming, notRun }: Fault): Group {
  const { summary, source } = quirks[quirk as QuirkName] as Quirk;
  const nearly = [
    ...(conforming.length > 0
      ? [`${conforming.length} of its ${of} ${conforming.length === 1 ? 'conforms' : 'conform'}`]
      : []),
    ...(notRun > 0 ? [`${notRun} did not run`] : []),
  ];
  const names = [quirk, ...or].join(' or ');
  const where = fileIn(source);
  const text =
    `${fail(ids.length)} as by ${names}${nearly.length > 0 ? ` (${nearly.join(', ')})` : ''}: ` +
    `${summary.replace(/\.$/, '')}${where ? ` (${where})` : ''}`;
  return { verdict: 'fails', lines: [...wrapped(text, 4), idLine(ids)] };
}

/** `hw/i386/pc.c: pc_memory_init`, of a quirk's source; none of one that is planted. */
const fileIn = (source: string): string | undefined =>
  source
    .split(/;\s*/)
    .find((part) => /^[\w/-]+\.[ch]\b/.test(part))
    ?.replaceAll('()', '');

function restGroup({ ids, step, words }: Likeness): Group {
  const at = step === undefined ? '' : ` at "${step}"`;
  return { verdict: 'fails', lines: [...wrapped(`${fail(ids.length)}${at}: ${words}`, 2), idLine(ids)] };
}

const fail = (count: number): string => (count === 1 ? '1 fails' : `${count} fail`);

/** What the ledger says of the release, and this QEMU does not show. */
function fixedGroups({ scenarios, personalities = [] }: Verdicts): Group[] {
  const fixed = scenarios.filter(({ verdict }) => verdict === 'fixed');
  const says = `the ledger says ${personalities[0]?.name ?? 'the release'}`;
  const mended = fixed.filter(({ quirk }) => quirk);
  const offered = fixed.filter(({ quirk }) => !quirk);
  const names = listed(grouped(mended, ({ quirk = '' }) => quirk).map(([name]) => name));
  const words = listed(grouped(offered, ({ expected = '' }) => brief(expected)).map(([lacking]) => lacking));
  return [
    ...groupOf('fixed', `fixed: ${says} has ${names}, and this QEMU does not: mended?`, mended),
    ...groupOf('fixed', `fixed: they apply to this QEMU, and ${says} lacks what they need: ${words}`, offered),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length > NAMES ? `${names.slice(0, NAMES).join(', ')} and ${names.length - NAMES} more` : names.join(', ');

function brokenGroups(scenarios: readonly ScenarioVerdict[]): Group[] {
  const broken = scenarios.filter(({ verdict }) => verdict === 'broken');
  return grouped(broken, ({ reason = '' }) => brief(reason)).flatMap(([reason, of]) =>
    groupOf('broken', `broken: ${reason}`, of),
  );
}

/** On a QEMU between two releases: in what it differs from the older one. */
function changeGroups(scenarios: readonly ScenarioVerdict[]): Group[] {
  const changed = scenarios.filter(({ change, verdict }) => change && !['fails', 'fixed', 'broken'].includes(verdict));
  return grouped(changed, ({ change = '' }) => change).map(([change, of]) => {
    const ids = folded(of.map(({ id }) => id));
    return { verdict: 'conforms', lines: [cut(`${of.length} ${change} (${ids.join(', ')})`)] };
  });
}

/** All in one: they are as expected. */
function knownGroup({ scenarios }: Verdicts): Group[] {
  const known = scenarios.filter(({ verdict }) => verdict === 'known');
  if (known.length === 0) return [];
  const names = grouped(known, ({ quirk = '' }) => quirk).map(([name, of]) => `${name} (${of.length})`);
  const by = names.length === 1 ? `by ${names[0]}` : `by ${names.length} quirks: ${names.join(', ')}`;
  return [{ verdict: 'known', lines: wrapped(`${known.length} known, ${by}`, 2) }];
}

function notApplicableGroup(scenarios: readonly ScenarioVerdict[]): Group[] {
  const own = scenarios.filter(({ verdict }) => verdict === 'not-applicable');
  if (own.length === 0) return [];
  const reasons = grouped(own, ({ reason = '' }) => brief(reason)).map(([reason, of]) => `${reason} (${of.length})`);
  return [{ verdict: 'not-applicable', lines: wrapped(`${own.length} not-applicable: ${reasons.join('; ')}`, 2) }];
}

/** None of no scenarios. */
const groupOf = (verdict: Verdict, text: string, of: readonly ScenarioVerdict[]): Group[] =>
  of.length > 0 ? [{ verdict, lines: [...wrapped(`${of.length} ${text}`, 4), idLine(of.map(({ id }) => id))] }] : [];

/** Largest first. */
function grouped(
  scenarios: readonly ScenarioVerdict[],
  keyOf: (scenario: ScenarioVerdict) => string,
): [string, ScenarioVerdict[]][] {
  const groups = new Map<string, ScenarioVerdict[]>();
  for (const scenario of scenarios) groups.set(keyOf(scenario), [...(groups.get(keyOf(scenario)) ?? []), scenario]);
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

/** As many ids as there is room for in a line, rows of an outline taken together. */
function idLine(ids: readonly string[]): string {
  const all = folded(ids);
  const line = (count: number) => {
    const outlines = new Set(all.slice(0, count).map(outlineOf));
    const left = ids.filter((id) => !outlines.has(outlineOf(id))).length;
    return `  ${[...all.slice(0, count), ...(left > 0 ? [`and ${left} more`] : [])].join(', ')}`;
  };
  const counts = all.map((_, i) => all.length - i);
  return cut(line(counts.find((count) => line(count).length <= WIDTH) ?? 1));
}

const outlineOf = (id: string): string => id.split('/')[0] ?? '';

/**
 * The groups that have room, and how many have not; what is fixed comes before others in this. The first words of each have
 * the colour of its verdict.
 */
function fitting(groups: readonly Group[], room: number, paint: Paint): string[] {
  const chosen = new Set<Group>();
  let left = sizeOf(groups) > room ? room - 1 : room;
  for (const group of [...groups.filter(({ verdict }) => verdict === 'fixed'), ...groups]) {
    if (chosen.has(group)) continue;
    if (group.lines.length > left) break;
    chosen.add(group);
    left -= group.lines.length;
  }
  const lines = groups.filter((group) => chosen.has(group)).flatMap((group) => painted(group, paint));
  const others = groups.length - chosen.size;
  return others > 0
    ? [...lines, `... and ${others} ${others === 1 ? 'group' : 'groups'} more in verdicts.json`]
    : lines;
}

const sizeOf = (groups: readonly Group[]): number => groups.reduce((sum, { lines }) => sum + lines.length, 0);

function painted({ verdict, lines: [first = '', ...others] }: Group, paint: Paint): string[] {
  const words = /^\d+ [\w-]+/.exec(first)?.[0] ?? '';
  return [paint(verdict, words) + first.slice(words.length), ...others];
}

/** The command in `reproduce`, whose quoted words stay whole. */
const again = ({ reproduce }: ScenarioVerdict): string[] =>
  wrappedCommand(reproduce.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []);

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
