/** The CEDT, which is alike on all platforms. QEMU hw/acpi/cxl.c: cxl_build_cedt(). */
import { encodeCedt } from '../../../codec/acpi/cedt';
import type { Facts } from '../../../ledger/facts';
import type { Quirks } from '../../../ledger/quirks';
import type { MemoryMap } from './memory-map';

/** Interleave granularity in bytes. */
const FINEST = 256;

export function cedtOf({ bridges, devices, windows }: MemoryMap, quirks: Quirks, { windowRestrictions }: Facts) {
  const short = quirks.has('chbs-short') ? { size: 8192n } : {};
  const lost = quirks.has('cfmws-granularity-lost') ? { granularity: 256 } : {};
  const granularityOf = ({ granularity }: MemoryMap['windows'][number]) =>
    granularity === FINEST && quirks.has('cfmws-coarse') ? 2 * FINEST : granularity;
  return encodeCedt([
    ...[...bridges]
      .sort((a, b) => devices.indexOf(a.id) - devices.indexOf(b.id))
      .map(({ uid, registers }) => ({ kind: 'CHBS', uid, registers: { ...registers, ...short } }) as const),
    ...windows
      .map((window) => ({ ...window, granularity: granularityOf(window), ...lost }))
      .map((window) => ({ kind: 'CFMWS', restrictions: windowRestrictions, ...window }) as const),
  ]);
}
