/** Quirks that are data: the facts of a release with what its quirks change of them. */
import type { RegisterChange } from '../codec/register-rows';
import type { Facts } from './facts';
import { quirks as all, type QuirkName, type Quirks } from './quirks';
import type { Quirk } from './quirks/quirk';

interface Change<T> {
  readonly quirk: QuirkName;
  readonly to: T;
}

const rows = Object.entries(all) as [QuirkName, Quirk][];

/** By what is changed. */
function grouped<T>(changes: readonly (readonly [string, Change<T>])[]): ReadonlyMap<string, readonly Change<T>[]> {
  const found = new Map<string, Change<T>[]>();
  for (const [name, change] of changes) found.set(name, [...(found.get(name) ?? []), change]);
  return found;
}

const OF_FACTS = grouped(
  rows.flatMap(([quirk, { facts = {} }]) => Object.entries(facts).map(([name, to]) => [name, { quirk, to }] as const)),
);

const OF_REGISTERS = grouped(
  rows.flatMap(([quirk, { registers = [] }]) =>
    registers.map(({ register, of, ...to }) => [keyOf(register, of), { quirk, to: to as RegisterChange }] as const),
  ),
);

function keyOf(register: string, of = ''): string {
  return of ? `${register} of ${of}` : register;
}

/** Each quirk is asked for when what it changes is needed, and not before. */
export function changedFacts(facts: Facts, quirks: Quirks): Facts {
  const changed: Facts = Object.create(facts);
  for (const [name, changes] of OF_FACTS) {
    const get = () => changes.find(({ quirk }) => quirks.has(quirk))?.to ?? facts[name as keyof Facts];
    Object.defineProperty(changed, name, { get });
  }
  const changeOf: Facts['changeOf'] = (structure, register, of) => {
    const name = `${structure} ${register}`;
    const changes = [...(OF_REGISTERS.get(name) ?? []), ...(of ? (OF_REGISTERS.get(keyOf(name, of)) ?? []) : [])];
    const own = changes.filter(({ quirk }) => quirks.has(quirk));
    return own.length > 0 ? Object.assign({}, ...own.map(({ to }) => to)) : undefined;
  };
  Object.defineProperty(changed, 'changeOf', { value: changeOf });
  return changed;
}
