/** Checks what QAPI checks before a command runs, in QEMU's words: qapi/qobject-input-visitor.c, qapi/qapi-visit-core.c. */
import type { Argument, QmpCommandName } from '../../ledger/qmp-commands';
import type { Quirks } from '../../ledger/quirks';
import { NotApplicable } from '../../ledger/verdict';
import type { QmpArguments, QmpValue } from '../../machine/qmp';
import { Refusal } from '../../machine/refusal';

/** Half-open. */
const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  uint8: [0n, 1n << 8n],
  uint16: [0n, 1n << 16n],
  uint32: [0n, 1n << 32n],
  int16: [-(1n << 15n), 1n << 15n],
};

/**
 * False if nothing is to be done of it.
 * @param known Of the command; undefined if the release does not have it.
 * @throws Refusal; NotApplicable for what the release does not have
 */
export function checkArguments(
  command: QmpCommandName,
  given: QmpArguments,
  known: ReadonlyMap<string, Argument> | undefined,
  quirks: Quirks,
): boolean {
  if (!known) throw new NotApplicable(`this QEMU has no QMP command ${command}`);
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown) throw new NotApplicable(`this QEMU has no argument ${unknown} of ${command}`);
  try {
    for (const [name, argument] of known) checkArgument(name, given[name], argument);
  } catch (error) {
    if (quirks.has('event-injection-unchecked')) return false;
    throw error;
  }
  return true;
}

function checkArgument(name: string, value: QmpValue | undefined, { type, optional }: Argument): void {
  if (value === undefined && optional) return;
  if (value === undefined) throw new Refusal(`Parameter '${name}' is missing`);
  if (typeof type !== 'string') {
    if (!type.includes(`${value}`)) throw new Refusal(`Parameter '${name}' does not accept value '${value}'`);
    return;
  }
  const [from, to] = RANGES[type] ?? [];
  if (from === undefined || to === undefined) return;
  const integer = BigInt(value as bigint);
  if (integer < from || integer >= to) throw new Refusal(`Parameter '${name}' expects ${type}_t`);
}
