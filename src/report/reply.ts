/** The reply to a series: plain text of at most 72 columns, to be quoted in a mail. */
import { stripVTControlCharacters } from 'node:util';
import type { Acceptance, PatchOutcome } from './acceptance';
import { CHANGES, type Change, type ChangeKind, type Outcome, type Unasserted } from './comparison';
import { cut, indented, WIDTH, wrappedCommand } from './wrap';

const KINDS: Record<ChangeKind, string> = {
  'newly-failing': 'fails now',
  'newly-broken': 'cannot be run now',
  'no-longer-applicable': 'does not apply any more',
  'other-words': 'fails in other words',
  mended: 'is mended',
  'newly-conforming': 'conforms now',
  'became-applicable': 'applies now',
};

/** Ids that are listed of a group, groups of a kind, and lines of what a scenario has said. */
const MOST = { ids: 6, groups: 12, words: 4 };

/** Columns of a line of a build; a longer one is the compiler's command line, which no reader of a mail needs. */
const LONGEST = 400;

export function replyTo(acceptance: Acceptance): string {
  const { answers, messageId, comparison } = acceptance;
  const changes = comparison?.changes ?? acceptance.steps.flatMap((step) => step.comparison.changes);
  const worse = changes.filter((change) => change.worse);
  const others = changes.filter((change) => !change.worse);
  const parts: string[][] = [
    [`Subject: ${/^re:/i.test(answers) ? '' : 'Re: '}${answers}`, ...(messageId ? [`In-Reply-To: ${messageId}`] : [])],
    verdict(acceptance, worse),
    ...acceptance.patches.filter(({ words }) => words !== undefined).map((patch) => failure(patch, acceptance)),
    listed('Worse with the series:', worse, acceptance),
    listed('Changed by the series:', others, acceptance),
    unasserted(acceptance),
    untouched(acceptance),
    tested(acceptance),
    again(acceptance),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const named = ({ number, subject }: PatchOutcome, { patches }: Acceptance): string =>
  `patch ${number}/${patches.length}, "${subject}"`;

function verdict(acceptance: Acceptance, worse: readonly Change[]): string[] {
  const { patches, comparison, base } = acceptance;
  const apart = patches.find(({ state }) => state === 'does-not-apply');
  if (apart)
    return indented(`The series does not apply to ${base.name} (${base.from}): see ${named(apart, acceptance)}.`);
  const unbuilt = patches.filter(({ state }) => state === 'does-not-build');
  if (unbuilt.length > 0) {
    const which = unbuilt.map((patch) => named(patch, acceptance)).join('; ');
    const rest = comparison ? ' The whole series does, so it cannot be bisected there.' : '';
    return indented(`The series does not build at ${which}.${rest}`);
  }
  if (!comparison) return [];
  const crashes = comparison.unasserted.filter((each) => each.worse).length;
  if (worse.length + crashes === 0)
    return indented(
      `Nothing got worse on ${base.name} with ${count(patches.length, 'patch').replace(/patchs$/, 'patches')}.`,
    );
  const scenarios = worse.length > 0 ? [count(worse.length, 'scenario')] : [];
  const others = crashes > 0 ? [count(crashes, 'other behaviour')] : [];
  return indented(`${[...scenarios, ...others].join(' and ')} got worse with the series, on ${base.name}.`);
}

function failure(patch: PatchOutcome, acceptance: Acceptance): string[] {
  const what = patch.state === 'does-not-apply' ? 'does not apply' : 'does not build';
  const words = stripVTControlCharacters(patch.words ?? '')
    .split('\n')
    .filter(({ length }) => length <= LONGEST);
  return [...indented(`P${named(patch, acceptance).slice(1)}, ${what}:`), ...words.map((line) => `  ${line}`)];
}

/** The patch since which a scenario shows what it does with the whole series; several, the last of which alone could be compared. */
function culprits({ id, kind }: Change, acceptance: Acceptance): readonly PatchOutcome[] {
  const { steps, patches } = acceptance;
  if (patches.length === 1) return patches;
  const having = steps.filter(({ comparison }) => comparison.changes.some((each) => each.id === id));
  const exact = [...having]
    .reverse()
    .find(({ comparison }) => comparison.changes.some((each) => each.id === id && each.kind === kind));
  const { patch = 0, against = 0 } = exact ?? having.at(-1) ?? {};
  return patches.slice(against, patch);
}

function since(all: readonly PatchOutcome[], acceptance: Acceptance): string[] {
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return [];
  const range = `patch ${first.number} to ${last.number} of ${acceptance.patches.length}`;
  return indented(`Since ${first === last ? named(last, acceptance) : `one of ${range}`}:`, '  ');
}

function listed(head: string, changes: readonly Change[], acceptance: Acceptance): string[] {
  if (changes.length === 0) return [];
  const keys = [...new Set(changes.map((change) => likeness(change, acceptance)))];
  const groups = keys.map((key) => changes.filter((change) => likeness(change, acceptance) === key));
  const order = [...groups].sort(
    ([a], [b]) => CHANGES.indexOf((a as Change).kind) - CHANGES.indexOf((b as Change).kind),
  );
  const shown = order.slice(0, MOST.groups).flatMap((group) => described(group, acceptance));
  const rest = order.slice(MOST.groups).flat().length;
  return [head, ...shown, ...(rest > 0 ? ['', `  ... and ${count(rest, 'more scenario')}`] : [])];
}

/** Changes that are described together: of one kind, at one patch, by one quirk or with the same words. */
function likeness(change: Change, acceptance: Acceptance): string {
  const { kind, quirk, after, before } = change;
  const shown = quirk ?? JSON.stringify([before.step, before.words, after.step, after.words]);
  return JSON.stringify([kind, culprits(change, acceptance).map(({ number }) => number), shown]);
}

function described(group: readonly Change[], acceptance: Acceptance): string[] {
  const [first] = group as [Change];
  const [before, after] = apart(first);
  const others = group.slice(1).map(({ id }) => id);
  const rest = others.length > MOST.ids ? ` and ${others.length - MOST.ids} more` : '';
  return [
    '',
    ...since(culprits(first, acceptance), acceptance),
    ...indented(`${first.id} ${KINDS[first.kind]}: ${first.name}`, '  ', '    '),
    `    ${first.uri}:${first.line}`,
    ...indented(`Rule: ${first.rule}`, '    ', '      '),
    ...(first.quirk ? indented(`as by the quirk ${first.quirk}`, '    ', '      ') : []),
    ...outcome('base', before),
    ...outcome('patched', after),
    ...(others.length > 0
      ? indented(`The same: ${others.slice(0, MOST.ids).join(', ')}${rest}`, '    ', '      ')
      : []),
  ];
}

/** Columns of words that are kept before the place where two long ones differ. */
const KEPT = 16;

/** Words that begin alike and are longer than what is shown of them: from shortly before where they differ. */
function apart({ before, after }: Change): readonly [Outcome, Outcome] {
  const [a, b] = [before.words ?? '', after.words ?? ''];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const isShown = a === b || at < WIDTH - KEPT || a.slice(0, at).includes('\n');
  const from = (words: string) => `... ${words.slice(at - KEPT)}`;
  return isShown
    ? [before, after]
    : [
        { ...before, words: from(a) },
        { ...after, words: from(b) },
      ];
}

/** Without words every step has held, even where the ledger excuses any end of the scenario. */
function outcome(side: string, { step, words, verdict: shown }: Outcome): string[] {
  if (words === undefined) return indented(`${side}: conforms`, '    ', '      ');
  return [...indented(`${side}: ${step ? `at "${step}":` : shown}`, '    ', '      '), ...quoted(words)];
}

function quoted(words: string): string[] {
  const lines = stripVTControlCharacters(words)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const more = lines.length > MOST.words ? ['      ...'] : [];
  return [...lines.slice(0, MOST.words).map((line) => cut(`      ${line.trim()}`)), ...more];
}

function unasserted({ comparison, steps, patches }: Acceptance): string[] {
  const all = comparison?.unasserted ?? [];
  if (all.length === 0) return [];
  const exact = steps.filter(({ patch, against }) => patch === against + 1);
  const since = (what: string) =>
    exact.find((step) => step.comparison.unasserted.some((each) => each.what === what))?.patch;
  const shown = all
    .slice(0, MOST.groups)
    .flatMap((each) => difference(each, patches.length > 1 ? since(each.what) : undefined));
  const rest = all.length - MOST.groups;
  return ['Differs, and no scenario asserts it:', ...shown, ...(rest > 0 ? [`  ... and ${rest} more`] : [])];
}

const difference = ({ what, base, patched, commandLine }: Unasserted, patch?: number): string[] => [
  '',
  ...indented(`${what}${patch === undefined ? '' : ` (since patch ${patch})`}`, '  ', '    '),
  ...indented(`base: ${base}`, '    ', '      '),
  ...indented(`patched: ${patched}`, '    ', '      '),
  ...(commandLine ? wrappedCommand(splitCommand(unplaced(commandLine)), '    ') : []),
];

/** The QEMU was in a work tree that is gone. */
const unplaced = (command: string): string => command.replace(/^\S*\//, '');

function untouched({ untouched: files, touched, comparison }: Acceptance): string[] {
  if (!comparison) return [];
  const missing = comparison.notLookedAt.flatMap((sentence) => indented(sentence, '  ', '    '));
  const unseen =
    files.length > 0 ? ['Files of the series that no scenario touches:', ...files.map((file) => `  ${file}`)] : [];
  const none = files.length === 0 && touched.length > 0 ? ['Scenarios touch every file of the series.'] : [];
  return [...none, ...unseen, ...(missing.length > 0 ? ['Not looked at:', ...missing] : [])];
}

function tested({ suite, base, comparison, steps }: Acceptance): string[] {
  const seen = comparison ?? steps[0]?.comparison;
  const head = [`Tested with cxl-conformance ${suite}, on qtest`];
  if (!seen) return indented(`Looked at with cxl-conformance ${suite}; no scenario was run.`);
  const sides = { base: seen.base, patched: (comparison ?? (steps.at(-1) as (typeof steps)[0]).comparison).patched };
  const flaky = seen.flaky > 0 ? `, ${count(seen.flaky, 'difference')} that did not show again left out` : '';
  return [
    ...indented(
      `${head}: ${count(seen.scenarios, 'scenario')}, ${count(seen.machines, 'machine')} compared for what no scenario asserts${flaky}.`,
    ),
    ...indented(`base: ${base.name}, ${base.from}`, '  ', '    '),
    ...Object.entries(sides).flatMap(([side, { version, package: from, digest }]) =>
      indented(`${side}: QEMU ${version}${from ? ` (${from})` : ''}, SHA-256 ${digest.slice(0, 12)}`, '  ', '    '),
    ),
  ];
}

const again = ({ reproduce, kept }: Acceptance): string[] => [
  'To do this again:',
  ...wrappedCommand(splitCommand(reproduce), '  '),
  ...(kept ? [`  work tree and binaries: ${kept}`] : []),
];

/** Words of a command, with their quotes. */
const splitCommand = (command: string): string[] => command.match(/(?:'[^']*'|\\.|[^\s'])+/g) ?? [];
