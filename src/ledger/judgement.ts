/** What becomes of a scenario's findings: a pure function of what was found and of what was expected. */
import type { Personality } from './personality';
import type { QuirkName } from './quirks';
import { quirks } from './quirks';
import type { Quirk } from './quirks/quirk';
import type { Verdict } from './verdict';

/** One value that is not what a step expects, in a reader's words. */
export interface Difference {
  /** Whose value it is, and which; empty where the step says it. */
  readonly what: string;
  readonly expected: string;
  readonly received: string;
}

/** What a step did not say: it failed, or asked for what the target does not have. */
export interface Finding {
  /** Which of the scenario's steps, from 0; -1 before the first. */
  readonly step: number;
  readonly kind: 'failed' | 'not-applicable';
  readonly words: string;
  /** The same value by value, where values were compared. */
  readonly differences?: readonly Difference[];
}

/** What a scenario does on the simulator as a release. */
export interface Expectation {
  readonly of: Personality;
  readonly findings: readonly Finding[];
  /** Those of the release by which the scenario fails. */
  readonly quirks: readonly QuirkName[];
}

export interface Judgement {
  readonly verdict: Verdict;
  /** For people; empty where the verdict says it all. */
  readonly reason: string;
  /** The quirk that explains the verdict. */
  readonly quirk?: QuirkName;
  /** What was expected of the step that decides: words, or that it passes. */
  readonly expected?: string;
  /** The step that decides, from 0. */
  readonly step?: number;
  /** Between two releases: in what the target differs from the older one. */
  readonly change?: string;
}

/** Whether some of the releases would show the same at that step, or anything by chance. */
export const isExpected = (finding: Finding, expectations: readonly Expectation[]): boolean =>
  expectations.some(({ findings }) => findings.some(isSameAs(finding))) ||
  (finding.kind === 'failed' && chanceIn(expectations) !== undefined);

/** Whether that release shows these findings and no others, none of them by chance. */
export const isJustAs = ({ findings: expected, quirks }: Expectation, findings: readonly Finding[]): boolean =>
  !quirks.some(isByChance) &&
  expected.length === findings.length &&
  findings.every((each) => expected.some(isSameAs(each)));

const chanceIn = (expectations: readonly Expectation[]): QuirkName | undefined =>
  expectations.flatMap((each) => each.quirks).find(isByChance);

/** Judges what a scenario has shown that was neither broken nor out of reach; the last finding is the one that ended it, if any did. */
export function judge(findings: readonly Finding[], expectations: readonly Expectation[]): Judgement {
  const chance = chanceIn(expectations);
  const odd = findings.find((finding) => !isExpected(finding, expectations));
  if (odd) return failing(odd, expectations);
  if (chance && !findings.some(({ kind }) => kind === 'not-applicable')) return known([chance]);
  const [oldest] = expectations;
  const change = expectations.length > 1 && oldest ? changeSince(oldest, findings) : undefined;
  const told = change === undefined ? {} : { change };
  const lacking = findings.find(({ kind }) => kind === 'not-applicable');
  if (lacking) return { verdict: 'not-applicable', reason: lacking.words, step: lacking.step, ...told };
  const gone = expectations.length === 1 ? oldest?.findings.find((each) => !findings.some(isSameAs(each))) : undefined;
  if (gone && oldest) return mended(gone, oldest);
  const [first] = findings;
  if (!first) return { verdict: 'conforms', reason: '', ...told };
  const explained = expectations.filter((each) => each.findings.some(isSameAs(first)));
  const explaining = explained.flatMap((each) => each.quirks);
  if (explaining.length > 0) return { ...known(explaining), step: first.step, expected: first.words, ...told };
  return { verdict: 'fails', reason: `${first.words}\nno quirk of the ledger explains it`, step: first.step };
}

const isSameAs =
  ({ step, kind, words }: Finding) =>
  (other: Finding): boolean =>
    other.step === step && other.kind === kind && other.words === words;

export const isByChance = (name: QuirkName): boolean => (quirks[name] as Quirk).byChance !== undefined;

/** By a quirk; where several break a scenario, by any of them. */
function known([quirk, ...others]: readonly QuirkName[]): Judgement {
  if (!quirk) throw new RangeError('known by no quirk');
  const rest = [...new Set(others)].filter((name) => name !== quirk);
  const or = rest.length > 0 ? ` Or ${rest.join(', ')}.` : '';
  return { verdict: 'known', quirk, reason: `${quirk}: ${quirks[quirk].summary}${or}` };
}

/** A finding that none of the releases explains. */
function failing({ step, kind, words }: Finding, expectations: readonly Expectation[]): Judgement {
  const newest = expectations.at(-1);
  const others =
    newest?.findings.find((each) => each.step === step) ?? newest?.findings.find((each) => each.step < step);
  const expected = others ? `${others.step === step ? '' : 'an earlier step fails: '}${others.words}` : PASSES;
  const has = kind === 'not-applicable' ? `: ${newest?.of.name} has it and this one does not` : '';
  return { verdict: 'fails', reason: `${words}${has}`, expected, step };
}

export const PASSES = 'the step passes';

/** A finding that is expected of a release, and was not met. */
function mended({ step, kind, words }: Finding, { of, quirks: names }: Expectation): Judgement {
  if (kind === 'not-applicable') {
    return { verdict: 'fixed', step, expected: words, reason: `${of.name} is known not to have it: ${words}` };
  }
  const quirk = names[0];
  const told = quirk ? `${quirk}: ${quirks[quirk].summary}` : words;
  return { verdict: 'fixed', step, expected: words, reason: told, ...(quirk && { quirk }) };
}

/** In what a scenario differs from the older of two releases, for people; undefined if in nothing. */
function changeSince(
  { of, findings: before, quirks: names }: Expectation,
  findings: readonly Finding[],
): string | undefined {
  const left = before.filter((each) => !findings.some(isSameAs(each)));
  const came = findings.filter((each) => !before.some(isSameAs(each)));
  if (left.length + came.length === 0) return undefined;
  if (left.some(({ kind }) => kind === 'not-applicable')) return `applies since ${of.name}`;
  if (came.some(({ kind }) => kind === 'not-applicable')) return `gone since ${of.name}`;
  if (came.length === 0) return `mended since ${of.name}: ${names[0] ?? left[0]?.words}`;
  return left.length === 0 ? `new since ${of.name}` : `fails otherwise since ${of.name}`;
}
