import { inspect } from 'node:util';
import type { Type3 } from '../../src/machine/topology';
import type { Target } from '../../src/target/target';

const known = new WeakMap<Target, Map<string, Set<number>>>();

/** Opcodes of mailbox commands that devices with such properties are known not to have on that target. */
export function lackingOf(target: Target, { id, port, serial, ...kind }: Partial<Type3>): Set<number> {
  const kinds = known.get(target) ?? new Map<string, Set<number>>();
  known.set(target, kinds);
  const lacking = kinds.get(inspect(kind)) ?? new Set();
  kinds.set(inspect(kind), lacking);
  return lacking;
}
