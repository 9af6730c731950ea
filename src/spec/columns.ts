/** How scenarios fared: of each run of all of them the last, and statements of QEMUs that no run is of. */
import { unfolded } from '../ledger/kill-list';
import { precedes } from '../ledger/release';
import { folderName } from '../report/folder-name';
import type { Statement } from '../report/statement';
import type { Verdicts } from '../report/verdicts';
import type { Column, Outcome } from './content';

/** `runs` are in order, the last one first. */
export function columnsOf(runs: readonly Verdicts[], statements: readonly Statement[]): Column[] {
  const whole = runs.filter(
    ({ selected, machine, options = [] }) =>
      selected.scenarios === selected.of && !machine && !options.includes('--quirk'),
  );
  const keyOf = (run: Verdicts) => `${folderName(run)} ${run.qemuDigest ?? ''}`;
  const last = whole.filter((run, i) => whole.findIndex((other) => keyOf(other) === keyOf(run)) === i);
  const names = new Set(last.map(folderName));
  const others = statements.filter(({ name }) => !names.has(name));
  return [...last.map(columnOfRun), ...others.map(columnOfStatement)].sort(
    (a, b) => rank(a) - rank(b) || byRelease(a.qemu, b.qemu),
  );
}

const byRelease = (a = '', b = ''): number => Number(precedes(b, a)) - Number(precedes(a, b));

const rank = ({ target }: Column): number => ['simulator', 'qtest', 'guest', 'ssh'].indexOf(target);

function columnOfRun(run: Verdicts): Column {
  const { target, qemu, kernel, description, started, totals, scenarios } = run;
  const outcomes = scenarios.map(({ id, verdict, quirk, reason = '', received }): [string, Outcome] => {
    const [words = ''] = ((verdict === 'fails' && received) || reason).split('\n');
    return [id, { verdict, ...(quirk && { quirk }), ...(words && { reason: words }) }];
  });
  const linux = kernel && !description.includes(kernel) ? `, Linux ${kernel}` : '';
  return {
    name: folderName(run),
    label: labelOf(target, qemu, run.options?.includes('--release') ? folderName(run) : target),
    description: `${description}${linux}`,
    target,
    ...(qemu && { qemu }),
    started,
    totals,
    outcomes: new Map(outcomes),
  };
}

function columnOfStatement({ name, target, qemu, description, started, totals, areas }: Statement): Column {
  const each = (ids: readonly string[], outcome: Outcome) =>
    ids.flatMap(unfolded).map((id): [string, Outcome] => [id, outcome]);
  const outcomes = areas.flatMap(({ conforms, known, absent, fails }) => [
    ...each(conforms, { verdict: 'conforms' }),
    ...known.flatMap(({ quirk, summary, scenarios }) => each(scenarios, { verdict: 'known', quirk, reason: summary })),
    ...absent.flatMap(({ reason, scenarios }) => each(scenarios, { verdict: 'not-applicable', reason })),
    ...fails.flatMap(({ id, verdict, words }) => each([id], { verdict, reason: words })),
  ]);
  const label = labelOf(target, qemu.version, name);
  return { name, label, description, target, qemu: qemu.version, started, totals, outcomes: new Map(outcomes) };
}

/** A real QEMU without a guest has its version alone. */
const labelOf = (target: string, qemu: string | undefined, otherwise: string): string => {
  if (!qemu) return otherwise;
  return target === 'qtest' ? qemu : `${target} ${qemu}`;
};
