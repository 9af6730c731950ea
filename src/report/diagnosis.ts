/**
 * Diagnosis: which departures of the ledger the failures of a run look like. The kill list read backwards is a fault dictionary:
 * scenarios that fail, and are those that fail on the simulator by a quirk, fail as by that quirk. What it does not explain is
 * grouped by step and words. DESIGN.md: Words, Kill list.
 */
import { type KillList, transposed } from '../ledger/kill-list';
import type { Verdict } from '../ledger/verdict';
import { brief, likenessOf, receivedIn, withoutNumbers } from './brief';

/** How a scenario fared, as far as diagnosis asks. */
export interface Outcome {
  readonly id: string;
  readonly verdict: Verdict;
  readonly step?: string;
  readonly reason?: string;
}

/** Failures that are those of a quirk. */
export interface Fault {
  readonly quirk: string;
  /** Quirks that explain the run as well as this one. */
  readonly or: readonly string[];
  /** The scenarios that fail, without those of the faults before. */
  readonly ids: readonly string[];
  /** How many scenarios of the run fail by the quirk on the simulator, those whose failure is `known` left out. */
  readonly of: number;
  /** Those of them that conform nevertheless. */
  readonly conforming: readonly string[];
  /** How many scenarios that fail by the quirk were not selected. */
  readonly notRun: number;
}

/** Failures at the same step with the same words, numbers apart. */
export interface Likeness {
  readonly ids: readonly string[];
  /** Of the first of them; none where they failed at several. */
  readonly step?: string;
  /** Of the first of them. */
  readonly words: string;
}

export interface Diagnosis {
  readonly faults: readonly Fault[];
  /** What no fault explains. */
  readonly rest: readonly Likeness[];
}

/** As many other quirks that explain the same are no diagnosis. */
const MOST_NAMES = 3;

/** More faults at once are not looked for: so many parts of the ledger can be put together to anything. */
const MOST_FAULTS = 5;

/** Of the scenarios that a quirk makes fail, at least this share fails. */
const LEAST_SHARE = 2 / 3;

/** What a named fault costs: a little less than a failure of which nothing is known. */
const FAULT = 0.9;

/** What a scenario costs that conforms, though a named fault makes it fail. */
const CONFORMING = 1;

/** What a scenario costs that would show a named fault, and did not run: of faults that are as good, the one that was looked for more. */
const NOT_RUN = 0.01;

/** What failures that are alike cost: more of them are the more worth explaining, but one cause explains them already. */
const unexplained = (count: number): number => (count === 0 ? 0 : 1 + Math.log2(count) / 2);

interface Candidate {
  readonly name: string;
  /** Positions among the failures. */
  readonly hits: ReadonlySet<number>;
  readonly conforming: readonly string[];
  readonly notRun: number;
}

/**
 * The set of faults that explains the failures best: few faults, few failures left, few scenarios that should fail and do not.
 * @param kills Which scenarios fail by which quirk, the quirks that may be named in order of preference.
 */
export function diagnose(outcomes: readonly Outcome[], kills: KillList): Diagnosis {
  const failures = outcomes.filter(({ verdict }) => verdict === 'fails');
  const received = failures.map(({ reason = '' }) => receivedIn(reason));
  const candidates = candidatesAmong(outcomes, failures, kills);
  const cost = (faults: readonly Candidate[]) => costOf(faults, received);

  let usable = candidates;
  for (;;) {
    const faults = best(usable, cost);
    const equals = new Map(faults.map((fault) => [fault, equalTo(fault, faults, usable, cost)]));
    const vague = faults.filter((fault) => (equals.get(fault)?.length ?? 0) >= MOST_NAMES);
    const doubtful = [
      ...vague.flatMap((fault) => [fault, ...(equals.get(fault) ?? [])]),
      ...faults.filter((fault) => shareOf(fault, faults, received) < LEAST_SHARE),
    ];
    if (doubtful.length === 0) return told(faults, equals, failures);
    usable = usable.filter((candidate) => !doubtful.includes(candidate));
  }
}

/** How far a fault accounts for failures with the words of its own: those that no fault explains speak for another cause of them all. */
function shareOf({ hits }: Candidate, faults: readonly Candidate[], received: readonly string[]): number {
  const explained = new Set(faults.flatMap((fault) => [...fault.hits]));
  const all = new Map<string, { count: number; explained: number }>();
  for (const [i, words] of received.entries()) {
    const { count, explained: before } = all.get(words) ?? { count: 0, explained: 0 };
    all.set(words, { count: count + 1, explained: before + Number(explained.has(i)) });
  }
  const shares = [...hits]
    .map((hit) => all.get(received[hit] ?? ''))
    .map((group) => (group ? group.explained / group.count : 0));
  return shares.reduce((sum, share) => sum + share, 0) / hits.size;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

function candidatesAmong(outcomes: readonly Outcome[], failures: readonly Outcome[], kills: KillList): Candidate[] {
  const position = new Map(failures.map(({ id }, i) => [id, i]));
  const verdicts = new Map(outcomes.map(({ id, verdict }) => [id, verdict]));
  const killers = transposed(kills);
  return [...kills].flatMap(([name, ids]) => {
    const hits = new Set(ids.flatMap((id) => position.get(id) ?? []));
    const conforming = ids.filter((id) => CONFORMS.has(verdicts.get(id)));
    const share = hits.size / (hits.size + conforming.length);
    const notRun = ids.filter((id) => !verdicts.has(id)).length;
    const mostRan = notRun <= hits.size + conforming.length;
    const telling = mostTelling(ids, verdicts, killers);
    const isTold = telling.some((id) => position.has(id));
    return hits.size > 0 && share >= LEAST_SHARE && mostRan && isTold ? [{ name, hits, conforming, notRun }] : [];
  });
}

/** Of the scenarios that would show a quirk and ran, those that the fewest other quirks break: if none of them fails, it is another one. */
function mostTelling(
  ids: readonly string[],
  verdicts: ReadonlyMap<string, Verdict>,
  killers: ReadonlyMap<string, readonly string[]>,
): string[] {
  const ran = ids.filter((id) => verdicts.get(id) === 'fails' || CONFORMS.has(verdicts.get(id)));
  const count = (id: string) => killers.get(id)?.length ?? 0;
  const least = Math.min(...ran.map(count));
  return ran.filter((id) => count(id) === least);
}

/** What is `known` to fail fails by another quirk already, and shows nothing of this one. */
const CONFORMS: ReadonlySet<Verdict | undefined> = new Set<Verdict>(['conforms', 'fixed']);

function costOf(faults: readonly Candidate[], received: readonly string[]): number {
  const explained = new Set(faults.flatMap(({ hits }) => [...hits]));
  const left = new Map<string, number>();
  for (const [i, words] of received.entries()) {
    if (!explained.has(i)) left.set(words, (left.get(words) ?? 0) + 1);
  }
  const conforming = new Set(faults.flatMap((fault) => fault.conforming)).size;
  const alone = [...left.values()].reduce((sum, count) => sum + unexplained(count), 0);
  const notRun = faults.reduce((sum, fault) => sum + fault.notRun, 0);
  return faults.length * FAULT + conforming * CONFORMING + notRun * NOT_RUN + alone;
}

type Cost = (faults: readonly Candidate[]) => number;

const LITTLE = 1e-9;

/** Adds or removes a fault, or else exchanges one for another, as long as that makes the cost less. */
function best(candidates: readonly Candidate[], cost: Cost): Candidate[] {
  let faults: Candidate[] = [];
  for (;;) {
    const now = faults;
    const fewer = now.map((fault) => now.filter((each) => each !== fault));
    const others = candidates.filter((candidate) => !now.includes(candidate));
    const withOneMore = (some: readonly Candidate[]) => others.map((other) => [...some, other]);
    const less = cost(now) - LITTLE;
    const more = now.length < MOST_FAULTS ? withOneMore(now) : [];
    const next = cheapest([...fewer, ...more], cost, less) ?? cheapest(fewer.flatMap(withOneMore), cost, less);
    if (!next) return now;
    faults = next;
  }
}

/** The first of those that cost least, and less than `limit`. */
function cheapest(sets: readonly Candidate[][], cost: Cost, limit: number): Candidate[] | undefined {
  let least = limit;
  let found: Candidate[] | undefined;
  for (const set of sets) {
    const own = cost(set);
    if (own >= least) continue;
    least = own - LITTLE;
    found = set;
  }
  return found;
}

/** What could stand in the place of one of the faults. */
function equalTo(fault: Candidate, faults: readonly Candidate[], candidates: readonly Candidate[], cost: Cost) {
  const others = faults.filter((each) => each !== fault);
  const limit = cost(faults) + LITTLE;
  return candidates.filter((other) => !faults.includes(other) && cost([...others, other]) <= limit);
}

function told(
  faults: readonly Candidate[],
  equals: ReadonlyMap<Candidate, readonly Candidate[]>,
  failures: readonly Outcome[],
): Diagnosis {
  const taken = new Set<number>();
  const largestFirst = [...faults].sort((a, b) => b.hits.size - a.hits.size);
  const found = largestFirst.map((fault): Fault => {
    const { name, hits, conforming, notRun } = fault;
    const own = [...hits].filter((hit) => !taken.has(hit)).sort((a, b) => a - b);
    for (const hit of own) taken.add(hit);
    const ids = own.flatMap((hit) => failures[hit]?.id ?? []);
    const or = (equals.get(fault) ?? []).map((other) => other.name);
    return { quirk: name, or, ids, of: hits.size + conforming.length, conforming, notRun };
  });
  const left = failures.filter((_, i) => !taken.has(i));
  const rest = grouped(left, ({ step = '', reason = '' }) => likenessOf(step, reason)).map((group): Likeness => {
    const [{ step, reason = '' } = {}] = group;
    const isAtOneStep =
      step !== undefined && group.every((other) => withoutNumbers(other.step ?? '') === withoutNumbers(step));
    return { ids: group.map(({ id }) => id), ...(isAtOneStep && { step }), words: brief(reason) };
  });
  return { faults: found, rest: rest.sort((a, b) => b.ids.length - a.ids.length) };
}
