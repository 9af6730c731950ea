/** `compare`: what a patched QEMU does otherwise than its base. */
import { readKillList } from '../ledger/kill-list';
import { DEFAULT_PLATFORM } from '../ledger/platforms';
import { CHANGES, type Change, type ChangeKind, type Comparison } from '../report/comparison';
import { comparisonMarkdown } from '../report/comparison-markdown';
import { comparisonText } from '../report/comparison-text';
import { faultNames } from '../report/fault-names';
import { suiteVersion } from '../report/suite';
import { type Selection, select } from './catalogue';
import { EXIT, UsageError } from './exit';
import { type ScenarioChanges, scenarioChanges, type Tell } from './scenario-changes';
import { openSide, type Side } from './sides';
import { clearStatus, showStatus } from './status-line';
import { type Looked, lookForUnasserted } from './unasserted';

export interface CompareOptions extends Selection {
  /** How many random machines are compared. */
  readonly count?: number;
  /** Of the random machines. */
  readonly seed?: number;
  /** Whether the machine that shows a difference is made smaller: for whoever prints its command line. */
  readonly smaller?: boolean;
  /** Called with how far it is, in a line. */
  readonly onProgress?: Tell;
}

/** `base` and `patched` are QEMU binaries or the folders of runs. @throws UsageError, QemuError, ReportError */
export async function compare(base: string, patched: string, options: CompareOptions = {}): Promise<Comparison> {
  const [before, after] = [await openSide(base), await openSide(patched)];
  checkAlike(before, after);
  const { onProgress = () => {} } = options;
  const scenarios = await select(options);
  const found = await scenarioChanges(before, after, scenarios, onProgress);
  const { compared, flaky } = found;
  const changes = namedChanges(found);
  const looked = await lookAt(before, after, options);
  return {
    suite: suiteVersion(),
    base: before.qemu,
    patched: after.qemu,
    scenarios: compared,
    machines: looked.machines,
    changes: [...changes].sort((a, b) => CHANGES.indexOf(a.kind) - CHANGES.indexOf(b.kind)),
    unasserted: looked.unasserted,
    notLookedAt: [...looked.notLookedAt, ...NEVER_LOOKED_AT],
    flaky: flaky + looked.flaky,
    worse: [...changes, ...looked.unasserted].some(({ worse }) => worse),
  };
}

/** By no comparison of two binaries. */
const NEVER_LOOKED_AT = [
  'what a guest sees of it',
  'machines with what one of the two lacks',
  'registers and mailboxes of a kind that machines before had as well',
];

/** With the quirk that explains them, where the ledger knows of none in that release. */
function namedChanges({ changes, conforming }: ScenarioChanges): Change[] {
  const unnamed = (kind: ChangeKind) => changes.flatMap((each) => (each.kind === kind && !each.quirk ? [each.id] : []));
  const list = readKillList();
  const broken = faultNames(unnamed('newly-failing'), conforming.base, list);
  const mended = faultNames(unnamed('newly-conforming'), conforming.patched, list);
  return changes.map((change) => {
    const quirk = change.quirk ?? (change.kind === 'newly-conforming' ? mended : broken).get(change.id);
    return quirk === undefined ? change : { ...change, quirk };
  });
}

/** Unless random machines are asked for, so many. */
const RANDOM_MACHINES = 40;

const SUITE_MACHINES = 120;

const SEED = 1;

async function lookAt(
  base: Side,
  patched: Side,
  { count = RANDOM_MACHINES, seed = SEED, smaller = false, onProgress = () => {} }: CompareOptions,
): Promise<Looked> {
  if (!base.isBinary || !patched.isBinary) {
    return {
      unasserted: [],
      machines: 0,
      notLookedAt: ['what no scenario asserts: for that, name two binaries'],
      flaky: 0,
    };
  }
  const commandLines = [...base.commandLines(), ...patched.commandLines()];
  const binaries = { base: base.qemu.qemu, patched: patched.qemu.qemu };
  return lookForUnasserted({ ...binaries, commandLines, most: SUITE_MACHINES, count, seed, smaller, tell: onProgress });
}

/** @throws UsageError */
export function checkAlike(base: Side, patched: Side): void {
  if (base.target !== patched.target) {
    throw new UsageError(
      `a run on ${base.target} and one on ${patched.target} cannot be compared: make both on the same target`,
    );
  }
  const [here, there] = [base, patched].map(({ qemu }) => qemu.platform ?? DEFAULT_PLATFORM);
  if (here !== there)
    throw new UsageError(`a QEMU of ${here} and one of ${there} cannot be compared: their machines differ`);
}

export interface CompareOutput extends CompareOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Prints what changed. Yields the exit status. */
export async function compareCommand(base: string, patched: string, options: CompareOutput): Promise<number> {
  const smaller = Boolean(options.json || options.markdown);
  const comparison = await compare(base, patched, { ...options, smaller, onProgress: showStatus });
  clearStatus();
  if (options.json) console.log(JSON.stringify(comparison, null, 2));
  else process.stdout.write(options.markdown ? comparisonMarkdown(comparison) : comparisonText(comparison));
  return comparison.worse ? EXIT.lookAtIt : EXIT.asExpected;
}
