/** What a part of the machine has of the registers that a specification lists: codec/register-rows.ts. */
import type { RegisterRow, RegisterRows } from '../../codec/register-rows';
import type { Facts } from '../../ledger/facts';
import type { Register } from './register-block';

/** Where it departs from the rows: `false` for a register that it lacks. */
type Own<K extends string> = { readonly [key in K]?: Partial<Register> | boolean | undefined };

/** All but those that are zero, and stay so. `of` says which of several kinds it is a part of, as quirks name them. */
export function registersOf<K extends string>(
  { name, rows }: RegisterRows<K>,
  facts: Pick<Facts, 'changeOf'> | undefined,
  own?: Own<K>,
  of?: string,
): Register[] {
  const found: Register[] = [];
  for (const key in rows) {
    const there = own?.[key];
    if (there === false) continue;
    const row: RegisterRow = rows[key];
    const { at, size, register } = row;
    const { value = 0, writable = register?.writable ?? 0, clearable = register?.clearable ?? 0, sticky = 0 } = row;
    const { set = 0, clear = 0, ...changed } = facts?.changeOf(name, row.name, of) ?? {};
    const bits = { value, writable, clearable, sticky, ...(typeof there === 'object' ? there : {}), ...changed };
    bits.value = (bits.value | set) & ~clear;
    if (bits.value || bits.writable || bits.clearable || bits.sticky)
      found.push({ at, ...(size && { size }), ...bits });
  }
  return found;
}
