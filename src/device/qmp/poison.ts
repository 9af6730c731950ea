import { POISON_LINE } from '../../codec/cxl/mailbox/poison';
import { contains, end, type Range } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import { Refusal } from '../../machine/refusal';
import type { Type3Device } from '../type3/type3';
import type { Values } from './values';

const LINE = BigInt(POISON_LINE);

/** QEMU hw/mem/cxl_type3.c: qmp_cxl_inject_poison(); what it looks at first, it does before it has found the device. */
export function injectPoison(resolve: () => Type3Device, values: Values, quirks: Quirks): void {
  const range = { base: values.bigint('start'), size: values.bigint('length') };
  const unchecked = quirks.has('poison-injection-unchecked');
  if (range.size % LINE !== 0n && !unchecked) throw new Refusal('Poison injection must be in multiples of 64 bytes');
  if (range.base % LINE !== 0n && !unchecked) throw new Refusal('Poison start address must be 64 byte aligned');
  const { poison } = resolve();
  if (poison.errors.some(({ dpa }) => clash(dpa, range, quirks)) && !unchecked) {
    throw new Refusal('Overlap with existing poisoned region not supported');
  }
  poison.add({ dpa: range, source: quirks.has('poison-source-injected') ? 'injected' : 'internal' });
}

/** With the quirk only either end of the new range is looked for. */
function clash(listed: Range, range: Range, quirks: Quirks): boolean {
  const ends = contains(listed, range.base) || contains(listed, end(range) - 1n);
  return ends || (!quirks.has('poison-superset-accepted') && contains(range, listed.base));
}
