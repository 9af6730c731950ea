/** What a run of all scenarios says of a QEMU, area by area: a file to keep, from which pages are made. */
import { folded } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Quirk } from '../ledger/quirks/quirk';
import { precedes } from '../ledger/release';
import type { Verdict } from '../ledger/verdict';
import { shellWord } from '../system/shell-word';
import { folderName } from './folder-name';
import { ReportError, type ScenarioVerdict, type Totals, totalsOf, type Verdicts } from './verdicts';

export interface Statement {
  /** Of its file: `qtest-10.0.13`. */
  readonly name: string;
  readonly suite: { readonly version: string; readonly digest: string };
  readonly qemu: { readonly version: string; readonly package?: string; readonly digest: string };
  readonly target: string;
  /** For people: target, QEMU and kernel. */
  readonly description: string;
  readonly kernel?: string;
  /** When the run began. */
  readonly started: string;
  /** Commands that make the run and the statement again. */
  readonly reproduce: readonly string[];
  readonly totals: Totals;
  readonly areas: readonly Area[];
}

/** Ids are folded: `E820-1.1/1-4`. */
export interface Area {
  /** Folder of its features. */
  readonly name: string;
  readonly totals: Totals;
  readonly conforms: readonly string[];
  readonly known: readonly KnownDefect[];
  /** What the QEMU does not have. */
  readonly absent: readonly { readonly reason: string; readonly scenarios: readonly string[] }[];
  readonly fails: readonly Failure[];
}

export interface KnownDefect {
  readonly quirk: string;
  readonly summary: string;
  /** The first release that has it, and the first one after this QEMU that has not, if there is one. */
  readonly since: string;
  readonly until?: string;
  readonly source: string;
  readonly scenarios: readonly string[];
  /** The one of the smallest reproducer, in whichever area. */
  readonly reproduce: string;
}

/** A scenario that fails otherwise than the ledger knows, or no longer as it says. */
export interface Failure {
  readonly id: string;
  readonly verdict: Verdict;
  readonly words: string;
}

/** For a quirk's scenarios, the one with the smallest reproducer. */
type Smallest = (ids: readonly string[]) => string;

/** @throws ReportError for a run of a part of the suite, without a QEMU, or in which something broke */
export function statementOf(verdicts: Verdicts, smallest: Smallest = ([first = '']) => first): Statement {
  const { suite, suiteDigest, target, description, qemu, qemuPackage, qemuDigest, kernel, started } = verdicts;
  const { scenarios, totals, selected } = verdicts;
  if (qemu === undefined || qemuDigest === undefined) throw new ReportError(`a run on ${description} is of no QEMU`);
  if (scenarios.length < selected.of) {
    throw new ReportError(
      `a statement takes a run of all ${selected.of} scenarios, and this one has ${scenarios.length}`,
    );
  }
  if (totals.broken > 0) throw new ReportError(`the environment broke ${totals.broken} scenarios: run again`);
  const areas = [...new Set(scenarios.map(areaOf))];
  const known = grouped(
    scenarios.filter(({ verdict }) => verdict === 'known'),
    ({ quirk = '' }) => quirk,
  );
  const reproducers = new Map(known.map(([quirk, some]) => [quirk, smallest(some.map(({ id }) => id))]));
  return {
    name: folderName(verdicts),
    suite: { version: suite, digest: suiteDigest },
    qemu: { version: qemu, ...(qemuPackage && { package: qemuPackage }), digest: qemuDigest },
    target,
    description,
    ...(kernel && { kernel }),
    started,
    reproduce: commandsOf(verdicts),
    totals,
    areas: areas.map((name) =>
      area(
        name,
        scenarios.filter((each) => areaOf(each) === name),
        qemu,
        reproducers,
      ),
    ),
  };
}

const areaOf = ({ uri }: ScenarioVerdict): string => /^features\/([^/]+)\//.exec(uri)?.[1] ?? uri;

/** The QEMU is wherever the reader has it. */
function commandsOf({ target, options = [] }: Verdicts): string[] {
  const run = ['run', '--target', target, '--qemu', './qemu-system-x86_64', ...options, '--output', 'reports/again'];
  return [run, ['statement', 'reports/again']].map((words) => `npx cxl-conformance ${words.map(shellWord).join(' ')}`);
}

function area(
  name: string,
  scenarios: readonly ScenarioVerdict[],
  qemu: string,
  reproducers: ReadonlyMap<string, string>,
): Area {
  const of = (verdict: Verdict) => scenarios.filter((scenario) => scenario.verdict === verdict);
  const ids = (some: readonly ScenarioVerdict[]) => folded(some.map(({ id }) => id));
  return {
    name,
    totals: totalsOf(scenarios),
    conforms: ids(of('conforms')),
    known: grouped(of('known'), ({ quirk = '' }) => quirk).map(([quirk, some]) => ({
      ...defect(quirk, qemu),
      scenarios: ids(some),
      reproduce: reproducers.get(quirk) ?? '',
    })),
    absent: grouped(of('not-applicable'), ({ reason = '' }) => reason.split('\n')[0] ?? '').map(([reason, some]) => ({
      reason,
      scenarios: ids(some),
    })),
    fails: [...of('fails'), ...of('fixed')].map(({ id, verdict, received, reason }) => ({
      id,
      verdict,
      words: `${received ?? reason ?? ''}`,
    })),
  };
}

function defect(name: string, qemu: string): Omit<KnownDefect, 'scenarios' | 'reproduce'> {
  if (!Object.hasOwn(quirks, name))
    throw new ReportError(`the run names a quirk ${name} that the ledger does not have`);
  const { summary, source, releases = [] }: Quirk = quirks[name as QuirkName];
  const range = releases.find(({ from, fixedIn }) => !precedes(qemu, from) && (!fixedIn || precedes(qemu, fixedIn)));
  if (!range) throw new ReportError(`by the ledger, QEMU ${qemu} does not have ${name}: run again with this suite`);
  return { quirk: name, summary, since: range.from, ...(range.fixedIn && { until: range.fixedIn }), source };
}

/** By name. */
function grouped(
  scenarios: readonly ScenarioVerdict[],
  keyOf: (scenario: ScenarioVerdict) => string,
): [string, ScenarioVerdict[]][] {
  const groups = new Map<string, ScenarioVerdict[]>();
  for (const scenario of scenarios) groups.set(keyOf(scenario), [...(groups.get(keyOf(scenario)) ?? []), scenario]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
