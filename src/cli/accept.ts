/** `accept`: builds a series patch by patch beside its base, compares them, and drafts a reply. */
import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Acceptance, PatchOutcome, Step } from '../report/acceptance';
import type { Comparison } from '../report/comparison';
import { replyTo } from '../report/reply';
import { scenariosTouching } from '../report/touching';
import { version } from '../report/version';
import { readBranch } from '../series/branch';
import { type Build, build, howToBuild, keepCopy } from '../series/build';
import { commitOf, tryGit } from '../series/git';
import { readMailbox } from '../series/mailbox';
import { filesOf, type Series } from '../series/series';
import { WorkTree } from '../series/work-tree';
import { inScratch } from '../system/scratch';
import { showCommand } from '../system/shell-word';
import { type Selection, select } from './catalogue';
import { type CompareOptions, compare } from './compare';
import { EXIT } from './exit';
import { type Applied, applySeries, buildSeries, type SeriesBuilds } from './series-builds';
import { showStatus } from './status-line';

export interface AcceptOptions extends Selection {
  /** QEMU's repository, or a work tree of it. */
  readonly tree: string;
  readonly base?: string;
  /** Whether each patch is built and compared with the one before it. */
  readonly each?: boolean;
  readonly build?: string;
  readonly binary?: string;
  readonly keep?: boolean;
  readonly json?: boolean;
  /** Random machines for each comparison. */
  readonly count?: number;
  readonly seed?: number;
}

/** How two QEMUs are compared; tests have their own. */
export type Compare = (base: string, patched: string, options: CompareOptions) => Promise<Comparison>;

/** Prints the reply, or JSON. Yields the exit status. */
export async function accept(what: string, options: AcceptOptions): Promise<number> {
  const acceptance = await acceptanceOf(what, options, compare);
  console.log(options.json ? JSON.stringify(acceptance, null, 2) : replyTo(acceptance));
  return acceptance.worse ? EXIT.lookAtIt : EXIT.asExpected;
}

/** `what` is a mailbox file, or a branch of the tree. @throws RangeError, or Error if the base cannot be built */
export const acceptanceOf = (what: string, options: AcceptOptions, comparing: Compare): Promise<Acceptance> =>
  inScratch(async (scratch) => {
    const series = await read(what, options, scratch);
    const base = await baseOf(series, options);
    await select(options); // what selects nothing is said before anything is built
    const { repository, keep = false } = { repository: resolve(options.tree), keep: options.keep };
    return WorkTree.use({ repository, commit: base.commit, keep }, async (workTree) => {
      const job = { workTree, base, build: howToBuild(options), options, comparing };
      const kept = keep ? workTree.folder : undefined;
      const done = (patches: readonly PatchOutcome[], compared: Compared) =>
        summed(what, series, base, patches, compared, options, kept);
      const applied = await applySeries(workTree, series.patches);
      const isWhole = applied.commits.length === series.patches.length;
      if (applied.commits.length === 0 || !(isWhole || options.each)) return done(applied.patches, { steps: [] });
      const copy = await buildBase(job);
      const builds = await buildSeries(workTree, applied, { build: job.build, each: options.each ?? false, tell });
      const compared = await comparisons(job, applied, builds, copy);
      return done(compared.patches ?? builds.patches, compared);
    });
  });

/** What a comparison of a series takes. */
interface Job {
  readonly workTree: WorkTree;
  readonly base: Base;
  readonly build: Build;
  readonly options: AcceptOptions;
  readonly comparing: Compare;
}

async function buildBase({ workTree, base: { name }, build: how }: Job): Promise<string> {
  tell(`building the base, ${name}`);
  const built = await build(workTree, how);
  if ('failed' in built) throw new Error(`the base, ${name}, does not build:\n${built.failed}`);
  return keepCopy(workTree, built.qemu, 'base');
}

interface Base {
  readonly commit: string;
  readonly name: string;
  readonly from: string;
}

/** What no branch is called. */
const LIKE_A_FILE = /^[./~]|\.(mbx|mbox|patch|eml)$/;

async function read(what: string, { tree, base }: AcceptOptions, scratch: string): Promise<Series> {
  await commitOf(tree, 'HEAD'); // it is a repository
  if (!existsSync(what)) {
    if (LIKE_A_FILE.test(what)) throw new RangeError(`${what} does not exist: name a mailbox file or a branch`);
    return readBranch(tree, what, base);
  }
  if (statSync(what).isDirectory()) throw new RangeError(`${what} is a folder: name a mailbox file or a branch`);
  await mkdir(join(scratch, 'mails'));
  return readMailbox(what, join(scratch, 'mails'));
}

async function baseOf(series: Series, { tree, base }: AcceptOptions): Promise<Base> {
  const [name, from] = base
    ? [base, 'given by --base']
    : series.base
      ? [series.base, 'base-commit of the series']
      : ['HEAD', `HEAD of ${tree}: the series names no base-commit`];
  const commit = await commitOf(tree, name).catch((error: Error) => {
    throw new RangeError(`${error.message}, ${from}: fetch it, or name another by --base`);
  });
  const described = await tryGit(tree, 'describe', '--tags', '--match', 'v[0-9]*', commit);
  return { commit, name: described.ok ? described.stdout.trim() : commit.slice(0, 12), from };
}

interface Compared {
  readonly comparison?: Comparison;
  /** Where they were built one by one afterwards. */
  readonly patches?: readonly PatchOutcome[];
  readonly steps: readonly Step[];
}

/** The whole series with its base, and its patches one by one: all if each was asked for, else where something got worse. */
async function comparisons(job: Job, applied: Applied, builds: SeriesBuilds, base: string): Promise<Compared> {
  const { binaries } = builds;
  const { options, comparing } = job;
  const wanted: CompareOptions = { ...chosen(options), smaller: true, onProgress: showStatus };
  const last = binaries.get(applied.patches.length);
  if (!last) return { steps: options.each ? await stepwise(job, base, binaries, wanted) : [] };
  tell('comparing the base with the whole series');
  const comparison = await comparing(base, last, wanted);
  if (applied.patches.length === 1) return { comparison, steps: [] };
  if (options.each) return { comparison, steps: await stepwise(job, base, binaries, wanted) };
  const worse = comparison.changes.filter((change) => change.worse).map(({ id }) => id);
  if (worse.length === 0) return { comparison, steps: [] };
  tell(`looking for the patch at which ${worse.length === 1 ? worse[0] : `${worse.length} scenarios`} got worse`);
  const between = { ...applied, commits: applied.commits.slice(0, -1) };
  const all = await buildSeries(job.workTree, between, { build: job.build, each: true, tell });
  const each = new Map([...all.binaries, [applied.patches.length, last] as const]);
  const patches = [...all.patches.slice(0, -1), ...builds.patches.slice(-1)];
  return { comparison, patches, steps: await stepwise(job, base, each, { ...wanted, id: worse, count: 0 }) };
}

async function stepwise(
  { comparing }: Job,
  base: string,
  binaries: ReadonlyMap<number, string>,
  wanted: CompareOptions,
): Promise<Step[]> {
  const steps: Step[] = [];
  let [against, before] = [0, base];
  for (const [patch, qemu] of binaries) {
    tell(`comparing patch ${patch} with ${against === 0 ? 'the base' : `patch ${against}`}`);
    steps.push({ patch, against, comparison: await comparing(before, qemu, wanted) });
    [against, before] = [patch, qemu];
  }
  return steps;
}

const chosen = ({ features, tags, id, count, seed }: AcceptOptions): CompareOptions =>
  JSON.parse(JSON.stringify({ features, tags, id, count, seed })) as CompareOptions;

async function summed(
  what: string,
  series: Series,
  base: Base,
  patches: readonly PatchOutcome[],
  { comparison, steps }: Compared,
  options: AcceptOptions,
  kept?: string,
): Promise<Acceptance> {
  const scenarios = await select({});
  const files = filesOf(series);
  const touched = files.filter((file) => scenariosTouching(scenarios, file).length > 0);
  const failed = patches.some(({ state }) => state.startsWith('does-not'));
  return {
    suite: version,
    subject: series.subject,
    answers: series.answers,
    base,
    patches,
    steps,
    touched,
    ...(series.messageId && { messageId: series.messageId }),
    ...(comparison && { comparison }),
    untouched: files.filter((file) => !touched.includes(file)),
    build: howToBuild(options).command,
    reproduce: reproduce(what, options, base),
    ...(kept && { kept }),
    worse: failed || (comparison?.worse ?? false) || steps.some((step) => step.comparison.worse),
  };
}

function reproduce(what: string, options: AcceptOptions, { commit }: Base): string {
  const { tree, each, build: command, binary, features = [], id = [], tags, count, seed } = options;
  const given = Object.entries({ tree, base: commit.slice(0, 12), build: command, binary, tags, count, seed });
  const named = given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, `${value}`]));
  const ids = id.flatMap((prefix) => ['--id', prefix]);
  const words = ['npx', 'cxl-conformance', 'accept', what, ...features, ...named, ...(each ? ['--each'] : []), ...ids];
  return showCommand(words);
}

const tell = (line: string): void => console.error(line);
