/** "BIOS does it all": firmware configures CXL memory, and describes exactly that. */

import type { CedtStructure } from '../codec/acpi/cedt';
import { E820_TYPE, type E820Entry } from '../codec/acpi/e820';
import type { Quirks } from '../ledger/quirks';
import type { Hardware, Hpa } from '../machine/hardware';
import type { FirmwarePolicy } from '../machine/topology';
import { commitAll } from './cxl-commit';
import { placeVolatile } from './cxl-placement';
import { walkCxl } from './cxl-walk';

const TYPES = { ram: E820_TYPE.RAM, 'soft-reserved': E820_TYPE.SOFT_RESERVED } as const;

/** What of the CXL memory is configured then, in the words of E820. */
export async function configureCxl(
  hardware: Hardware,
  ecam: Hpa,
  cedt: readonly CedtStructure[],
  { devices, as }: FirmwarePolicy,
  quirks: Quirks,
): Promise<E820Entry[]> {
  const windows = cedt.filter((structure) => structure.kind === 'CFMWS');
  const wanted = (await walkCxl(hardware, ecam, cedt)).filter(({ serial }) => devices?.includes(serial) ?? true);
  const placements = placeVolatile(windows, wanted);
  const committed = quirks.has('firmware-commits-nothing') ? placements : await commitAll(placements);
  if (quirks.has('firmware-describes-nothing')) return [];
  const beyond = quirks.has('firmware-describes-more') ? 256n << 20n : 0n;
  return committed.map(({ base, size }) => ({ base, size: size + beyond, type: TYPES[as] }));
}
