/** `prove`: whether scenarios fail on a base QEMU and hold on a patched one, as a patch that mends something has to show. */
import { brief } from '../report/brief';
import type { Scenario } from '../report/catalogue';
import type { Change } from '../report/comparison';
import { cut } from '../report/wrap';
import { isPrefix, select } from './catalogue';
import { checkAlike } from './compare';
import { EXIT } from './exit';
import { type ScenarioChanges, scenarioChanges } from './scenario-changes';
import { openSide } from './sides';
import { clearStatus, showStatus } from './status-line';

export interface ProveOptions {
  readonly base: string;
  readonly patched: string;
  readonly id?: readonly string[];
  readonly json?: boolean;
}

/** Scenarios in the text, at most; JSON has all. */
const SHOWN = 15;

/** Yields the exit status: as expected if it is proved. */
export async function prove({ base, patched, id, json }: ProveOptions): Promise<number> {
  const scenarios = await select(id ? { id } : {});
  const [before, after] = [await openSide(base), await openSide(patched)];
  checkAlike(before, after);
  const found = await scenarioChanges(before, after, scenarios, showStatus);
  clearStatus();
  const proof = proofOf(found, scenarios, id);
  const sides = { base: before.qemu, patched: after.qemu };
  if (json)
    console.log(
      JSON.stringify({ ...sides, proved: proof.proved, mended: proof.mended, against: proof.against }, null, 2),
    );
  else console.log(textOf(proof, id !== undefined, scenarios.length));
  return proof.proved ? EXIT.asExpected : EXIT.lookAtIt;
}

export interface Proof {
  readonly proved: boolean;
  /** They fail on the base, and hold on the patched QEMU. */
  readonly mended: readonly Change[];
  /** Why it is not proved, in sentences. */
  readonly against: readonly string[];
}

/** With `ids`, each has to name a scenario that is mended, and none that fails on the patched QEMU. */
export function proofOf(
  { changes, states }: Pick<ScenarioChanges, 'changes' | 'states'>,
  scenarios: readonly Pick<Scenario, 'id'>[],
  ids?: readonly string[],
): Proof {
  const mended = changes.filter(({ kind }) => kind === 'mended' || kind === 'newly-conforming');
  const isMended = (id: string) => mended.some((each) => each.id === id);
  if (!ids) {
    const against = mended.length > 0 ? [] : ['no scenario fails on the base and holds on the patched QEMU'];
    return { proved: mended.length > 0, mended, against };
  }
  const against = ids.flatMap((prefix) => {
    const mine = scenarios.filter(({ id }) => isPrefix(prefix, id));
    const bad = mine.filter(({ id }) => !['passes', 'not-applicable'].includes(states(id)[1]));
    const odd = bad.map(({ id }) => sentence(id, states(id)));
    if (odd.length > 0 || mine.some(({ id }) => isMended(id))) return odd;
    return mine.map(({ id }) => sentence(id, states(id)));
  });
  return { proved: against.length === 0, mended, against };
}

const STATE: Readonly<Record<string, string>> = {
  passes: 'holds',
  fails: 'fails',
  'not-applicable': 'does not apply',
  broken: 'could not be run',
  missing: 'was not run',
};

function sentence(id: string, [before, after]: readonly [string, string]): string {
  if (before === after) return `${id} ${STATE[after]} on both`;
  if (before === 'fails' && after === 'passes') return `${id} did not show the same when it was run again`;
  return `${id} ${STATE[before]} on the base and ${STATE[after]} on the patched QEMU`;
}

function textOf({ proved, mended, against }: Proof, asked: boolean, selected: number): string {
  const count = mended.length === 1 ? '1 scenario fails' : `${mended.length} scenarios fail`;
  const verdict = proved
    ? `proved: ${count} on the base and ${mended.length === 1 ? 'holds' : 'hold'} on the patched QEMU`
    : `not proved${asked && mended.length > 0 ? `: ${mended.length} of ${selected} selected scenarios fail on the base alone` : ''}`;
  const lines = [
    ...mended.map(({ id, before }) => `  ${id} failed: ${brief(before.words ?? '')}`),
    ...against.map((each) => `  ${each}`),
  ];
  const rest = lines.length > SHOWN ? [`  and ${lines.length - SHOWN} more, which --json lists`] : [];
  return [verdict, ...lines.slice(0, SHOWN), ...rest].map(cut).join('\n');
}
