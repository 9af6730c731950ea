import { decodeCedt } from '../codec/acpi/cedt';
import { decodeE820, E820_TYPE, type E820Entry } from '../codec/acpi/e820';
import { findTable } from '../codec/acpi/find-table';
import { fromBytes } from '../codec/bytes';
import { DecodeError } from '../codec/decode-error';
import { end, type Range } from '../codec/range';
import type { Quirks } from '../ledger/quirks';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Handover } from '../machine/host';
import type { Setup } from '../machine/topology';
import { configureCxl } from './configure-cxl';
import { FwCfg } from './fw-cfg';
import { enumeratePci } from './pci';
import { placeMemoryDevicesInWindow } from './planted';
import { type Allocator, loadTables } from './table-loader';

const FOUR_GIB = 1n << 32n;

/**
 * What a BIOS does before it starts an operating system: it leaves CXL memory to that, or goes by a policy of its own.
 * ACPI tables come after PCI, for QEMU makes them when they are first read, and they describe ECAM.
 */
export async function boot(
  hardware: Hardware,
  { reservations, policy }: Pick<Setup, 'reservations' | 'policy'>,
  quirks: Quirks,
): Promise<Handover> {
  const fwCfg = await FwCfg.open(hardware);
  const memoryMap = decodeE820(await fwCfg.read('etc/e820'));
  const roots = await enumeratePci(hardware, {
    extraRoots: Number(await integer(fwCfg, 'etc/extra-pci-roots')),
    roomForHotPlug: !quirks.has('hot-plug-ports-get-no-room'),
    above: highest([FOUR_GIB, ...ramOf(memoryMap).map(end), await integer(fwCfg, 'etc/reserved-memory-end')]),
  });
  const allocate = topOfLowRam(memoryMap);
  const files = await loadTables(hardware, fwCfg, allocate);
  const rsdp = files.get('etc/acpi/rsdp');
  if (rsdp === undefined) throw new Error('etc/table-loader does not allocate etc/acpi/rsdp');

  const windows = await windowsOf(hardware, rsdp);
  if (quirks.has('bars-in-window')) await placeMemoryDevicesInWindow(roots, windows);
  const reserved = reservations.map(({ window, part }): E820Entry => {
    const base = windows[window]?.base;
    if (base === undefined)
      throw new RangeError(`firmware cannot reserve part of window ${window}: there are ${windows.length}`);
    return { base: base + part.base, size: part.size, type: E820_TYPE.RESERVED };
  });
  const handover = { memoryMap: [...memoryMap, ...reserved], rsdp };
  return policy ? configureCxl(hardware, handover, policy, allocate, quirks) : handover;
}

/** None of a machine that has no CEDT. */
async function windowsOf(hardware: Hardware, rsdp: Hpa): Promise<Range[]> {
  const cedt = await findTable(hardware.readBlock.bind(hardware), rsdp, 'CEDT').catch((error: Error) => {
    if (!(error instanceof DecodeError)) throw error;
  });
  return cedt ? decodeCedt(cedt).flatMap((structure) => (structure.kind === 'CFMWS' ? [structure.window] : [])) : [];
}

/** The integer that a file holds; 0 if there is no such file. */
const integer = async (fwCfg: FwCfg, name: string): Promise<bigint> =>
  fwCfg.has(name) ? fromBytes(await fwCfg.read(name)) : 0n;

const ramOf = (memoryMap: readonly E820Entry[]) => memoryMap.filter(({ type }) => type === E820_TYPE.RAM);

const highest = (addresses: readonly Hpa[]): Hpa => addresses.reduce((a, b) => (a > b ? a : b));

/** Allocates downwards from the end of the RAM that starts at 0, which is where SeaBIOS keeps its tables. */
function topOfLowRam(memoryMap: readonly E820Entry[]): Allocator {
  const low = ramOf(memoryMap).find(({ base }) => base === 0n);
  if (!low) throw new Error('etc/e820 has no RAM at 0');
  let free = end(low);
  return (size, align) => {
    free = ((free - BigInt(size)) / BigInt(align)) * BigInt(align);
    return free;
  };
}
