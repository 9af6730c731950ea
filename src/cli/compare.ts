/** `compare`: what a patched QEMU does otherwise than its base. */
import type { Comparison } from '../report/comparison';
import { CHANGES } from '../report/comparison';
import { type Selection, select } from './catalogue';
import { EXIT, UsageError } from './exit';
import { scenarioChanges, type Tell } from './scenario-changes';
import { openSide, type Side } from './sides';

export interface CompareOptions extends Selection {
  /** How many random machines are compared. */
  readonly count?: number;
  /** Of the random machines. */
  readonly seed?: number;
  /** Called with how far it is, in a line. */
  readonly onProgress?: Tell;
}

/** `base` and `patched` are QEMU binaries or the folders of runs. @throws UsageError, QemuError, ReportError */
export async function compare(base: string, patched: string, options: CompareOptions = {}): Promise<Comparison> {
  const [before, after] = [await openSide(base), await openSide(patched)];
  checkAlike(before, after);
  const { onProgress = () => {} } = options;
  const scenarios = await select(options);
  const { changes, compared, flaky } = await scenarioChanges(before, after, scenarios, onProgress);
  const { version: suite } = require('../../package.json') as { version: string };
  return {
    ...{ suite, base: before.qemu, patched: after.qemu, scenarios: compared, machines: 0 },
    changes: [...changes].sort((a, b) => CHANGES.indexOf(a.kind) - CHANGES.indexOf(b.kind)),
    ...{ unasserted: [], notLookedAt: [], flaky },
    worse: changes.some(({ worse }) => worse),
  };
}

/** @throws UsageError */
function checkAlike(base: Side, patched: Side): void {
  if (base.target !== patched.target) {
    throw new UsageError(
      `a run on ${base.target} and one on ${patched.target} cannot be compared: make both on the same target`,
    );
  }
}

export async function compareCommand(
  base: string,
  patched: string,
  options: CompareOptions & { json?: boolean },
): Promise<number> {
  const comparison = await compare(base, patched, options);
  console.log(JSON.stringify(comparison, null, 2));
  return comparison.worse ? EXIT.lookAtIt : EXIT.asExpected;
}
