/**
 * `npm run coverage`: what the scenarios run of QEMU's CXL code, by qtest.
 *
 *   npm run coverage -- --qemu BUILD [--id PREFIX]... [--lines PERCENT] [--branches PERCENT] [--update]
 *
 * BUILD is the folder of a QEMU that was built with coverage. What it has counted before is neither read nor changed. With
 * --update each scenario has QEMUs of its own, and the file of the release in src/ledger/reach is rewritten for them.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CoverageBuild, HOW } from '../coverage/build';
import { added, type FileCounts, reachedIn } from '../coverage/counts';
import { percent, reachable, showExcuses, showTable, showUnreached, whole } from '../coverage/text';
import { excusesOf } from '../coverage/unreached';
import { writeReach } from '../ledger/reach';
import { minorOf } from '../ledger/release';
import type { Scenario } from '../report/catalogue';
import { inScratch } from '../system/scratch';
import { openTarget } from '../target/open';
import { select } from './catalogue';
import { EXIT, exitOf, UsageError } from './exit';
import { findOut } from './expect';
import { runOn } from './run';
import { Stage } from './stage';
import { showStatus } from './status-line';

async function main(): Promise<number> {
  const { qemu, id, lines, branches, update } = given();
  const build = CoverageBuild.open(qemu);
  const scenarios = await select({ id });
  const release = await releaseOf(build.binary);
  const files = await inScratch((scratch) =>
    update ? ofEach(build, scenarios, release, scratch) : ofAll(build, scenarios, scratch),
  );
  if (files.length === 0) throw new Error('no QEMU has left counts: each was ended before it could write them');
  const excuses = excusesOf(release);
  const part = reachable(files, excuses);
  const reached = { lines: percent(part.linesRun, part.lines), branches: percent(part.branchesRun, part.branches) };
  const all = whole(files);
  const sum = `${percent(all.linesRun, all.lines).toFixed(1)} % of lines, ${percent(all.branchesRun, all.branches).toFixed(1)} % of branches`;
  const rest = `${reached.lines.toFixed(1)} % of lines, ${reached.branches.toFixed(1)} % of branches`;
  console.log(
    [
      ...showTable(files),
      '\nNever run, and no reason is known:',
      ...showUnreached(files, excuses),
      '\nNever run, for a reason:',
      ...showExcuses(files, excuses),
      `\nQEMU ${release}, ${scenarios.length} scenarios: ${sum}; of what can be run: ${rest}`,
    ].join('\n'),
  );
  return reached.lines >= lines && reached.branches >= branches ? EXIT.asExpected : EXIT.lookAtIt;
}

/** @throws UsageError */
function given() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      qemu: text,
      id: { ...text, multiple: true },
      lines: text,
      branches: text,
      update: { type: 'boolean', default: false },
    },
  });
  if (values.qemu === undefined) throw new UsageError(`--qemu names the build folder of a QEMU with coverage.\n${HOW}`);
  return {
    ...values,
    qemu: values.qemu,
    id: values.id ?? [],
    lines: share('lines', values.lines),
    branches: share('branches', values.branches),
  };
}

function share(name: string, value = '0'): number {
  const number = Number(value);
  if (value === '' || !(number >= 0 && number <= 100))
    throw new UsageError(`--${name} ${value}: a number from 0 to 100`);
  return number;
}

async function releaseOf(binary: string): Promise<string> {
  const { probeQemu } = require('../target/inventory') as typeof import('../target/inventory');
  return minorOf((await probeQemu(binary)).version);
}

/** As `run` does it. */
async function ofAll(build: CoverageBuild, scenarios: readonly Scenario[], scratch: string): Promise<FileCounts[]> {
  const counts = join(scratch, 'counts');
  process.env['GCOV_PREFIX'] = counts;
  await runOn('qtest', scenarios, { target: 'qtest', qemu: build.binary, output: join(scratch, 'run') });
  return build.counted(counts);
}

/** One after the other, each with QEMUs of its own. */
async function ofEach(
  build: CoverageBuild,
  scenarios: readonly Scenario[],
  release: string,
  scratch: string,
): Promise<FileCounts[]> {
  const options = { qemu: build.binary, unshared: true };
  const { personalities } = await openTarget({ target: 'qtest', ...options }); // it is asked what it has before anything counts
  await findOut(personalities, scenarios);
  const stage = await Stage.of(scenarios);
  const folder = (i: number) => join(scratch, `${i}`);
  process.env['GCOV_PREFIX'] = folder(0);
  await stage.run(
    scenarios.map(({ id }) => id),
    { target: 'qtest', ...options },
    (i) => {
      process.env['GCOV_PREFIX'] = folder(i + 1); // of QEMUs that are started from now on
      showStatus(`${i + 1} of ${scenarios.length}`);
    },
  );
  let sum: FileCounts[] = [];
  const reach = new Map<string, string[]>();
  for (const [i, { id }] of scenarios.entries()) {
    const files = await build.counted(folder(i));
    for (const name of reachedIn(files)) reach.set(name, [...(reach.get(name) ?? []), id]);
    sum = files.length > 0 ? added(sum, files) : sum;
  }
  writeReach(
    release,
    reach,
    scenarios.map(({ id }) => id),
  );
  return sum;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(`npm run coverage: ${error.message}`);
    process.exitCode = exitOf(error);
  },
);
