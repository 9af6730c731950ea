/** Which scenarios touch a source file of QEMU, so that who changes the file knows what to run. */
import { filesOfQuirk, filesOfSource } from '../ledger/files';
import type { QuirkName } from '../ledger/quirks';
import type { Scenario } from './catalogue';

type Traced = Pick<Scenario, 'sources' | 'quirks'>;

/** Source files that a scenario touches: in QEMU's tree, and of some in Linux'. */
export function filesTouchedBy({ sources, quirks }: Traced): ReadonlySet<string> {
  return new Set([...sources.flatMap(filesOfSource), ...quirks.flatMap((name) => filesOfQuirk(name as QuirkName))]);
}

/** Those of `scenarios` that touch `file`, in their order; it is a path, the end of one, or a folder: `hw/cxl`. */
export function scenariosTouching<T extends Traced>(scenarios: readonly T[], file: string): T[] {
  const wanted = normalized(file);
  return scenarios.filter((scenario) => [...filesTouchedBy(scenario)].some((path) => isOf(path, wanted)));
}

/** All files that some of `scenarios` touches, sorted. */
export const touchedFiles = (scenarios: readonly Traced[]): string[] =>
  [...new Set(scenarios.flatMap((scenario) => [...filesTouchedBy(scenario)]))].sort();

/** Also what stands in front of a path where the tree is somewhere else, or in a diff: `/home/me/qemu/hw/cxl/cxl-cdat.c`, `a/hw/...`. */
const isOf = (path: string, wanted: string): boolean =>
  path === wanted || path.endsWith(`/${wanted}`) || wanted.endsWith(`/${path}`) || path.startsWith(`${wanted}/`);

const normalized = (file: string): string => file.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
