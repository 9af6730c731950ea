/** Which scenarios touch a source file of QEMU, so that who changes the file knows what to run. */
import { filesOfQuirk, filesOfSource } from '../ledger/files';
import type { QuirkName } from '../ledger/quirks';
import { measuredFiles, scenariosRunning } from '../ledger/reach';
import type { Scenario } from './catalogue';

type Traced = Pick<Scenario, 'sources' | 'quirks'>;

/** Source files that a scenario touches: in QEMU's tree, and of some in Linux'. */
export function filesTouchedBy({ sources, quirks }: Traced): ReadonlySet<string> {
  return new Set([...sources.flatMap(filesOfSource), ...quirks.flatMap((name) => filesOfQuirk(name as QuirkName))]);
}

/**
 * Those of `scenarios` that touch `file`, in their order; it is a path, the end of one, or a folder: `hw/cxl`. They are about it,
 * or run code of it that not every machine runs. `FILE:FUNCTION`: those that run this function.
 */
export function scenariosTouching<T extends Traced & Pick<Scenario, 'id'>>(scenarios: readonly T[], file: string): T[] {
  const [path = '', named] = file.split(':');
  const wanted = normalized(path);
  const run = measuredFiles()
    .filter((each) => isOf(each, wanted))
    .map((each) => scenariosRunning(each, named));
  return scenarios.filter(
    (scenario) =>
      run.some((ids) => ids.has(scenario.id)) ||
      (named === undefined && [...filesTouchedBy(scenario)].some((each) => isOf(each, wanted))),
  );
}

/** All files that some of `scenarios` touches, sorted. */
export const touchedFiles = (scenarios: readonly Traced[]): string[] =>
  [...new Set(scenarios.flatMap((scenario) => [...filesTouchedBy(scenario)]))].sort();

/** Also what stands in front of a path where the tree is somewhere else, or in a diff: `/home/me/qemu/hw/cxl/cxl-cdat.c`, `a/hw/...`. */
const isOf = (path: string, wanted: string): boolean =>
  path === wanted || path.endsWith(`/${wanted}`) || wanted.endsWith(`/${path}`) || path.startsWith(`${wanted}/`);

const normalized = (file: string): string => file.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
