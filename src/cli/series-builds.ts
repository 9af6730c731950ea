/** The patches of a series in one work tree: applied one after the other, then built there, all of them or the last. */
import type { PatchOutcome } from '../report/acceptance';
import { type Build, build, keepCopy } from '../series/build';
import type { Patch } from '../series/series';
import { lastWords, type WorkTree } from '../series/work-tree';

/** A series as commits, as far as it applies. */
export interface Applied {
  readonly patches: readonly PatchOutcome[];
  /** Of the patches that apply, in order. */
  readonly commits: readonly string[];
}

export interface SeriesBuilds {
  /** Those that were built, by number of the patch. */
  readonly binaries: ReadonlyMap<number, string>;
  readonly patches: readonly PatchOutcome[];
}

export interface SeriesBuild {
  readonly build: Build;
  /** Whether each patch is built, and not the last alone. */
  readonly each: boolean;
  readonly tell: (line: string) => void;
}

/** Applies the patches, until one does not apply, and checks out again what was there before. */
export async function applySeries(workTree: WorkTree, series: readonly Patch[]): Promise<Applied> {
  const start = await workTree.head();
  const patches: PatchOutcome[] = [];
  const commits: string[] = [];
  for (const [i, patch] of series.entries()) {
    const [number, { subject }] = [i + 1, patch];
    if (commits.length < i) {
      patches.push({ number, subject, state: 'skipped' });
      continue;
    }
    const said = await workTree.apply(patch);
    if (said.ok) commits.push(await workTree.head());
    patches.push({
      number,
      subject,
      ...(said.ok ? { state: 'applied' } : { state: 'does-not-apply', words: lastWords(said) }),
    });
  }
  await workTree.checkOut(start);
  return { patches, commits };
}

/**
 * `workTree` has been built at the base. Where only the last patch is asked for and does not build, the first that does not is
 * looked for.
 */
export async function buildSeries(workTree: WorkTree, applied: Applied, how: SeriesBuild): Promise<SeriesBuilds> {
  const last = applied.commits.length;
  const wanted = how.each ? applied.commits.map((_, i) => i + 1) : [last];
  const built = await buildPatches(workTree, applied, wanted, how);
  if (how.each || last === 1 || built.binaries.size > 0) return built;
  how.tell('the series does not build: looking for the first patch that does not');
  const before = applied.commits.map((_, i) => i + 1).slice(0, -1);
  const known = { ...applied, patches: built.patches };
  return buildPatches(workTree, known, before, how, ({ state }) => state === 'does-not-build');
}

async function buildPatches(
  workTree: WorkTree,
  { patches, commits }: Applied,
  numbers: readonly number[],
  how: SeriesBuild,
  isEnough: (outcome: PatchOutcome) => boolean = () => false,
): Promise<SeriesBuilds> {
  const outcomes = [...patches];
  const binaries = new Map<number, string>();
  for (const number of numbers) {
    const { subject } = outcomes[number - 1] as PatchOutcome;
    await workTree.checkOut(`${commits[number - 1]}`);
    how.tell(`building patch ${number} of ${patches.length}: ${subject}`);
    const built = await build(workTree, how.build);
    const failed = 'failed' in built;
    const outcome: PatchOutcome = {
      number,
      subject,
      ...(failed ? { state: 'does-not-build', words: built.failed } : { state: 'built' }),
    };
    if (!failed) binaries.set(number, keepCopy(workTree, built.qemu, `patch-${number}`));
    outcomes[number - 1] = outcome;
    if (isEnough(outcome)) break;
  }
  return { binaries, patches: outcomes };
}
