/** Calls of a tape made again, on a new machine. */
import { type Call, isOperation, type Machine, type Outcome } from '../target/tape';

/** What comes of each call of `wanted`, which are among `calls`. The machine is powered off then. */
export async function replay(
  start: () => Promise<Machine>,
  calls: readonly Call[],
  wanted: readonly Call[],
): Promise<(Outcome | undefined)[]> {
  const machine = await start();
  const outcomes = new Map<Call, Promise<Outcome>>();
  try {
    for (const call of calls) {
      if (isOperation(call)) await outcomes.get([...outcomes.keys()].at(-1) ?? call);
      outcomes.set(call, outcomeOf(machine, call));
      if (isOperation(call)) await outcomes.get(call);
    }
    return await Promise.all(wanted.map((call) => outcomes.get(call)));
  } finally {
    await Promise.all(outcomes.values());
    await machine.powerOff();
  }
}

async function outcomeOf(machine: Machine, { method, args }: Call): Promise<Outcome> {
  try {
    const call = Reflect.get(machine, method, machine) as (...args: readonly unknown[]) => Promise<unknown>;
    return { value: await call.apply(machine, args as unknown[]) };
  } catch (error) {
    return { error: error as Error };
  }
}
