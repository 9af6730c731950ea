/** "BIOS does it all": firmware configures CXL memory, and describes exactly that. */

import { decodeCedt } from '../codec/acpi/cedt';
import { E820_TYPE, type E820Entry } from '../codec/acpi/e820';
import { findTable } from '../codec/acpi/find-table';
import { decodeMcfg } from '../codec/acpi/mcfg';
import { DecodeError } from '../codec/decode-error';
import type { Range } from '../codec/range';
import { performanceOf } from '../driver/coordinates';
import type { Quirks } from '../ledger/quirks';
import type { Hardware } from '../machine/hardware';
import type { Handover } from '../machine/host';
import type { FirmwarePolicy } from '../machine/topology';
import { describe, freeDomain, structuresOf } from './affinity';
import { commitAll } from './cxl-commit';
import { type Capacity, place } from './cxl-placement';
import { walkCxl } from './cxl-walk';
import { installTables } from './install-tables';
import type { Board } from './platform/platform';
import type { Allocator } from './table-loader';

const MIB = 1n << 20n;
const TYPES = { ram: E820_TYPE.RAM, 'soft-reserved': E820_TYPE.SOFT_RESERVED } as const;

/** What E820 says of memory that firmware has configured by `policy`. */
export const e820Entry = (
  { base, size, capacity }: Range & { readonly capacity: Capacity },
  policy: FirmwarePolicy,
): E820Entry => ({ base, size, type: capacity === 'persistent' ? E820_TYPE.PERSISTENT : TYPES[policy.as] });

/** What firmware takes by `policy`. */
export const capacitiesOf = ({ persistent }: FirmwarePolicy): readonly Capacity[] =>
  persistent ? ['volatile', 'persistent'] : ['volatile'];

/** What firmware hands over then, where it would have handed over `unconfigured`. Tables go where `allocate` says. */
export async function configureCxl(
  hardware: Hardware,
  unconfigured: Handover,
  policy: FirmwarePolicy,
  { allocate, processor }: Pick<Board, 'processor'> & { readonly allocate: Allocator },
  quirks: Quirks,
): Promise<Handover> {
  const { memoryMap, rsdp } = unconfigured;
  const memory = await configured(hardware, unconfigured, policy, quirks);
  if (memory.length === 0 || quirks.has('firmware-describes-nothing')) return unconfigured;

  const given = (signature: string) => tableIfAny(hardware, rsdp, signature);
  const tables = { srat: await given('SRAT'), slit: await given('SLIT'), hmat: await given('HMAT') };
  const structures = structuresOf(tables, memoryMap, processor);
  const first = freeDomain(structures);
  const placed = memory.map((range, i) => ({ ...range, domain: quirks.has('srat-domain-of-ram') ? 0 : first + i }));
  await installTables(hardware, rsdp, allocate, describe(tables, structures, placed));
  const entries = memory.map((range) => e820Entry(range, policy));
  return { memoryMap: [...memoryMap, ...entries], rsdp };
}

/** Commits decoders. Yields what they map, or what firmware with a quirk believes that they do. */
async function configured(hardware: Hardware, { rsdp }: Handover, policy: FirmwarePolicy, quirks: Quirks) {
  const { devices, locks = false } = policy;
  const read = hardware.readBlock.bind(hardware);
  const cedt = decodeCedt(await findTable(read, rsdp, 'CEDT'));
  const ecam = decodeMcfg(await findTable(read, rsdp, 'MCFG')).base;
  const windows = cedt.filter((structure) => structure.kind === 'CFMWS');
  const wanted = (await walkCxl(hardware, ecam, cedt)).filter(({ serial }) => devices?.includes(serial) ?? true);
  const known = await Promise.all(wanted.map(async (device) => ({ ...device, ...(await device.identify()) })));
  const placements = place(windows, known, capacitiesOf(policy));
  const committed = quirks.has('firmware-commits-nothing')
    ? placements
    : await commitAll(placements, locks && !quirks.has('firmware-forgets-lock'));
  const beyond = quirks.has('firmware-describes-more') ? 256n * MIB : 0n;
  return committed.map(({ base, size, capacity, devices }) => ({
    base,
    size: size + beyond,
    capacity: quirks.has('firmware-forgets-persistence') ? ('volatile' as const) : capacity,
    devices: devices.map(({ bridge, cdat }) => ({
      uid: bridge.uid,
      performance: quirks.has('firmware-ignores-cdat') ? {} : performanceOf(cdat, capacity),
    })),
  }));
}

async function tableIfAny(hardware: Hardware, rsdp: bigint, signature: string): Promise<Uint8Array | undefined> {
  return findTable(hardware.readBlock.bind(hardware), rsdp, signature).catch((error: Error) => {
    if (error instanceof DecodeError) return undefined;
    throw error;
  });
}
