/** The two sides of a comparison: a QEMU binary, which is run, or the folder of a run. */
import { statSync } from 'node:fs';
import type { Envelope } from '@cucumber/messages';
import { DEFAULT_LINUX } from '../ledger/linux';
import { type Personality, personalitiesOf } from '../ledger/personality';
import type { Scenario } from '../report/catalogue';
import type { Shown } from '../report/changes';
import { collect } from '../report/collect';
import type { ComparedQemu } from '../report/comparison';
import { readVerdicts, type ScenarioVerdict } from '../report/verdicts';
import { openTarget } from '../target/open';
import type { TargetOptions } from '../target/target';
import { pathsOf, runFeatures } from './cucumber';
import { UsageError } from './exit';
import { workersFor } from './run';

/** What scenarios have shown, by id. */
export type Showing = ReadonlyMap<string, Shown>;

export interface Side {
  readonly qemu: ComparedQemu;
  readonly target: string;
  readonly kernel: string;
  /** Of the suite that ran; none for a binary, on which this one will. */
  readonly suite?: string;
  /** Whether scenarios can be run on it, now and again. */
  readonly isBinary: boolean;
  /** Of the scenarios that are asked for, those that it has run. */
  show(scenarios: readonly Scenario[], onProgress?: (done: number) => void): Promise<Showing>;
  /** Of the machines that scenarios have started, as far as they have been run. */
  commandLines(): readonly string[];
}

/** @throws UsageError, QemuError or ReportError if it is neither a QEMU with CXL nor the folder of a run */
export async function openSide(path: string): Promise<Side> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found && path.includes('/'))
    throw new UsageError(`${path} does not exist: name a QEMU binary or the folder of a run`);
  return found?.isDirectory() ? folder(path) : binary(path);
}

async function folder(path: string): Promise<Side> {
  const { suite, target, kernel, qemu, platform, qemuPackage, qemuDigest, scenarios, commandLines } =
    await readVerdicts(path);
  const shown = new Map(scenarios.map((each) => [each.id, shownIn(each)]));
  return {
    qemu: {
      qemu: path,
      version: `${qemu ?? 'unknown'}`,
      package: qemuPackage ?? '',
      digest: qemuDigest ?? '',
      ...(platform && { platform }),
    },
    suite,
    target,
    kernel: kernel ?? DEFAULT_LINUX,
    isBinary: false,
    commandLines: () => commandLines,
    show: async (asked) => new Map(asked.flatMap(({ id }) => entry(id, shown.get(id)))),
  };
}

const entry = <T>(id: string, value: T | undefined): [string, T][] => (value === undefined ? [] : [[id, value]]);

function shownIn({ verdict, reason = '', findings = [] }: ScenarioVerdict): Shown {
  return verdict === 'broken' ? { findings, broken: reason } : { findings };
}

/** Scenarios on it are not judged while they run: what they show does not depend then on what is expected of a release. */
async function binary(path: string): Promise<Side> {
  const parameters: TargetOptions = { target: 'qtest', qemu: path, record: true };
  const { subject, close } = await openTarget(parameters);
  await close();
  const started = new Set<string>();
  const { platform, qemuPath = path, qemu = '', qemuPackage = '', qemuDigest = '' } = subject;
  return {
    qemu: {
      qemu: qemuPath,
      version: qemu,
      package: qemuPackage,
      digest: qemuDigest,
      ...(platform && { platform }),
    },
    target: 'qtest',
    kernel: DEFAULT_LINUX,
    isBinary: true,
    commandLines: () => [...started],
    show: async (scenarios, onProgress = () => {}) => {
      if (scenarios.length === 0) return new Map();
      const messages: Envelope[] = [];
      let done = 0;
      const workers = workersFor('qtest', scenarios.length);
      await runFeatures(
        { profile: 'qtest', paths: pathsOf(scenarios), parameters, quiet: true, workers },
        (message) => {
          messages.push(message);
          if (message.testCaseFinished) onProgress(++done);
        },
      );
      const results = collect(messages).scenarios;
      for (const { commandLine } of results) if (commandLine) started.add(commandLine);
      return new Map(
        results.map(({ id, verdict, reason, findings }) => [
          id,
          verdict === 'broken' ? { findings, broken: reason } : { findings },
        ]),
      );
    },
  };
}

/**
 * As which releases each side is judged. Two builds of one version are judged alike, whatever their packagers say: that one
 * has a commit more is what is looked at.
 */
export function personalitiesFor(base: Side, patched: Side): [Personality[], Personality[]] {
  const [mine, theirs] = [base, patched].map(({ qemu, kernel }) =>
    personalitiesOf(qemu.version, kernel, qemu.package, qemu.platform),
  ) as [Personality[], Personality[]];
  if (base.qemu.version !== patched.qemu.version || base.kernel !== patched.kernel) return [mine, theirs];
  const wider = theirs.length > mine.length ? theirs : mine;
  return [wider, wider];
}
