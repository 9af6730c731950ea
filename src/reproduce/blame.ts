/** Which of the values that a QEMU answers make a scenario fail: those with which the simulator fails likewise. */
import { type Call, isWrite, named, type Outcome, showOutcome } from '../target/tape';
import { reduce } from './reduce';

/** A call to which the QEMU answers something else than the simulator. */
export interface Difference {
  /** Of the call, on both tapes. */
  readonly name: string;
  readonly call: Call;
  readonly expected: Outcome;
}

/** What a QEMU answers otherwise, up to and with step `last`. */
export function differences(real: readonly Call[], simulated: readonly Call[], last: number): Difference[] {
  const same = named(simulated);
  return [...named(real)].flatMap(([name, call]) => {
    const expected = same.get(name)?.outcome;
    if (call.step > last || isWrite(call) || !call.outcome || !expected) return [];
    return showOutcome(call.outcome) === showOutcome(expected) ? [] : [{ name, call, expected }];
  });
}

export interface Blamed {
  readonly differences: readonly Difference[];
  /** Whether the simulator fails at the same step, in the same words, when it answers them so. */
  readonly confirmed: boolean;
}

/** What differs of each ACPI table: its header is read before the whole. */
function tablesIn(all: readonly Difference[]): Difference[][] {
  const names = new Set(all.flatMap(({ name }) => /^readBlock (?:header of )?([A-Z]\w{3}) /.exec(name)?.[1] ?? []));
  return [...names].map((table) => all.filter(({ name }) => name.includes(` ${table} `)));
}

/** So many are tried alone. */
const ALONE = 40;

/**
 * One difference by which the scenario fails, or a few that only together make it fail. `fails` says whether it does when
 * the simulator answers these as the QEMU does. Where it never does, the one that is nearest to the step that fails.
 */
export async function blame(
  all: readonly Difference[],
  fails: (some: readonly Difference[]) => Promise<boolean>,
  isTimeUp?: () => boolean,
): Promise<Blamed> {
  const nearest = [...all].sort((a, b) => b.call.step - a.call.step || Number(a.call.boot) - Number(b.call.boot));
  for (const some of [...nearest.slice(0, ALONE).map((one) => [one]), ...tablesIn(nearest)]) {
    if (await fails(some)) return { differences: some, confirmed: true };
  }
  if (all.length > 1 && (await fails(all))) {
    return { differences: (await reduce(all, fails, isTimeUp)).kept, confirmed: true };
  }
  return { differences: nearest.slice(0, 1), confirmed: false };
}
