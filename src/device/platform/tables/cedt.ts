/** The CEDT, which is alike on all platforms. QEMU hw/acpi/cxl.c: cxl_build_cedt(). */
import { encodeCedt } from '../../../codec/acpi/cedt';
import type { Facts } from '../../../ledger/facts';
import type { Quirks } from '../../../ledger/quirks';
import type { MemoryMap } from './memory-map';

export function cedtOf({ bridges, devices, windows }: MemoryMap, quirks: Quirks, { windowRestrictions }: Facts) {
  const short = quirks.has('chbs-short') ? { size: 8192n } : {};
  const lost = quirks.has('cfmws-granularity-lost') ? { granularity: 256 } : {};
  return encodeCedt([
    ...[...bridges]
      .sort((a, b) => devices.indexOf(a.id) - devices.indexOf(b.id))
      .map(({ uid, registers }) => ({ kind: 'CHBS', uid, registers: { ...registers, ...short } }) as const),
    ...windows.map((window) => ({ kind: 'CFMWS', restrictions: windowRestrictions, ...window, ...lost }) as const),
  ]);
}
