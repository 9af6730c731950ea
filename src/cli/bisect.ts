/**
 * `bisect`: the commit since which scenarios fail, or do anything else than before. With `--good` and `--bad` it does the whole
 * work in a work tree of its own; without, it tests the commit that is checked out here, for `git bisect run`.
 */
import { resolve } from 'node:path';
import type { Scenario } from '../report/catalogue';
import { type Build, build, howToBuild } from '../series/build';
import { commitOf, git, tryGit } from '../series/git';
import { type Place, placeAt } from '../series/shell';
import { WorkTree } from '../series/work-tree';
import { ANSWER, type Answered, ask } from './bisect-answer';
import { referenceOf, shownAt } from './bisect-reference';
import { type Selection, select } from './catalogue';
import { EXIT, STOP_BISECTING, UsageError } from './exit';
import type { Showing } from './sides';

export interface BisectOptions extends Selection {
  readonly tree: string;
  readonly good?: string;
  readonly bad?: string;
  readonly build?: string;
  readonly binary?: string;
  /** Whether anything else than on the good commit is bad, not a failure alone. */
  readonly changed?: boolean;
  readonly keep?: boolean;
}

/** Yields the exit status: of a whole bisection 0 once the commit is found; of one commit, the answer. */
export async function bisect(options: BisectOptions): Promise<number> {
  const { good, bad } = options;
  if (good !== undefined && bad !== undefined) return search({ ...options, good, bad });
  if (good !== undefined || bad !== undefined) throw new UsageError('--good and --bad go together');
  try {
    return await test(options);
  } catch (error) {
    console.error(`cxl-conformance: ${(error as Error).message}`);
    return STOP_BISECTING;
  }
}

/** Of the commit that is checked out in the caller's tree. */
async function test(options: BisectOptions): Promise<number> {
  const scenarios = await select(options);
  const { tree } = options;
  const reference = options.changed ? await referenceOf(tree, scenarios, howToBuild(options)) : undefined;
  const { answer, reason } = await answered(placeAt(resolve(tree)), scenarios, howToBuild(options), reference);
  console.log(`${wordFor(answer)}: ${reason}`);
  return answer;
}

const wordFor = (answer: number): string =>
  Object.entries(ANSWER).find(([, each]) => each === answer)?.[0] ?? `${answer}`;

async function answered(
  place: Place,
  scenarios: readonly Scenario[],
  how: Build,
  reference?: Showing,
): Promise<Answered> {
  const built = await build(place, how);
  if ('failed' in built)
    return { answer: ANSWER.untestable, reason: `does not build: ${built.failed.split('\n').at(-1)}` };
  return ask(built.qemu, scenarios, reference);
}

/** The whole bisection. @throws UsageError if the good commit is not, or the bad one. */
async function search(options: BisectOptions & { readonly good: string; readonly bad: string }): Promise<number> {
  const scenarios = await select(options);
  const [good, bad] = [await commitOf(options.tree, options.good), await commitOf(options.tree, options.bad)];
  const how = howToBuild(options);
  const [repository, keep] = [resolve(options.tree), options.keep ?? false];
  return WorkTree.use({ repository, commit: good, keep }, async (workTree) => {
    console.error(`good: building and testing ${good.slice(0, 12)}`);
    const reference = options.changed ? await shownAt(workTree, scenarios, how) : undefined;
    const atGood = await answered(workTree, scenarios, how, reference);
    if (atGood.answer !== ANSWER.good) throw new UsageError(`${options.good} is not good: ${atGood.reason}`);
    console.error(`bad: building and testing ${bad.slice(0, 12)}`);
    await workTree.checkOut(bad);
    const atBad = await answered(workTree, scenarios, how, reference);
    if (atBad.answer !== ANSWER.bad) throw new UsageError(`${options.bad} is not bad: ${atBad.reason}`);
    const found = await narrow(workTree, { good, bad }, () => answered(workTree, scenarios, how, reference));
    console.log(await told(workTree, found, atBad));
    if (keep) console.log(`work tree: ${workTree.path}`);
    return found.length === 1 ? EXIT.asExpected : EXIT.lookAtIt;
  });
}

/** `git bisect`, which knows how to choose among commits. Yields the first bad commit, or all that it may be. */
async function narrow(
  workTree: WorkTree,
  { good, bad }: { readonly good: string; readonly bad: string },
  test: () => Promise<Answered>,
): Promise<string[]> {
  let said = await git(workTree.path, 'bisect', 'start', bad, good);
  for (;;) {
    const [, first] = /^([0-9a-f]{7,64}) is the first bad commit/m.exec(said) ?? [];
    if (first) return [first];
    const commit = await workTree.head();
    const { answer, reason } = await test();
    const word = answer === ANSWER.untestable ? 'skip' : wordFor(answer);
    console.error(`${word}: ${commit.slice(0, 12)} ${reason}`);
    const next = await tryGit(workTree.path, 'bisect', word);
    if (/only 'skip'ped commits left/.test(next.all))
      return [...next.all.matchAll(/^[0-9a-f]{40,64}$/gm)].map(([each]) => each);
    if (!next.ok) throw new Error(`git bisect ${word} failed: ${next.all}`);
    said = next.stdout;
  }
}

async function told(workTree: WorkTree, commits: readonly string[], { reason }: Answered): Promise<string> {
  const head =
    commits.length === 1 ? 'first bad commit:' : 'the first bad commit is one of these; the others cannot be tested:';
  const format = ['--no-walk=unsorted', '--date=short', '--format=  %h %s%n    %an, %ad', ...commits];
  return [head, await git(workTree.path, 'log', ...format), '', `at the bad commit: ${reason}`].join('\n');
}
